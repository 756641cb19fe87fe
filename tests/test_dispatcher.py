"""The whole of the process in front of three small applications that can be broken at will."""

import sys
import threading
from dataclasses import replace

import pytest
from werkzeug.test import Client

from dispatcher import _imported, compose
from shared.runtime import Runtime
from shared.settings import APPS, Settings
from tests.shared.wsgi.applications import echo, raising
from tests.shared.wsgi.test_starter import Tick

PATHS = {"frontend": "/page/x/", "admin": "/admin/page/", "api": "/api/v1/posts"}
WHY = "connection refused by 10.9.8.7 with the password swordfish"


class Breakable:
    """Factories of which one fails in a given way until it is mended."""

    def __init__(self, name="", how=""):
        self.name = name
        self.how = how
        self.release = threading.Event()

    def mend(self):
        self.how = ""
        self.release.set()

    def __getitem__(self, name):
        return lambda _runtime: self.create(name)

    def create(self, name):
        if name == self.name:
            if self.how == "raise":
                raise RuntimeError(WHY)
            if self.how == "exit":
                raise SystemExit(WHY)
            if self.how == "hang":
                self.release.wait(30)
        return echo(name)

    def __iter__(self):
        return iter(APPS)

    def keys(self):
        return APPS


def whole(settings, factories, **options):
    return compose(Runtime(settings), factories, **options)


@pytest.fixture
def bare_settings(tmp_path):
    return Settings(instance=tmp_path, secret_key="k" * 32)


@pytest.mark.parametrize("how", ["raise", "exit", "hang"])
@pytest.mark.parametrize("name", APPS)
def test_an_application_that_does_not_start_stays_alone(bare_settings, name, how, caplog):
    caplog.set_level("INFO")
    factories, tick = Breakable(name, how), Tick()
    client = Client(whole(bare_settings, factories, patience=0.05, tick=tick))
    answers = {app: client.get(PATHS[app]) for app in APPS}
    assert {app: a.status_code for app, a in answers.items()} == dict.fromkeys(APPS, 200) | {
        name: 503
    }
    assert answers[name].headers["Retry-After"] == "1"
    assert client.get("/healthz").json == {
        "status": "degraded",
        "apps": dict.fromkeys(APPS, "up") | {name: "down"},
    }
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["checks"][name]) == (503, "failing")
    shown = answers[name].text + ready.text + client.get("/healthz").text
    assert "swordfish" not in shown
    assert "Traceback" not in shown
    assert (f"{name} did not start" in caplog.text, WHY in caplog.text) == (True, how != "hang")
    factories.mend()
    tick.now += 1
    assert client.get(PATHS[name]).json["app"] == name
    assert client.get("/healthz").json["status"] == "ok"


@pytest.mark.parametrize("error", [RuntimeError(WHY), SystemExit(WHY)])
@pytest.mark.parametrize("name", APPS)
def test_an_application_that_crashes_stays_alone(bare_settings, name, error):
    apps = {app: raising(error) if app == name else echo(app) for app in APPS}
    client = Client(whole(bare_settings, {app: lambda _, a=app: apps[a] for app in APPS}))
    codes = {app: client.get(PATHS[app]).status_code for app in APPS}
    assert codes == dict.fromkeys(APPS, 200) | {name: 500}
    assert "swordfish" not in client.get(PATHS[name]).text


def test_failures_of_the_api_are_its_json_and_of_the_others_pages(bare_settings):
    client = Client(whole(bare_settings, {app: lambda _: raising(KeyError("x")) for app in APPS}))
    kinds = {app: client.get(PATHS[app]).content_type for app in APPS}
    page = "text/html; charset=utf-8"
    assert kinds == {"frontend": page, "admin": page, "api": "application/problem+json"}


def test_a_mount_without_its_slash_redirects_even_when_it_is_down(bare_settings):
    def broken(_runtime):
        raise RuntimeError(WHY)

    client = Client(whole(bare_settings, dict.fromkeys(APPS, broken)))
    answer = client.get("/admin?next=/admin/page/")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/admin/?next=/admin/page/")
    assert client.get("/admin/").status_code == 503


def test_behind_a_prefix_every_application_knows_it(bare_settings):
    settings = replace(
        bare_settings,
        trusted_proxies=Settings.from_env({"TRUSTED_PROXIES": "127.0.0.1"}).trusted_proxies,
    )
    client = Client(whole(settings, Breakable()))
    proxied = {
        "headers": {"X-Forwarded-Prefix": "/x/y"},
        "environ_overrides": {"REMOTE_ADDR": "127.0.0.1"},
    }
    for name, path in PATHS.items():
        mount = "" if name == "frontend" else f"/{name}"
        seen = client.get(path, **proxied).json
        assert (seen["triptych.root"], seen["SCRIPT_NAME"]) == ("/x/y", f"/x/y{mount}")
    assert client.get("/admin", **proxied).headers["Location"] == "/x/y/admin/"


@pytest.mark.parametrize(
    ("apps", "codes"),
    [
        (("frontend",), [200, 404, 404]),
        (("frontend", "api"), [200, 404, 200]),
        (("admin", "api"), [404, 200, 200]),
        (("api",), [404, 404, 200]),
    ],
)
def test_a_process_may_serve_some_of_the_applications(bare_settings, apps, codes):
    client = Client(whole(replace(bare_settings, apps=apps), Breakable()))
    assert [client.get(PATHS[name]).status_code for name in APPS] == codes
    assert client.get("/readyz").json["checks"].keys() == {"database", "migrations", *apps}
    for name in {"admin", "api"} - set(apps):
        assert client.get(f"/{name}").status_code == 404


def test_an_api_that_is_not_served_says_so_in_json(bare_settings):
    client = Client(whole(replace(bare_settings, apps=("frontend",)), Breakable()))
    answer = client.get("/api/v1/posts")
    assert (answer.json["error_code"], answer.json["request"]) == (1007, "GET /v1/posts")


def test_warm_up_creates_the_site_first(bare_settings):
    order = []

    def factory(name):
        return lambda _: order.append(name) or echo(name)

    triptych = whole(bare_settings, {name: factory(name) for name in reversed(APPS)})
    assert order == []
    triptych.warm_up().join(10)
    assert order == ["frontend", "admin", "api"]


def test_with_few_threads_two_stay_with_the_site(bare_settings):
    settings = replace(bare_settings, threads=3)
    inside, release = threading.Event(), threading.Event()

    def slow(environ, start_response):
        inside.set()
        release.wait(10)
        return echo("api")(environ, start_response)

    factories = {**{name: lambda _, n=name: echo(n) for name in APPS}, "api": lambda _: slow}
    app = whole(settings, factories)
    thread = threading.Thread(target=lambda: Client(app).get("/api/").close())
    thread.start()
    inside.wait(5)
    codes = [Client(app).get(path).status_code for path in ("/admin/", "/media/a.png", "/page/")]
    release.set()
    thread.join()
    assert codes == [503, 503, 200]
    assert Client(app).get("/admin/static/app.css").status_code == 200


def test_readyz_asks_the_database(runtime):
    client = Client(compose(runtime, Breakable()))
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (200, "ready")
    assert set(ready.json["checks"].values()) == {"ok"}


def test_readyz_names_a_database_that_was_not_migrated(bare_settings):
    ready = Client(whole(bare_settings, Breakable())).get("/readyz")
    assert (ready.status_code, ready.json["checks"]["migrations"]) == (503, "failing")


def test_a_package_is_imported_anew_when_it_was_mended(tmp_path, monkeypatch):
    package = tmp_path / "mendable.py"
    package.write_text("import no_such_module_at_all\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError):
        _imported("mendable")(None)
    package.write_text("def create_app(runtime):\n    return 'made from', runtime\n")
    assert _imported("mendable")("runtime") == ("made from", "runtime")
    del sys.modules["mendable"]
