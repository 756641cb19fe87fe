"""Standing pages such as About, at their own paths."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from frontend.articles import get_article, text_of
from frontend.comments.thread import read_thread, with_thread
from frontend.frame import frame, path_of
from frontend.head import head_of, trail_to
from frontend.old_urls import move_to
from frontend.outline import outline
from frontend.templating import show as render
from frontend.translations import find_translations
from shared.web import Routes

blueprint = Blueprint("pages", __name__)
route = Routes("frontend", blueprint)


@route("show")
def show(path: str) -> ResponseReturnValue:
    """Show a page; what no other address takes arrives here."""
    page = get_article("page", path)
    here = path_of(page)
    if page.slug != path:
        return move_to(here)
    html = text_of(frame(), page)
    thread = read_thread(frame(), page)
    others = find_translations(frame(), page)
    head = head_of(frame(), page, here, trail_to(frame(), (page.title, here)), others)
    about = {"toc": outline(html), "translations": others, "thread": thread}
    return render("pages/show.html", with_thread(head, thread), post=page, html=html, **about)
