"""The base of every app: own key and cookie, one unit of work a request, strict headers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, render_template_string, url_for
from flask import session as cookie
from jinja2 import UndefinedError
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from shared.models import User
from shared.runtime import Runtime
from shared.web import base_app, commit, now, session
from shared.web.factory import cookie_name
from shared.web.headers import nonce

DIRECTIVES = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: https:",
    "media-src 'self' https:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
]


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    """An app with nothing in it yet."""
    return base_app("frontend", runtime)


def ann(runtime: Runtime) -> str:
    with runtime.database.reading() as opened:
        return opened.scalars(select(User.bio).where(User.name == "Ann")).one()


def rename(then: Callable[[], None]) -> str:
    session().scalars(select(User).where(User.name == "Ann")).one().bio = "changed"
    session().flush()
    then()
    return ""


def test_unit_of_work_is_committed_only_by_commit(app: Flask, runtime: Runtime) -> None:
    app.add_url_rule("/keep/", "keep", lambda: rename(commit), methods=["POST"])
    app.add_url_rule("/lose/", "lose", lambda: rename(lambda: None), methods=["POST"])
    client = app.test_client()
    assert client.post("/lose/").status_code == 200
    assert ann(runtime) == ""
    assert client.post("/keep/").status_code == 200
    assert ann(runtime) == "changed"


def test_safe_method_cannot_write(app: Flask, runtime: Runtime) -> None:
    app.testing = True
    app.add_url_rule("/", "write", lambda: rename(commit))
    with pytest.raises(DBAPIError):
        app.test_client().get("/")
    assert ann(runtime) == ""


def test_moment_of_a_request_does_not_move(app: Flask, runtime: Runtime) -> None:
    moments = []

    def view() -> str:
        moments.extend([now(), runtime.clock.forward(hours=1) and now()])  # type: ignore[attr-defined]  # the tests' clock
        return ""

    app.add_url_rule("/", "view", view)
    app.test_client().get("/")
    assert moments[0] == moments[1]


def test_answer_carries_strict_headers(app: Flask) -> None:
    app.add_url_rule("/", "view", lambda: "")
    headers = app.test_client().get("/").headers
    assert headers["Content-Security-Policy"].split("; ") == DIRECTIVES
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_nonce_is_allowed_where_a_page_asked_for_one(app: Flask) -> None:
    app.add_url_rule("/", "view", nonce)
    answer = app.test_client().get("/")
    assert f"style-src 'self' 'nonce-{answer.text}'" in answer.headers["Content-Security-Policy"]
    assert app.test_client().get("/").text != answer.text


def test_template_with_an_unknown_name_is_an_error(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(UndefinedError):
        render_template_string("{{ nothing_of_this_name }}")


def test_apps_have_keys_and_cookies_of_their_own(runtime: Runtime) -> None:
    apps = [base_app(name, runtime) for name in ("frontend", "admin", "api")]
    assert len({app.secret_key for app in apps}) == 3
    assert len({app.config["SESSION_COOKIE_NAME"] for app in apps}) == 3
    for app in apps:
        app.add_url_rule("/", "view", lambda: cookie.setdefault("_user_id", "1"))
    signed = (
        apps[0].test_client().get("/").headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    )
    other = apps[1].test_client()
    other.set_cookie(apps[1].config["SESSION_COOKIE_NAME"], signed)
    with other:
        other.get("/")
        assert "_user_id" in cookie
        assert other.get_cookie(apps[1].config["SESSION_COOKIE_NAME"]).value != signed  # type: ignore[union-attr]  # it was just set


def test_cookie_name_is_bound_to_https_by_its_prefix() -> None:
    assert cookie_name("admin", secure=True) == "__Secure-triptych-admin"
    assert cookie_name("admin", secure=False) == "triptych-admin"


@pytest.fixture
def with_file(runtime: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An app of a package that has one static file."""
    package = tmp_path / "frontend"
    (package / "static" / "css").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "static" / "css" / "site.css").write_text("body{}")
    monkeypatch.setattr("flask.sansio.scaffold.get_root_path", lambda _: str(package))
    return base_app("frontend", runtime)


def test_static_file_is_kept_for_good_under_the_hash_of_its_content(with_file: Flask) -> None:
    client = with_file.test_client()
    with with_file.test_request_context("/"):
        url = render_template_string("{{ static_url('css/site.css') }}")
        plain = url_for("static", filename="css/site.css")
    assert url == "/static/css/site.7c98040a54.css"
    kept, asked, old = (client.get(path) for path in (url, plain, url.replace("7c980", "00000")))
    assert (kept.text, asked.text, old.text) == ("body{}", "body{}", "body{}")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert asked.headers["Cache-Control"] == old.headers["Cache-Control"] == "no-cache"
    again = client.get(plain, headers={"If-None-Match": asked.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_static_file_that_is_missing_or_outside_is_not_found(with_file: Flask) -> None:
    client = with_file.test_client()
    assert [
        client.get(f"/static/{name}").status_code for name in ("none.css", "../__init__.py")
    ] == [
        404,
        404,
    ]
    with with_file.test_request_context("/"), pytest.raises(KeyError):
        render_template_string("{{ static_url('none.css') }}")


def test_static_url_follows_the_prefix_of_each_request(with_file: Flask) -> None:
    found = []
    for root in ("", "/x/y", ""):
        with with_file.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
            found.append(render_template_string("{{ static_url('css/site.css') }}"))
    plain = "/static/css/site.7c98040a54.css"
    assert found == [plain, f"/x/y{plain}", plain]
