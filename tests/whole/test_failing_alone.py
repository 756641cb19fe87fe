"""One of the three real applications broken in turn; the real others serve."""

from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

import pytest

from dispatcher import compose
from shared.runtime import Runtime
from shared.settings import APPS
from tests.whole.asking import EMAIL, Visitor, sign_in

WHY = "no such host: db.internal, password swordfish"


def broken(_: Runtime) -> NoReturn:
    raise RuntimeError(WHY)


def serves_site(client: Visitor) -> bool:
    answer = client.get("/page/changed/")
    return answer.status_code == 200 and "<h1>Changed</h1>" in answer.text


def serves_console(client: Visitor) -> bool:
    visitor = Visitor(client.application)
    login = visitor.get("/admin/login/")
    if login.status_code != 200:
        return False
    sign_in(visitor)
    return "Draft" in visitor.get("/admin/page/").text


def serves_api(client: Visitor) -> bool:
    answer = client.get("/api/v1/posts")
    return answer.status_code == 200 and "Changed" in {
        post["title"] for post in answer.json["items"]
    }


SERVES: dict[str, Callable[[Visitor], bool]] = {
    "frontend": serves_site,
    "admin": serves_console,
    "api": serves_api,
}


@pytest.mark.parametrize("name", APPS)
def test_a_broken_application_leaves_the_real_others_alone(
    filled: Runtime, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = Visitor(compose(filled, {name: broken}))
    assert {app: serves(client) for app, serves in SERVES.items()} == {
        app: app != name for app in APPS
    }
    health, ready = client.get("/healthz"), client.get("/readyz")
    assert health.json == {
        "status": "degraded",
        "apps": {app: "down" if app == name else "up" for app in APPS},
    }
    assert (ready.status_code, ready.json["checks"]) == (
        503,
        {"database": "ok", "migrations": "ok"}
        | {app: "failing" if app == name else "ok" for app in APPS},
    )
    down = client.get({"frontend": "/", "admin": "/admin/", "api": "/api/"}[name])
    shown = health.text + ready.text + down.text + str(down.headers)
    assert (down.status_code, "swordfish" in shown, "Traceback" in shown) == (503, False, False)
    assert int(down.headers["Retry-After"]) >= 1
    assert (f"{name} did not start" in caplog.text, WHY in caplog.text) == (True, True)


def test_a_broken_api_answers_in_its_own_form(filled: Runtime) -> None:
    answer = Visitor(compose(filled, {"api": broken})).post("/api/v1/client/register", json={})
    assert answer.mimetype == "application/problem+json"
    assert (answer.json["error_code"], answer.json["request"]) == (999, "POST /v1/client/register")


@pytest.mark.parametrize(
    "apps", [("frontend",), ("frontend", "api"), ("admin", "api"), ("api",), ("admin",)]
)
def test_a_subset_serves_those_and_no_other(filled: Runtime, apps: tuple[str, ...]) -> None:
    runtime = Runtime(replace(filled.settings, apps=apps), filled.clock)
    client = Visitor(compose(runtime))
    assert [app for app, serves in SERVES.items() if serves(client)] == [
        app for app in APPS if app in apps
    ]
    assert client.get("/readyz").json == {
        "status": "ready",
        "checks": dict.fromkeys(["database", "migrations", *apps], "ok"),
    }
    runtime.database.close()


def test_all_three_serve_and_are_ready(filled: Runtime) -> None:
    client = Visitor(compose(filled))
    assert {app: serves(client) for app, serves in SERVES.items()} == dict.fromkeys(APPS, True)
    assert client.get("/healthz").json == {"status": "ok", "apps": dict.fromkeys(APPS, "up")}
    assert client.get("/readyz").status_code == 200
    assert EMAIL not in client.get("/").text
