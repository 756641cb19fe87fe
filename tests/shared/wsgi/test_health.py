import threading

import pytest
from werkzeug.test import Client

from shared.wsgi.health import healthz, readyz
from shared.wsgi.starter import Starter
from tests.shared.wsgi.applications import echo


def broken():
    raise RuntimeError("the password is swordfish")


def up(name):
    starter = Starter(name, lambda: echo(name))
    starter.wait_for_app()
    return starter


def down(name):
    starter = Starter(name, broken)
    starter.wait_for_app()
    return starter


def no_database():
    raise OSError("the password is swordfish")


def test_healthz_tells_which_applications_are_up():
    client = Client(healthz({"frontend": up("frontend"), "api": up("api")}))
    answer = client.get("/healthz")
    assert answer.json == {"status": "ok", "apps": {"frontend": "up", "api": "up"}}
    assert (answer.status, answer.content_type) == ("200 OK", "application/json")
    assert answer.headers["Cache-Control"] == "no-store"


def test_healthz_names_what_is_down_and_stays_200():
    client = Client(healthz({"frontend": up("frontend"), "admin": down("admin")}))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (
        200,
        '{"status": "degraded", "apps": {"frontend": "up", "admin": "down"}}\n',
    )


def test_healthz_does_not_wait_for_a_start():
    release = threading.Event()
    client = Client(healthz({"admin": Starter("admin", lambda: release.wait(10) and echo("x"))}))
    assert client.get("/healthz").json == {"status": "ok", "apps": {"admin": "starting"}}
    release.set()


def test_readyz_creates_what_is_not_yet_created():
    client = Client(
        readyz({"api": Starter("api", lambda: echo("api"))}, {"database": lambda: True})
    )
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ready", "checks": {"database": "ok", "api": "ok"}},
    )


def test_readyz_names_what_fails_and_not_why(caplog):
    checks = {"database": no_database, "migrations": lambda: False, "disk": lambda: True}
    client = Client(readyz({"frontend": up("frontend"), "admin": down("admin")}, checks))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        503,
        {
            "status": "not ready",
            "checks": {
                "database": "failing",
                "migrations": "failing",
                "disk": "ok",
                "frontend": "ok",
                "admin": "failing",
            },
        },
    )
    assert "swordfish" not in answer.text
    assert "The check of database failed" in caplog.messages
    assert "OSError: the password is swordfish" in caplog.text


def test_readyz_lets_only_a_few_check_at_once():
    release = threading.Event()
    begun = threading.Semaphore(0)

    def slow():
        begun.release()
        return release.wait(10)

    app = readyz({}, {"database": slow})
    threads = [threading.Thread(target=Client(app).get, args=("/readyz",)) for _ in range(2)]
    for thread in threads:
        thread.start()
        begun.acquire(timeout=5)
    answer = Client(app).get("/readyz")
    release.set()
    for thread in threads:
        thread.join()
    assert (answer.status_code, answer.json) == (503, {"status": "busy", "checks": {}})
    assert Client(app).get("/readyz").json["status"] == "ready"


@pytest.mark.parametrize(
    ("path", "app"), [("/healthz", healthz({})), ("/readyz", readyz({}, {"disk": lambda: True}))]
)
def test_the_methods(path, app):
    client = Client(app)
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.data, head.headers == get.headers) == (
        200,
        b"",
        True,
    )
    options = client.options(path)
    assert (options.status_code, options.headers["Allow"]) == (200, "GET, HEAD, OPTIONS")
    post = client.post(path)
    assert (post.status_code, post.headers["Allow"], post.json) == (
        405,
        "GET, HEAD, OPTIONS",
        {"status": "method not allowed"},
    )
    below = client.get(f"{path}/")
    assert (below.status_code, below.json) == (404, {"status": "not found"})
