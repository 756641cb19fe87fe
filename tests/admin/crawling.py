"""Every page of the console that can be opened, read from its table of URLs."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Flask
from werkzeug.routing import Rule

from shared.domain import posts
from shared.domain.clients import register_client
from shared.domain.redirects import save_redirect
from shared.models import Redirect
from shared.runtime import Runtime
from tests.admin.content import add_category, write
from tests.cast import work_of

# What answers scripts and downloads, and what is seen only before signing in.
NO_PAGES: Final = frozenset(
    {
        "account.login",
        "links.check",
        "links.complete",
        "page.slug",
        "static",
        "tags.complete",
    }
)
# Where the object is not number 1, or the part of the address is no number.
PARTS: Final[dict[str, dict[str, Any]]] = {
    "page.view": {"id": 25},
    "site.group": {"group": "reading"},
}
# Pages that say that a link is spent.
ANSWERS: Final = {"account.invitation": 410, "account.link": 410, "account.setup": 410}
# States of pages that no rule tells of.
STATES: Final = (
    "/page/?status=draft",
    "/page/?q=nothing-of-the-kind",
    "/page/new/?kind=page",
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
        if rule.endpoint not in NO_PAGES
    ]
    states = [Place(path.strip("/"), path, 404 if "nowhere" in path else 200) for path in STATES]
    return [*sorted(found, key=lambda place: place.name), *states]


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
        session.commit()
