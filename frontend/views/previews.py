"""Working copies, for who has a link: never kept, never indexed, without a cookie."""

from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from frontend.articles import text_of
from frontend.frame import frame
from frontend.head import Head
from frontend.outline import outline
from frontend.templating import show as render
from frontend.working_copies import read_working
from shared.domain.posts.preview_links import USED_EVERY, find_preview, note_use
from shared.domain.posts.preview_permits import PURPOSE, find_permitted
from shared.models import Post, PreviewLink
from shared.web import Routes, now, runtime, session
from shared.web.headers import allow
from shared.write_gate import DatabaseBusyError

blueprint = Blueprint("previews", __name__)
route = Routes("frontend", blueprint)


@route("show")
def show(token: str) -> ResponseReturnValue:
    """Show the working copy that a link or the editor's permit leads to; else 404."""
    link = find_preview(session(), token, at=now())
    permitted = _permitted(token) if link is None else None
    shown = link.post if link else permitted
    if shown is None:
        abort(404)
    post = read_working(shown)
    html = text_of(frame(), post)
    if link:
        _note(link, now())
    language = frame().language_of(post)
    head = Head(
        title=post.title, path="", language=language, is_indexed=False, is_framed=link is None
    )
    about = {"toc": outline(html), "older": None, "newer": None, "translations": (), "thread": None}
    return render(f"{post.kind}s/show.html", head, post=post, html=html, **about)


@blueprint.after_request
def keep_to_oneself(response: Response) -> Response:
    """Let nobody keep or index the page, and tell no other site its address."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _permitted(token: str) -> Post | None:
    """Return what the editor's frame may show, and let the console frame the answer."""
    post = find_permitted(session(), token, key=runtime().key(PURPOSE), at=now())
    if post is not None:
        console = urlsplit(runtime().settings.admin_url)
        elsewhere = f" {console.scheme}://{console.netloc}" if console.netloc else ""
        allow(frame_ancestors=f"'self'{elsewhere}")
    return post


def _note(link: PreviewLink, at: datetime) -> None:
    """Note the use at most once a minute; a busy database does not matter."""
    if link.used_at is not None and at - link.used_at < USED_EVERY:
        return
    with suppress(DatabaseBusyError, DBAPIError), runtime().database.writing() as writing:
        note_use(writing, link.id, at=at)
        writing.commit()
