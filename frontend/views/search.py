"""Full-text search."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from frontend.finding import find
from frontend.frame import frame, path
from frontend.head import Head
from frontend.listings import list_recent, tags_of
from frontend.templating import show as render
from shared.web import Routes

blueprint = Blueprint("search", __name__)
route = Routes("frontend", blueprint)

LONGEST = 200
RECENT = 5


@route("index")
def index() -> ResponseReturnValue:
    """Show what a query finds; without results, what else there is to read."""
    query = " ".join(request.args.get("q", "").split())[:LONGEST]
    here = path("search.index")
    found = find(query, size=frame().site.posts_per_page, path=here)
    recent = () if found.listing.items else list_recent(RECENT)
    head = Head(title=frame().words.search, path=here, is_indexed=False)
    told = {"summary": found.summary(query, frame().words), "suggestions": tags_of(recent)}
    return render("search/index.html", head, query=query, found=found, recent=recent, **told)
