"""The command palette: posts, pages, screens and actions by a few letters of their names."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, or_, select

from admin.access import requires
from admin.acting import actor, may
from admin.addresses import address, row_url
from admin.crud.conditions import holds, number_or_none, pattern_of
from admin.navigation import ENTRIES
from admin.screens.post_filters import PAGES, POSTS, STATES, own_posts
from admin.screens.posts import state_of
from shared.domain.permissions import Permission
from shared.domain.reviews import is_waiting
from shared.domain.search_all import want
from shared.models import Post
from shared.web import Routes, session

blueprint = Blueprint("palette", __name__)
route = Routes("admin", blueprint)

MOST = 8
SHOWN = (
    Post.id,
    Post.kind,
    Post.title,
    Post.slug,
    Post.working_id,
    Post.published_at,
    Post.expires_at,
    Post.trashed_at,
    is_waiting().label("is_waiting"),
)
Item = dict[str, Any]


@route("index")
@requires(Permission.CONSOLE_ENTER)
def index() -> Response:
    """Return what `q` may mean, in groups; without words what was opened last, given as ids."""
    words = " ".join(request.args.get("q", "").split())[:100]
    opened = list(filter(None, map(number_or_none, request.args.getlist("recent"))))[:MOST]
    posts = find_posts(words) if words else recent_posts(opened)
    groups = (
        (_("Posts and pages") if words else _("Recent"), posts),
        (_("Go to"), list(matching(words, screens()))),
        (_("Do"), list(matching(words, actions()))),
    )
    told = [{"title": title, "items": items} for title, items in groups if items]
    answer = jsonify(groups=told)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def find_posts(words: str) -> list[Item]:
    """Return the posts and pages with these words in their titles, those changed last first."""
    wanted = want(session(), words)
    if wanted is None:
        return []
    ids = wanted.find_titles(session(), most=5 * MOST)
    if ids:
        return shown(select(*SHOWN).where(Post.id.in_(ids)).order_by(Post.updated_at.desc()))
    # Within words, or words that the index leaves out.
    dialect = session().get_bind().dialect.name
    within = holds(Post.title, pattern_of(words), dialect)
    few = select(Post.id).where(Post.kind.in_(("post", "page")), within).limit(5 * MOST)
    return shown(select(*SHOWN).where(Post.id.in_(few)))


def recent_posts(opened: Sequence[int]) -> list[Item]:
    """Return what was opened last, in that order, else what was changed last."""
    if opened:
        found = shown(select(*SHOWN).where(Post.id.in_(opened)))
        return sorted(found, key=lambda item: opened.index(item["post"]))
    kind = POSTS if may(Permission.POSTS_CREATE, Permission.POSTS_READ) else PAGES
    return shown(select(*SHOWN).where(kind).order_by(Post.updated_at.desc()))


def shown(query: Select[*tuple[Any, ...]]) -> list[Item]:
    """Return what a query selects of the posts and pages that the person may see."""
    kept = query.where(Post.trashed_at.is_(None), visible()).limit(MOST)
    return [
        {
            "title": row.title,
            "note": str(STATES[state_of(row)][1]),
            "url": row_url("page.edit", row.id),
            "post": row.id,
        }
        for row in session().execute(kept)
    ]


def visible() -> ColumnElement[bool]:
    """Return the condition on what the person at hand may see."""
    posts = POSTS if may(Permission.POSTS_READ) else own_posts(actor().user_id)
    return or_(posts, PAGES) if may(Permission.PAGES_READ) else and_(posts)


def screens() -> Iterator[Item]:
    """Return the pages of the console that the person may use."""
    for entry in ENTRIES:
        if may(*entry.permissions):
            yield {"title": str(entry.title), "url": entry.url}


def actions() -> Iterator[Item]:
    """Return what can be done from anywhere."""
    if may(Permission.POSTS_CREATE):
        yield {"title": _("New post"), "url": address("page.new")}
    if may(Permission.PAGES_EDIT):
        yield {"title": _("New page"), "url": f"{address('page.new')}?kind=page"}
    yield {"title": _("My profile"), "url": address("account.profile")}
    yield {"title": _("Switch between light and dark"), "act": "theme"}
    yield {"title": _("Sign out"), "act": "submit", "url": address("account.logout")}


def matching(words: str, items: Iterator[Item]) -> Iterator[Item]:
    """Return the items of which every word is somewhere in the title."""
    parts = words.casefold().split()
    return (item for item in items if all(part in item["title"].casefold() for part in parts))
