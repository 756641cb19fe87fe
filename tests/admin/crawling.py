"""Every page of the console that can be opened, read from its table of URLs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import Flask
from werkzeug.routing import Rule

from shared.domain import posts
from shared.domain.clients import register_client
from shared.domain.redirects import save_redirect
from shared.domain.saved_views import save_view
from shared.models import BulkRun, Redirect, SavedView
from shared.runtime import Runtime
from tests.admin.comments import say_on
from tests.admin.content import add_category, write
from tests.admin.media_files import put
from tests.cast import Cast, work_of

# What answers scripts, as every `cell` of a list does, and what is seen only before signing in.
NO_PAGES: Final = frozenset(
    {
        "account.enrol",
        "account.login",
        "account.login_state",
        "account.second",
        "drafts.known",
        "links.check",
        "links.complete",
        "media.card",
        "media.pick",
        "page.slug",
        "palette.index",
        "previews.permit",
        "static",
        "tags.complete",
        "time.front_page",  # within a frame
        "time.page",
    }
)
# Where the object is not number 1, or the part of the address is no number.
PARTS: Final[dict[str, dict[str, Any]]] = {
    "menus.place": {"place": "menu_footer"},
    "page.view": {"id": 25},
    "site.group": {"group": "reading"},
    "undo.run": {"id": 2},
    "time.front": {"instant": "2026-03-01T12:00:00.000000Z"},
    "time.show": {"instant": "2026-03-01T12:00:00.000000Z", "path": "archive/"},
}
# Views of every screen that need something kept; one screen has it.
KEPT: Final = ("run", "saved")
# Pages that say that a link is spent.
ANSWERS: Final = {"account.invitation": 410, "account.link": 410, "account.setup": 410}
# States of pages that no rule tells of.
STATES: Final = (
    "/page/?status=draft",
    "/page/?q=nothing-of-the-kind",
    "/page/new/?kind=page",
    "/comments/?state=spam",
    "/nowhere/",
)


@dataclass(frozen=True)
class Place:
    """A page to open, and the status that it has."""

    name: str
    path: str
    status: int


def places(app: Flask) -> list[Place]:
    """Return every page that a signed-in owner can open by GET."""
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()))
    found = [
        Place(rule.endpoint, _path(rule), ANSWERS.get(rule.endpoint, 200))
        for rule in rules
        if rule.endpoint not in NO_PAGES and _is_shown(rule.endpoint)
    ]
    states = [Place(path.strip("/"), path, 404 if "nowhere" in path else 200) for path in STATES]
    return [*sorted(found, key=lambda place: place.name), *states]


def _is_shown(endpoint: str) -> bool:
    screen, _dot, view = endpoint.partition(".")
    return view != "cell" and (view not in KEPT or screen == "page")


def _path(rule: Rule) -> str:
    given = PARTS.get(rule.endpoint, {})
    parts = {name: given.get(name, "x" if name == "token" else 1) for name in rule.arguments}
    built = rule.build(parts)
    assert built is not None, f"say in PARTS what {rule.endpoint} is of"
    return built[1]


def furnish(runtime: Runtime) -> None:
    """Make something of everything, so that every page has something to show."""
    life = add_category(runtime, "Life")
    add_category(runtime, "Internship", "life/internship")
    for number in range(24):
        write(
            runtime,
            title=f"Flask 学习笔记 {number}",
            tags=("学习", "flask"),
            categories=(life,),
            published=number % 3 > 0,
        )
    for number, state in enumerate(("pending", "approved", "spam", "trashed")):
        say_on(runtime, 2, body=f"Well *said* {number}: https://example.org/", state=state)
    put(runtime, "gate.jpg")
    write(runtime, title="Thrown away", then=lambda post, work: posts.trash(post, work=work))
    with runtime.database.writing() as session:
        work = work_of(session)
        register_client(
            name="Reading robot",
            type="service",
            contact="",
            secret=None,
            scopes=["posts:read"],
            work=work,
        )
        save_redirect(Redirect(path="/old/", target="/page/new/", status=301), work=work)
        ann = Cast.load(session).ann
        view = SavedView(screen="page", name="Not yet public", is_shared=True)
        save_view(view, {"filters": {"status": "draft"}}, work=work_of(session, ann))
        session.add_all([_run(ann.id, work.at), _run(ann.id, work.at, "undo", "take_back")])
        session.commit()


def _run(user_id: int, at: datetime, screen: str = "page", action: str = "trash") -> BulkRun:
    """Return a change of many rows that stopped half-way."""
    return BulkRun(
        user_id=user_id,
        screen=screen,
        action=action,
        given={"value": 1},
        waiting=[3, 4],
        refused=[],
        steps=[],
        total=2,
        back="/page/",
        created_at=at,
        updated_at=at,
    )
