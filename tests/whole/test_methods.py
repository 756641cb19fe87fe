"""HEAD and OPTIONS on every address of the three apps that can be read."""

import importlib
import re
from typing import Any

import pytest
from sqlalchemy import select

from shared.models import AuditEvent, Category, Post, Redirect, Revision, Tag
from shared.runtime import Runtime
from shared.urls import MOUNTS, path_to
from tests.whole.asking import Visitor

# Different in each answer, and rightly so.
VOLATILE = {"X-Request-ID", "Date", "Set-Cookie"}
NONCE = re.compile(r"'nonce-[^']+'")


def parts_of(runtime: Runtime) -> dict[str, dict[str, Any]]:
    """Return what fills the rules with something that is there, by endpoint or by name."""
    with runtime.database.reading() as session:
        post = session.scalars(select(Post).where(Post.slug == "changed")).one()
        number = session.scalars(select(Revision.number).where(Revision.post_id == post.id)).first()
        rows = {"categories": Category, "tags": Tag, "audit": AuditEvent, "redirects": Redirect}
        ids = {
            name: {"id": session.scalar(select(row.id).limit(1)) or 1} for name, row in rows.items()
        }
        category = session.scalars(select(Category.path)).first()
    folder = runtime.settings.instance / "media"
    picture = next(folder.rglob("*.svg")).relative_to(folder)
    own = ids | {
        "posts.show": {"slug": "changed", "id": post.id},
        "pages.show": {"path": "about", "id": 1},
        "tags.show": {"slug": "实习", "id": 1},
        "tags.feed": {"slug": "实习"},
        "categories.show": {"path": category, "id": 1},
        "categories.feed": {"path": category},
        "authors.show": {"slug": "ann"},
        "media.show": {"path": picture},
    }
    return own | {"": {"id": post.id, "number": number, "year": 2026, "token": "none"}}


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
        own = {name: known[name] for name in rule.arguments}
        found[rule.endpoint] = path_to(app_name, rule.endpoint, **own)
    return found


def steady(headers: Any) -> list[tuple[str, str]]:
    return sorted((name, NONCE.sub("", value)) for name, value in headers if name not in VOLATILE)


@pytest.mark.parametrize("app_name", MOUNTS)
def test_head_is_get_without_its_body(ann: Visitor, filled: Runtime, app_name: str) -> None:
    reached = {}
    for endpoint, path in addresses(filled, app_name).items():
        get, head = ann.get(path), ann.head(path)
        assert (head.status_code, head.data) == (get.status_code, b""), path
        assert steady(head.headers) == steady(get.headers), path
        assert int(get.headers["Content-Length"]) == len(get.data), path
        reached[endpoint] = get.status_code
    missing = {endpoint: status for endpoint, status in reached.items() if status != 200}
    assert (
        missing
        == {
            "frontend": {"seo.sitemap_part": 404},
            "admin": {"account.login": 303, "account.setup": 410, "account.link": 410},
            "api": {"users.me": 401},
        }[app_name]
    )


@pytest.mark.parametrize("app_name", MOUNTS)
def test_options_names_the_methods(
    ann: Visitor, visitor: Visitor, filled: Runtime, app_name: str
) -> None:
    for path in addresses(filled, app_name).values():
        for asking in (ann, visitor):
            answer = asking.options(path)
            allowed = set(answer.headers["Allow"].split(", "))
            assert answer.status_code in {200, 204}, path
            assert allowed >= {"GET", "HEAD", "OPTIONS"}, path
            assert "Set-Cookie" not in answer.headers, path


@pytest.mark.parametrize("app_name", MOUNTS)
def test_another_method_is_refused_with_those_that_are_allowed(
    ann: Visitor, filled: Runtime, app_name: str
) -> None:
    for path in addresses(filled, app_name).values():
        answer = ann.open(path, method="PROPFIND")
        assert (answer.status_code, "GET" in answer.headers.get("Allow", "")) == (405, True), path
