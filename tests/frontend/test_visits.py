"""Pages are counted by day, and what is not there by path; nobody is told apart."""

from datetime import date

import pytest
from sqlalchemy import select

from frontend.visits import Visits, is_machine, told
from shared.domain.site import Site, save_site
from shared.models import MissingPath, PageView
from tests.cast import NOON, work_of

PERSON = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"}
GET = {"REQUEST_METHOD": "GET", **PERSON}


@pytest.fixture
def visits(app):
    return app.extensions["pages"].visits


def views(runtime):
    with runtime.database.reading() as session:
        rows = session.execute(select(PageView.day, PageView.path, PageView.views))
        return sorted(map(tuple, rows))


def missing(runtime):
    with runtime.database.reading() as session:
        rows = session.execute(select(MissingPath.path, MissingPath.asked, MissingPath.referrer))
        return sorted(map(tuple, rows))


def test_pages_that_people_read_are_counted_by_path_and_day(client, visits, runtime, write, clock):
    write(title="学习")
    for _ in range(3):
        client.get("/page/学习/", environ_overrides=PERSON)
    client.get("/?page=1&utm_source=x", environ_overrides=PERSON)
    visits.write()
    clock.forward(days=1)
    client.get("/page/学习/", environ_overrides=PERSON)
    visits.write()

    assert views(runtime) == [
        (date(2026, 3, 1), "/", 1),
        (date(2026, 3, 1), "/page/学习/", 3),
        (date(2026, 3, 2), "/page/学习/", 1),
    ]


def test_parts_of_pages_are_no_pages(client, visits, runtime, write):
    post = write(comments="on")
    assert client.get(f"/comments/{post.id}/waiting/", environ_overrides=PERSON).status_code == 200
    visits.write()
    assert views(runtime) == []


def test_known_page_counts_too_when_it_is_only_asked_about(client, visits, runtime):
    etag = client.get("/", environ_overrides=PERSON).headers["ETag"]
    again = client.get("/", environ_overrides=PERSON, headers={"If-None-Match": etag})
    visits.write()

    assert (again.status_code, views(runtime)) == (304, [(date(2026, 3, 1), "/", 2)])


@pytest.mark.parametrize(
    "agent", ["", "Googlebot/2.1", "curl/8.1", "python-requests/2.32", "Feedly/1.0 (feed reader)"]
)
def test_machines_are_not_counted(client, visits, runtime, agent):
    client.get("/", environ_overrides={"HTTP_USER_AGENT": agent})
    visits.write()

    assert (is_machine(agent), views(runtime)) == (True, [])


def test_feeds_and_heads_are_not_counted(client, visits, runtime):
    client.get("/feed.xml", environ_overrides=PERSON)
    client.head("/", environ_overrides=PERSON)
    visits.write()

    assert views(runtime) == []


def test_day_is_that_of_the_site(client, visits, runtime, clock):
    with runtime.database.writing() as session:
        save_site(Site(timezone="Asia/Shanghai"), work=work_of(session))
        session.commit()
    clock.at = NOON.replace(hour=17)
    client.get("/", environ_overrides=PERSON)
    visits.write()

    assert views(runtime) == [(date(2026, 3, 2), "/", 1)]


def test_nothing_is_counted_when_the_owner_does_not_want_it(client, visits, runtime):
    with runtime.database.writing() as session:
        save_site(Site(count_views=False), work=work_of(session))
        session.commit()
    client.get("/", environ_overrides=PERSON)
    visits.write()

    assert views(runtime) == []


def test_what_is_not_there_is_noted_with_the_page_that_named_it(client, visits, runtime):
    named = {"HTTP_REFERER": "https://blog.example.org/old?mail=ann@example.org#x"}
    asked = client.get("/2019/学习.html", environ_overrides=PERSON | named)
    client.get(asked.location, environ_overrides=PERSON | named)
    client.get(asked.location, environ_overrides=PERSON)
    for probe in ("/wp-login.php", "/.env", "/cgi-bin/test"):
        client.get(probe, environ_overrides=PERSON)
    visits.write()

    assert missing(runtime) == [("/2019/学习.html", 2, "https://blog.example.org/old")]


def test_counts_that_cannot_be_written_wait(runtime, visits):
    visits.add(GET, "/", 200)
    runtime.settings.instance.joinpath("triptych.sqlite3").rename(
        runtime.settings.instance / "away"
    )
    visits.write()
    runtime.settings.instance.joinpath("away").rename(
        runtime.settings.instance / "triptych.sqlite3"
    )
    visits.write()

    assert views(runtime) == [(date(2026, 3, 1), "/", 1)]


def test_several_processes_add_to_the_same_counts(any_runtime):
    one, two = Visits(any_runtime), Visits(any_runtime)
    for visits in (one, two, one):
        visits.add(GET, "/", 200)
        visits.add(GET, "/old/", 404)
    one.write()
    two.write()

    assert views(any_runtime) == [(date(2026, 3, 1), "/", 3)]
    assert missing(any_runtime) == [("/old/", 3, "")]


@pytest.mark.parametrize(
    ("referrer", "page"),
    [
        ("", ""),
        ("android-app://com.example/", "android-app://com.example/"),
        ("/relative", ""),
        ("https://[broken", ""),
    ],
)
def test_referrer_is_kept_without_what_may_be_personal(referrer, page):
    assert told(referrer) == page
