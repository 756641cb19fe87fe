"""The page store in front of the real site, told by the last words of the log's lines."""

import logging
import threading
from dataclasses import replace

import pytest
from flask import Response
from werkzeug.test import Client

from frontend import create_app
from shared.models import Redirect
from shared.runtime import Runtime
from tests.cast import NOON


@pytest.fixture
def ask(client: Client, caplog):
    """Ask for a page and return its answer and how the store came by it."""
    caplog.set_level(logging.INFO, "triptych.access")

    def ask_(path: str, **options):
        caplog.clear()
        answer = client.open(path, **options)
        [record] = [record for record in caplog.records if record.name == "triptych.access"]
        return answer, record.fields.get("way", "")

    return ask_


@pytest.fixture
def way_of(ask):
    return lambda path, **options: ask(path, **options)[1]


def test_second_visitor_is_answered_from_memory(ask, write):
    write(slug="a")
    first, second = ask("/page/a/"), ask("/page/a/")
    assert (first[1], second[1]) == ("made", "hit")
    assert first[0].data == second[0].data
    assert first[0].headers["ETag"] == second[0].headers["ETag"]


@pytest.mark.parametrize(
    "path",
    ["/", "/list/", "/archive/", "/feed.xml", "/sitemap.xml", "/robots.txt", "/search/?q=quiet"],
)
def test_pages_of_every_kind_are_kept(way_of, write, path):
    write()
    assert [way_of(path), way_of(path)] == ["made", "hit"]


def test_missing_pages_and_redirects_are_kept(ask, write):
    write(slug="a")
    assert [ask("/no/")[1], ask("/no/")[1]] == ["made", "hit"]
    assert [ask("/page/a")[1], ask("/page/a")[1]] == ["made", "hit"]
    answer, way = ask("/page/a?utm=x")
    assert (answer.location, way) == ("/page/a/?utm=x", "hit")


def test_head_and_get_share_a_page(ask, write):
    write()
    head, get = ask("/", method="HEAD"), ask("/")
    assert (head[1], get[1]) == ("made", "hit")
    assert (head[0].data, head[0].content_length) == (b"", len(get[0].data))


def test_unknown_parameters_make_no_entry(way_of, write):
    write()
    ways = [way_of(path) for path in ("/", "/?utm_source=a", "/?page=1", "/?x=1&page=1&y=2")]
    assert ways == ["made", "hit", "hit", "hit"]


def test_headers_of_a_visitor_make_no_entry_and_no_trace(ask, write):
    write()
    forged = {
        "Accept-Language": "xx-forged",
        "Cookie": "triptych-frontend=forged",
        "X-Forwarded-Host": "forged.example",
        "X-Forwarded-Proto": "https",
        "User-Agent": "forged",
        "Referer": "https://forged.example/",
        "Authorization": "Bearer forged",
        "Range": "bytes=0-1",
    }
    first, way = ask("/", headers=forged)
    assert (way, first.status_code, b"forged" in first.data) == ("made", 200, False)
    assert ask("/")[1] == "hit"
    assert not [value for _, value in first.headers if "forged" in value]


def test_host_on_another_port_is_answered_but_not_kept(ask, write):
    write()
    for _ in range(2):
        answer, way = ask("/", base_url="http://localhost:4711/")
        assert (way, b'href="http://localhost:4711/"' in answer.data) == ("past", True)
    assert b"4711" not in ask("/")[0].data


def test_other_methods_go_past_the_store(client, write):
    write()
    client.get("/")
    assert client.post("/").status_code == 405
    assert client.options("/").headers["Allow"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Set-Cookie": "a=b"}, 200),
        ({"Cache-Control": "no-store"}, 200),
        ({"Cache-Control": "private, max-age=5"}, 200),
        ({}, 403),
        ({}, 500),
        ({}, 503),
    ],
)
def test_what_is_not_for_everyone_is_not_kept(app, ask, headers, status):
    app.add_url_rule("/special/", view_func=lambda: Response("x", status, headers), endpoint="s")
    assert [ask("/special/")[1], ask("/special/")[1]] == ["made", "made"]


def test_crash_leaves_the_place_free(app, client):
    app.add_url_rule("/crash/", view_func=lambda: 1 / 0, endpoint="crash")
    app.config["PROPAGATE_EXCEPTIONS"] = True
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            client.get("/crash/")


def test_many_visitors_of_a_new_page_wait_for_one_rendering(app, runtime, write):
    write(slug="a")
    made, gate = [], threading.Event()

    @app.before_request
    def hold() -> None:
        made.append(1)
        gate.wait(5)

    got = []
    threads = [
        threading.Thread(target=lambda: got.append(app.test_client().get("/page/a/").data))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()
    assert (len(made), len(got), len(set(got))) == (1, 12, 1)


def test_visitor_does_not_wait_for_ever(app, write, monkeypatch):
    write(slug="a")
    monkeypatch.setattr("frontend.pagestore.shelf.WAIT_SECONDS", 0.05)
    held, gate = threading.Event(), threading.Event()
    is_first = True

    @app.before_request
    def hold() -> None:
        nonlocal is_first
        if is_first:
            is_first = False
            held.set()
            gate.wait(5)

    first = threading.Thread(target=lambda: app.test_client().get("/page/a/"))
    first.start()
    held.wait(5)
    assert app.test_client().get("/page/a/").status_code == 200
    gate.set()
    first.join()


def test_debugged_site_renders_each_time(runtime, caplog):
    caplog.set_level(logging.INFO, "triptych.access")
    debugged = Runtime(replace(runtime.settings, debug=True), runtime.clock)
    client = create_app(debugged).test_client()
    client.get("/")
    client.get("/")
    ways = [record.fields["way"] for record in caplog.records if record.name == "triptych.access"]
    assert ways == ["made", "made"]
    debugged.database.close()


def second_life(runtime: Runtime, **over) -> Runtime:
    return Runtime(replace(runtime.settings, pages_disk=10_000_000, **over), runtime.clock)


def live(runtime: Runtime, paths: list[str], caplog) -> list[str]:
    """Start a site, ask for pages, end it, and return how it came by them."""
    caplog.set_level(logging.INFO, "triptych.access")
    caplog.clear()
    app = create_app(runtime)
    for path in paths:
        app.test_client().get(path)
    archivist = app.extensions["pages"].archivist
    archivist.finish()
    app.extensions["pages"].copies.close()
    runtime.database.close()
    return [record.fields["way"] for record in caplog.records if record.name == "triptych.access"]


def test_restart_finds_the_copies(runtime, write, caplog):
    write(slug="a")
    paths = ["/", "/page/a/", "/feed.xml"]
    assert live(second_life(runtime), paths, caplog) == ["made"] * 3
    assert live(second_life(runtime), paths, caplog) == ["copy"] * 3


def test_addresses_that_anyone_can_make_up_take_no_room_on_disk(runtime, write, caplog):
    write(slug="a")
    paths = ["/no/", "/page/a", "/search/?q=quiet"]
    assert live(second_life(runtime), paths, caplog) == ["made"] * 3
    assert live(second_life(runtime), paths, caplog) == ["made"] * 3


def test_moved_and_removed_pages_are_copied(runtime, write, caplog):
    write(slug="a")
    with runtime.database.writing() as session:
        about = {"origin": "hand", "created_at": NOON, "updated_at": NOON}
        session.add(Redirect(path="/old/", target="/page/a/", status=301, **about))
        session.add(Redirect(path="/gone/", status=410, **about))
        session.commit()
    assert live(second_life(runtime), ["/old/", "/gone/"], caplog) == ["made"] * 2
    assert live(second_life(runtime), ["/old/", "/gone/"], caplog) == ["copy"] * 2


def test_copy_of_what_changed_meanwhile_is_not_used(runtime, write, caplog):
    write(slug="a")
    paths = ["/page/a/", "/robots.txt"]
    live(second_life(runtime), paths, caplog)
    write(slug="b", title="Next to it")
    assert live(second_life(runtime), paths, caplog) == ["made", "copy"]


def test_copy_is_not_used_when_something_came_due(runtime, write, clock, caplog):
    write(slug="a", expires_at=clock.at.replace(hour=13))
    paths = ["/page/a/", "/robots.txt"]
    live(second_life(runtime), paths, caplog)
    clock.forward(hours=2)
    assert live(second_life(runtime), paths, caplog) == ["made", "copy"]


def test_copy_of_other_settings_is_not_used(runtime, write, caplog):
    write(slug="a")
    live(second_life(runtime), ["/page/a/"], caplog)
    other = second_life(runtime, api_url="https://api.example.org")
    assert live(other, ["/page/a/"], caplog) == ["made"]
