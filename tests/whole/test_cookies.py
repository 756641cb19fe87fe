"""One cookie jar across the three apps: who sets a cookie, who is sent it, who believes it."""

from dataclasses import replace
from http.cookies import SimpleCookie

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select
from werkzeug.test import TestResponse

import admin
import api
import frontend
from dispatcher import Triptych, compose
from shared.models import LoginSession
from shared.runtime import Runtime
from tests.whole.asking import CONSOLE_COOKIE, Visitor, sign_in, token_in

MODULES = {"frontend": frontend, "admin": admin, "api": api}
ELSEWHERE = (
    "/", "/page/welcome/", "/list/", "/search/?q=writing", "/feed.xml", "/sitemap.xml", "/nowhere/",
    "/api/", "/api/openapi.json", "/api/v1/posts", "/api/v1/users/me", "/api/nowhere",
    "/healthz", "/readyz", "/administrator/", "/admin.html",
)  # fmt: skip
VOLATILE = {"X-Request-ID", "Date"}


def set_by(response: TestResponse) -> dict[str, dict[str, str]]:
    """Return the attributes that each cookie of an answer is set with."""
    jar = SimpleCookie()
    for header in response.headers.getlist("Set-Cookie"):
        jar.load(header)
    return {name: {k: v for k, v in cookie.items() if v} for name, cookie in jar.items()}


def without_ids(response: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return an answer without what names the request."""
    name = response.headers["X-Request-ID"].encode()
    headers = [(key, value) for key, value in response.headers if key not in VOLATILE]
    return response.status_code, response.data.replace(name, b""), headers


def test_console_sets_one_cookie_for_its_own_path(visitor: Visitor) -> None:
    answer = sign_in(visitor)
    assert set_by(answer) == {
        CONSOLE_COOKIE: {"path": "/admin", "httponly": True, "samesite": "Lax"}
    }


def test_console_cookie_is_held_to_https_by_its_name(filled: Runtime) -> None:
    https = "https://blog.example.org"
    runtime = Runtime(replace(filled.settings, site_url=https), filled.clock)
    visitor = Visitor(compose(runtime))
    answer = sign_in(visitor, base_url=https)
    assert set_by(answer) == {
        f"__Secure-{CONSOLE_COOKIE}": {
            "path": "/admin", "httponly": True, "samesite": "Lax", "secure": True,
        }
    }  # fmt: skip
    assert visitor.get("/admin/page/", base_url=https).status_code == 200
    runtime.database.close()


def test_console_cookie_is_sent_to_the_console_alone(ann: Visitor) -> None:
    assert ann.get("/admin/page/").status_code == 200
    for path in ELSEWHERE:
        ann.get(path)
    received = {path for path, cookies in ann.sent.items() if cookies}
    assert received == {"/admin/login/", "/admin/page/"}


def test_site_and_api_set_no_cookie_and_depend_on_none(visitor: Visitor) -> None:
    methods = ("GET", "HEAD", "OPTIONS", "POST")
    answers = {
        f"{method} {path}": visitor.open(path, method=method)
        for path in ELSEWHERE
        for method in methods
    }
    wrong = {
        name: answer.headers.getlist("Set-Cookie")
        for name, answer in answers.items()
        if "Set-Cookie" in answer.headers or "cookie" in answer.headers.get("Vary", "").lower()
    }
    assert wrong == {}


def test_console_cookie_presented_elsewhere_changes_nothing(ann: Visitor, visitor: Visitor) -> None:
    cookie = ann.get_cookie(CONSOLE_COOKIE, path="/admin")
    assert cookie is not None
    stolen = {"Cookie": "; ".join(f"{name}={cookie.value}" for name in cookie_names())}
    for path in set(ELSEWHERE) - {"/healthz", "/readyz"}:  # which tell what has been started
        with_it, without = visitor.get(path, headers=stolen), visitor.get(path)
        assert without_ids(with_it) == without_ids(without), path


def cookie_names() -> list[str]:
    return [f"triptych-{name}" for name in MODULES] + ["session", "remember_token"]


def signed_by(app_name: str, runtime: Runtime, values: dict[str, object]) -> str:
    """Return a cookie value that an app's own key has signed."""
    app = MODULES[app_name].create_app(runtime)
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return str(serializer.dumps(values))


def identity_of(ann: Visitor, runtime: Runtime) -> dict[str, object]:
    """Return what the console has written into Ann's cookie."""
    cookie = ann.get_cookie(CONSOLE_COOKIE, path="/admin")
    assert cookie is not None
    app = admin.create_app(runtime)
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    read: dict[str, object] = serializer.loads(cookie.value)
    return read


def opens_console(whole: Triptych, value: str) -> bool:
    visitor = Visitor(whole)
    visitor.set_cookie(CONSOLE_COOKIE, value, path="/admin")
    return visitor.get("/admin/page/").status_code == 200


def test_cookie_signed_by_another_app_is_not_believed(
    ann: Visitor, whole: Triptych, filled: Runtime
) -> None:
    identity = identity_of(ann, filled)
    believed = {name: opens_console(whole, signed_by(name, filled, identity)) for name in MODULES}
    assert believed == {"frontend": False, "admin": True, "api": False}


def test_number_of_a_user_is_nobody(ann: Visitor, whole: Triptych, filled: Runtime) -> None:
    with filled.database.reading() as session:
        epoch = session.scalars(select(LoginSession.epoch)).one()
    guesses = ["1", "user:1", f"user:{epoch}:1", f"{epoch}:1", "client:1", 1]
    for guess in guesses:
        identity = {"_user_id": guess, "_fresh": True}
        assert not opens_console(whole, signed_by("admin", filled, identity)), guess


def test_cookie_of_the_console_is_no_credential_of_the_api(
    ann: Visitor, whole: Triptych, filled: Runtime
) -> None:
    value = signed_by("api", filled, identity_of(ann, filled))
    visitor = Visitor(whole)
    for name in cookie_names():
        visitor.set_cookie(name, value, path="/")
    me = visitor.get("/api/v1/users/me")
    assert (me.status_code, me.json["error_code"]) == (401, 1005)
    made = visitor.post("/api/v1/posts", json={"title": "By a cookie"})
    assert (made.status_code, made.json["error_code"]) == (401, 1005)


def test_copy_of_the_cookie_is_dead_after_signing_out(ann: Visitor, whole: Triptych) -> None:
    cookie = ann.get_cookie(CONSOLE_COOKIE, path="/admin")
    assert cookie is not None
    page = ann.get("/admin/")
    assert opens_console(whole, cookie.value)
    ann.post("/admin/logout/", data={"csrf_token": token_in(page.text)})
    assert not opens_console(whole, cookie.value)
