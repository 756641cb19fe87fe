"""HEAD and OPTIONS on every address of the three apps that can be read."""

import importlib
import re
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from admin.past import write_instant
from shared.models import ApiClient, AuditEvent, Category, Post, Redirect, Tag, User
from shared.runtime import Runtime
from shared.urls import MOUNTS, path_to
from tests.whole.asking import Visitor

# Different in each answer, and rightly so.
VOLATILE = {"X-Request-ID", "Date", "Set-Cookie"}
ANEW = {"account.totp"}  # shows another secret at each look
# What leads on at once, or was used up.
ELSEWHERE = {
    "account.enrol": 303,
    "account.invitation": 410,
    "account.link": 410,
    "account.login": 303,
    "account.second": 303,
    "account.setup": 410,
    "revisions.compare": 303,
}
COMMENTS = {"comments.show": 308, "comments.page": 308, "comments.find": 302}
# What nobody has made: views of lists, runs over many rows, uploads.
NOT_THERE = dict.fromkeys(
    [
        *(f"{name}.cell" for name in ("categories", "comments", "pages", "redirects", "tags")),
        *(
            f"{name}.{view}"
            for view in ("run", "saved")
            for name in (
                "categories",
                "clients",
                "comments",
                "mail",
                "page",
                "pages",
                "redirects",
                "tags",
                "users",
            )
        ),
        *("audit.saved", "media.card", "media.show", "people.sessions", "trash.purge"),
        "undo.run",
        *("comment.delete", "comment.show"),
    ],
    404,
)
NONCE = re.compile(r"'nonce-[^']+'")


def parts_of(runtime: Runtime) -> dict[str, dict[str, Any]]:
    """Return what fills the rules with something that is there, by endpoint or by name."""
    with runtime.database.reading() as session:
        post = session.scalars(select(Post).where(Post.slug == "changed")).one()
        rows = {
            "categories": Category,
            "tags": Tag,
            "audit": AuditEvent,
            "redirects": Redirect,
            "clients": ApiClient,
            "users": User,
        }
        ids = {name: {"id": session.scalar(select(row.id).limit(1))} for name, row in rows.items()}
        page_id = session.scalars(select(Post.id).where(Post.kind == "page")).one()
        category = session.scalars(select(Category.path)).first()
    folder = runtime.settings.instance / "media"
    picture = next(folder.rglob("*.svg")).relative_to(folder)
    own = ids | {
        "posts.show": {"slug": "changed", "id": post.id},
        "pages.show": {"path": "about", "id": page_id},
        "tags.show": {"slug": "实习", "id": 1},
        "tags.feed": {"slug": "实习"},
        "categories.show": {"path": category, "id": 1},
        "categories.feed": {"path": category},
        "authors.show": {"slug": "ann"},
        "media.show": {"path": picture},
    }
    return own | {
        "": {
            "id": post.id,
            "number": 1,
            "year": 2026,
            "token": "none",
            "group": "reading",
            "place": "menu_footer",
            "instant": write_instant(runtime.clock()),
            "path": "about/",
        }
    }


QUERIES: dict[str, dict[str, object]] = {"search.index": {"q": "writing"}}
STATIC = {"frontend": "css/page.css", "admin": "css/base.css", "api": "docs.css"}


def addresses(runtime: Runtime, app_name: str) -> dict[str, str]:
    """Return an address of every endpoint of an app that answers GET."""
    app, parts = importlib.import_module(app_name).create_app(runtime), parts_of(runtime)
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        group = rule.endpoint.partition(".")[0]
        known = {"filename": STATIC[app_name]} | parts[""]
        known |= (parts.get(group, {}) if app_name == "admin" else {}) | parts.get(
            rule.endpoint, {}
        )
        own = {name: known.get(name, "title") for name in rule.arguments}
        found[rule.endpoint] = path_to(
            app_name, rule.endpoint, query=QUERIES.get(rule.endpoint), **own
        )
    return found


def steady(answer: TestResponse) -> list[tuple[str, str]]:
    """Return the headers that every answer to the same question has."""
    # The body of a refusal by the API repeats the method, and HEAD is a letter longer than GET.
    refused = {"Content-Length"} if answer.mimetype == "application/problem+json" else set()
    skipped = VOLATILE | refused
    return sorted((k, NONCE.sub("", v)) for k, v in answer.headers if k not in skipped)


def asked_alone(visitor: Visitor, method: str, path: str) -> TestResponse:
    """Ask for a path when no message of an earlier page waits to be shown."""
    visitor.get("/admin/")
    return visitor.open(path, method=method)


@pytest.mark.parametrize("app_name", MOUNTS)
def test_head_is_get_without_its_body(ann: Visitor, filled: Runtime, app_name: str) -> None:
    reached = {}
    for endpoint, path in addresses(filled, app_name).items():
        get, head = asked_alone(ann, "GET", path), asked_alone(ann, "HEAD", path)
        assert (head.status_code, head.data) == (get.status_code, b""), path
        assert endpoint in ANEW or steady(head) == steady(get), path
        assert int(get.headers["Content-Length"]) == len(get.data), path
        reached[endpoint] = get.status_code
    missing = {endpoint: status for endpoint, status in reached.items() if status != 200}
    assert (
        missing
        == {
            "frontend": COMMENTS | {"previews.show": 404},
            "admin": ELSEWHERE | NOT_THERE,
            "api": {"users.me": 401, "posts.checks": 401, "pages.checks": 401},
        }[app_name]
    )


@pytest.mark.parametrize("app_name", MOUNTS)
def test_options_names_the_methods(ann: Visitor, filled: Runtime, app_name: str) -> None:
    for path in addresses(filled, app_name).values():
        answer = ann.options(path)
        assert answer.status_code in {200, 204}, path
        assert set(answer.headers["Allow"].split(", ")) >= {"GET", "HEAD", "OPTIONS"}, path
        assert "Set-Cookie" not in answer.headers, path


@pytest.mark.parametrize("app_name", MOUNTS)
def test_another_method_is_refused_with_those_that_are_allowed(
    ann: Visitor, filled: Runtime, app_name: str
) -> None:
    for path in addresses(filled, app_name).values():
        answer = ann.open(path, method="PROPFIND")
        assert (answer.status_code, "GET" in answer.headers.get("Allow", "")) == (405, True), path
