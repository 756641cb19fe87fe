"""The database file is locked: by a writer, which readers never notice, or against everyone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.live.pages.conftest import serving
from tests.live.pages.console import Console
from tests.live.pages.content import marks_in, save_mark
from tests.live.pages.locker import locking
from tests.live.pages.outage import KEPT, PATIENT, checks, crowd, timed, told, warm

pytestmark = pytest.mark.live

DEADLINE = 11  # seconds: the gate's own 5, and those that SQLite waits for the lock


def test_a_long_write_of_another_process_stops_saves_alone(place):
    with serving(place, WORKERS=1) as site:
        warm(site)
        consoles = [Console(site.server.port) for _ in range(2)]
        forms = [one.edit(place.posts["a"], title="Mark-a-7") for one in consoles]
        with locking("write", place.file), ThreadPoolExecutor(2) as pool:
            saving = [
                pool.submit(timed, lambda c=c, f=f: c.send(*f))
                for c, f in zip(consoles, forms, strict=True)
            ]
            worst, rounds = 0.0, 1
            while not all(one.done() for one in saving):
                answers, longest = crowd(site)
                worst, rounds = max(worst, longest), rounds + len(answers) // len(KEPT)
                assert told(answers) == {(200, False)}
            refused = [one.result() for one in saving]
            assert checks(site) == (200, "ok")
        assert worst < PATIENT
        for answer, seconds in refused:
            assert (answer.status, answer.headers["retry-after"], seconds < DEADLINE) == (
                503,
                "5",
                True,
            )
            assert "The database is busy" in answer.text
            assert "Nothing was saved" in answer.text
        assert site.ways("/", rounds)[1:].count("made") == 0
        assert consoles[0].send(*forms[0]).status == 303
        for console in consoles:
            console.wire.close()
        assert marks_in(site.get("/page/a/").text)["a"] == {7}


def test_pages_say_that_they_may_be_old_while_nobody_can_read(place):
    with serving(place, WORKERS=1) as site:
        warm(site)
        with locking("recovery", place.file):
            answers, longest = crowd(site)
            assert (told(answers), longest < PATIENT) == ({(200, True)}, True), longest
            assert site.get("/page/a/").headers["warning"] == '110 - "Response is Stale"'
            assert int(site.get("/page/a/").headers["age"]) <= 60
            assert checks(site) == (503, "failing")
        save_mark(place.runtime, place.posts["a"], "a", 1)
        answers = [site.get(path) for path in KEPT]
        assert told(answers) == {(200, False)}
        assert {1} == set.union(*(marks_in(answer.text)["a"] for answer in answers))
        assert checks(site) == (200, "ok")
        assert len(site.lines("pages are shown as they were")) == 1


def test_a_start_while_the_file_is_locked_serves_the_copies(place):
    with serving(place, WORKERS=1) as site:
        warm(site)
    place.runtime.database.close()
    with locking("exclusive", place.file), serving(place, WORKERS=1) as site:
        answers, longest = crowd(site)
        assert (told(answers), longest < PATIENT) == ({(200, True)}, True), longest
        missing = site.get("/page/b/")
        assert missing.told == (503, False)
        assert checks(site) == (503, "failing")
