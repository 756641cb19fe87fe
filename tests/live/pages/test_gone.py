"""The database file is removed, or holds garbage: the site reads on, and makes nothing up."""

import pytest

from shared.domain.posts import unpublish
from tests.live.pages.conftest import serving
from tests.live.pages.content import apply, marks_in, save_mark
from tests.live.pages.outage import KEPT, PATIENT, checks, crowd, told, warm

pytestmark = pytest.mark.live

ALL = ("", "-wal", "-shm")


def put_away(place):
    """Take the database away as it is, and return what puts it back."""
    place.runtime.database.close()
    names = [f"{place.file.name}{suffix}" for suffix in ALL]
    found = [place.instance / name for name in names if (place.instance / name).exists()]
    for path in found:
        path.rename(place.instance / f"away-{path.name}")

    def put_back():
        for path in reversed(found):  # the file itself comes last, when the rest is there
            (place.instance / f"away-{path.name}").rename(path)

    return put_back


def test_a_removed_database_is_outlived_and_not_made_up(place):
    with serving(place, WORKERS=2) as site:
        warm(site)
        put_back = put_away(place)
        answers, longest = crowd(site)
        assert (told(answers), longest < PATIENT) == ({(200, True)}, True), longest
        other = site.get("/page/b/")
        assert (other.told, other.headers["retry-after"]) == ((503, False), "10")
        assert "<h1>" in other.text
        assert "sqlite" not in other.text.lower()
        assert other.headers["cache-control"] == "no-store"
        assert checks(site) == (503, "failing")
        assert not place.file.exists()
        put_back()
        answers = [site.ask(path) for path in KEPT * 4]
        assert told(answers) == {(200, False)}
        save_mark(place.runtime, place.posts["a"], "a", 1)
        texts = [site.ask(path).text for path in KEPT * 4]
        assert [marks_in(text)["a"] for text in texts] == [{1}] * len(texts)
        assert site.ask("/page/b/").told == (200, False)
        assert checks(site) == (200, "ok")


def test_garbage_in_place_of_the_database_is_outlived(place):
    with serving(place, WORKERS=1) as site:
        warm(site)
        put_back = put_away(place)
        place.file.write_bytes(b"This is no database. " * 5_000)
        answers, longest = crowd(site)
        assert (told(answers), longest < PATIENT) == ({(200, True)}, True), longest
        assert site.get("/page/b/").told == (503, False)
        assert checks(site) == (503, "failing")
        put_back()
        assert told([site.ask(path) for path in (*KEPT, "/page/b/")]) == {(200, False)}
        assert checks(site) == (200, "ok")


def test_a_database_overwritten_under_way_never_breaks_a_page(place):
    with serving(place, WORKERS=1) as site:
        warm(site)
        whole = place.file.read_bytes()
        with place.file.open("r+b") as file:
            file.write(b"This is no database. " * 200)
        place.runtime.database.close()
        answers, longest = crowd(site)
        assert {answer.status for answer in answers} == {200}
        assert longest < PATIENT
        assert site.get("/page/unknown/").status in {404, 503}
        with place.file.open("r+b") as file:
            file.write(whole)
        assert told([site.ask(path) for path in (*KEPT, "/page/b/")]) == {(200, False)}


def test_what_was_withdrawn_before_the_outage_stays_withdrawn(place):
    with serving(place, WORKERS=1) as site:
        warm(site)
        apply(place.runtime, place.posts["a"], unpublish)
        assert site.get("/").status == 200  # the worker has seen it
        put_away(place)
        answer = site.get("/page/a/")
        assert (answer.told, marks_in(answer.text)) == ((503, False), {})
        for path in KEPT:
            assert "a" not in marks_in(site.get(path).text), path


def test_a_restart_in_an_outage_does_not_bring_it_back(place):
    with serving(place, WORKERS=1) as site:
        warm(site)
        apply(place.runtime, place.posts["a"], unpublish)
        assert site.get("/").status == 200
    put_away(place)
    with serving(place, WORKERS=1) as site:
        assert site.get("/page/a/").told == (503, False)
        for path in KEPT:
            assert "a" not in marks_in(site.get(path).text), path
