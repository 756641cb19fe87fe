import json
import time
from dataclasses import replace

import pytest
from werkzeug.test import Client, EnvironBuilder

from admin import create_app
from admin.cli.warming import address_of, open_site
from shared.page_counts import Counts, Holding, write_counts
from shared.runtime import Runtime
from shared.settings import Settings
from tests.admin.content import write

ADDRESS = "http://127.0.0.1:8000"
ALL = 13  # robots, three feeds, sitemap, front page, tags, archive, a tag and its feed, Ben, posts


def folder_of(runtime):
    return runtime.settings.instance / "pages"


def ways(runtime, *paths, address=ADDRESS, root=""):
    """Ask a new process's store, and return how it came by each page."""
    store = open_site(runtime).extensions["pages"]
    store.counts.end(time.monotonic())
    found = []
    for path in paths:
        before = store.counts.ways()
        environ = {"triptych.root": root}
        request = EnvironBuilder(path, base_url=address, environ_overrides=environ)
        assert Client(store).open(request).status_code == 200
        after = store.counts.ways()
        found.append(next(way for way in after if after[way] != before.get(way, 0)))
    if store.archivist:
        store.archivist.finish()
    return found


@pytest.fixture
def filled(runtime):
    """Two posts, one with a tag and a category."""
    write(runtime, title="First", slug="first")
    write(runtime, title="Second", slug="second", tags=("blue",))
    return runtime


# --- stats ---


def test_stats_without_answers_say_what_to_do(run):
    done = run("pages", "stats")

    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "No page was asked for yet. Start the server and open the site.",
        "Copies  0 pages, 0 Bytes of 536.9 MB",
    ]


def test_stats_tell_ways_memory_and_copies(run, runtime):
    counts = Counts(
        ways={"hit": 970, "copy": 5, "made": 25},
        memory=Holding(30, 1_200_000, 67_108_864),
        copies=Holding(1_234, 45_000_000, 536_870_912),
    )
    write_counts(folder_of(runtime), counts)

    assert run("pages", "stats").output.splitlines() == [
        "1 process answered 1,000 pages, 97.5% of them without",
        "rendering:",
        "  hit             970   97.0%  from memory",
        "  copy              5    0.5%  from the copy on disk",
        "  made             25    2.5%  rendered",
        "Memory  30 pages, 1.2 MB of 67.1 MB",
        "Copies  1,234 pages, 45.0 MB of 536.9 MB",
    ]


def test_stats_tell_what_is_wrong(run, runtime):
    counts = Counts(ways={"stale": 2}, is_failing=True, stale_at="2026-03-01T12:00:00+00:00")
    write_counts(folder_of(runtime), counts)

    assert run("pages", "stats").output.splitlines()[-2:] == [
        "The last copies could not be written; the log says why.",
        "The database last did not answer at 2026-03-01 12:00 UTC.",
    ]


def test_stats_for_programs(run, runtime):
    memory, copies = Holding(30, 1_200, 67_108), Holding(4, 5, 6)
    write_counts(folder_of(runtime), Counts({"hit": 3, "made": 1}, memory, copies))

    assert json.loads(run("pages", "stats", "--json").output) == {
        "processes": 1,
        "answered": 4,
        "rendered": 1,
        "ratio": 0.75,
        "ways": {"hit": 3, "copy": 0, "shared": 0, "made": 1, "stale": 0, "past": 0},
        "memory": {"pages": 30, "bytes": 1_200, "limit": 67_108},
        "copies": {"pages": 4, "bytes": 5, "limit": 6},
        "is_failing": False,
        "stale_at": None,
    }


# --- warm ---


def test_warmed_pages_are_there_for_the_next_process(run, filled):
    done = run("pages", "warm")

    paths = ("/", "/page/first/", "/list/", "/list/blue/", "/list/blue/feed.xml", "/feed.json")
    assert done.output == f"{ALL} pages rendered for {ADDRESS}, 0 were there already.\n"
    assert ways(filled, *paths, "/sitemap.xml", "/robots.txt") == ["copy"] * 8
    assert ways(filled, "/", address="http://localhost:8000") == ["made"]


def test_warming_again_renders_nothing(run, filled):
    run("pages", "warm")

    done = run("pages", "warm")

    assert done.output == f"0 pages rendered for {ADDRESS}, {ALL} were there already.\n"


def test_warming_counts_as_no_visit(run, filled):
    run("pages", "warm")

    assert "No page was asked for yet." in run("pages", "stats").output
    assert json.loads(run("pages", "stats", "--json").output)["copies"]["pages"] == ALL


def test_limit_takes_what_is_asked_for_most(run, filled):
    done = run("pages", "warm", "--limit", "6")

    assert done.output == f"6 pages rendered for {ADDRESS}, 0 were there already.\n"
    assert ways(filled, "/", "/page/first/") == ["copy", "made"]


def test_warmed_below_a_prefix(filled, settings, clock):
    settings = replace(settings, site_url="https://blog.example/x")
    runtime = Runtime(settings, clock)

    done = create_app(runtime).test_cli_runner().invoke(args=["pages", "warm"])

    assert (
        done.output == f"{ALL} pages rendered for https://blog.example/x, 0 were there already.\n"
    )
    asked = {"address": "https://blog.example/x", "root": "/x"}
    assert ways(runtime, "/page/second/", "/list/blue/feed.xml", **asked) == ["copy", "copy"]
    runtime.database.close()


def test_address_that_is_not_kept_is_refused(run, filled):
    done = run("pages", "warm", "--address", "http://elsewhere.example")

    assert (done.exit_code, done.output) == (
        1,
        "Error: pages are not kept at http://elsewhere.example: see SITE_URL and ALLOWED_HOSTS\n",
    )


def test_nothing_is_warmed_without_room_for_copies(filled, settings, clock):
    runtime = Runtime(replace(settings, pages_disk=0), clock)

    done = create_app(runtime).test_cli_runner().invoke(args=["pages", "warm"])

    assert done.output == "Error: no copies are kept on disk: see PAGES_DISK and DEBUG\n"
    runtime.database.close()


def test_disk_that_cannot_be_written_is_named(run, filled):
    folder_of(filled).write_text("a file where the folder should be")

    done = run("pages", "warm")

    assert done.exit_code == 1
    assert done.output.splitlines()[-1] == ("Error: the copies cannot be written; the log says why")


def test_pages_that_fail_are_named(run, filled):
    with filled.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE category RENAME TO gone")
        session.commit()

    done = run("pages", "warm")

    assert done.exit_code == 1
    assert done.output.splitlines()[-5:] == [
        "failed: /feed.xml (503 SERVICE UNAVAILABLE)",
        "failed: /rss.xml (503 SERVICE UNAVAILABLE)",
        "failed: /feed.json (503 SERVICE UNAVAILABLE)",
        "failed: /sitemap.xml (503 SERVICE UNAVAILABLE)",
        "Error: 4 pages could not be rendered",
    ]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"site_url": "https://blog.example/x"}, "https://blog.example/x"),
        ({"bind": "::", "port": 80}, "http://127.0.0.1:80"),
        ({"bind": "::1", "port": 9000}, "http://[::1]:9000"),
    ],
)
def test_address_is_that_of_visitors(given, address):
    assert address_of(Settings(**given)) == address


def test_socket_has_no_address(run, filled, settings, clock):
    runtime = Runtime(replace(settings, bind="unix:/run/triptych/socket"), clock)

    done = create_app(runtime).test_cli_runner().invoke(args=["pages", "warm"])

    assert done.output == "Error: the site has no address: set SITE_URL, or give --address\n"
    runtime.database.close()


# --- clear ---


def test_cleared_pages_are_rendered_anew_though_no_server_ran(run, filled):
    run("pages", "warm")
    assert ways(filled, "/", "/page/first/") == ["copy", "copy"]

    done = run("pages", "clear")

    assert done.output == (
        "Every page is rendered anew: servers drop theirs at their next request.\n"
    )
    assert json.loads(run("pages", "stats", "--json").output)["copies"]["pages"] == 0
    assert ways(filled, "/", "/page/first/") == ["made", "made"]
    assert ways(filled, "/", "/page/first/") == ["copy", "copy"]


def test_clearing_reaches_a_running_server(run, filled):
    client = open_site(filled).test_client()
    store = client.application.extensions["pages"]
    client.get("/page/first/")
    client.get("/page/first/")

    run("pages", "clear")
    client.get("/page/first/")
    store.archivist.finish()
    store.counts.end(time.monotonic())

    assert {way: count for way, count in store.counts.ways().items() if count} == {
        "made": 2,
        "hit": 1,
    }


def test_copies_are_made_out_of_date_without_being_removed(run, filled):
    """As after a command that could not write the file: the stamp alone must do."""
    run("pages", "warm")
    file = folder_of(filled) / "copies.sqlite3"
    before = file.read_bytes()

    run("pages", "clear")
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    file.write_bytes(before)

    assert ways(filled, "/") == ["made"]


def test_clear_on_postgresql(postgres_runtime):
    run = create_app(postgres_runtime).test_cli_runner()
    write(postgres_runtime, title="First", slug="first")
    run.invoke(args=["pages", "warm"])
    assert ways(postgres_runtime, "/") == ["copy"]

    assert run.invoke(args=["pages", "clear"]).exit_code == 0

    assert ways(postgres_runtime, "/") == ["made"]
