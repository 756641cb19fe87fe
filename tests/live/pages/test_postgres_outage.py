"""PostgreSQL hangs or is stopped: pages come at once and say so; afterwards all is fresh."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.cast import hire
from tests.live.pages.conftest import NAMES, Place, serving
from tests.live.pages.content import add_post, marks_in, open_runtime, save_mark
from tests.live.pages.outage import KEPT, PATIENT, checks, crowd, timed, told, warm
from tests.live.pages.stopping import hanging, stopped
from tests.live.pages.wire import wait_until
from tests.servers import running_postgres

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.live

KINDS = {"hanging": hanging, "stopped": stopped}


@pytest.fixture(scope="module")
def own_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An instance on a PostgreSQL server that nobody else needs."""
    instance: Path = tmp_path_factory.mktemp("outage") / "instance"
    with running_postgres() as url:
        runtime = open_runtime(instance, url)
        runtime.database.upgrade()
        with runtime.database.writing() as session:
            hire(session)
            session.commit()
        posts = {name: add_post(runtime, name) for name in NAMES}
        runtime.database.close()
        yield Place(instance, runtime, url, posts)
        runtime.database.close()


@pytest.mark.parametrize(("number", "kind"), [(1, "hanging"), (2, "stopped")])
def test_pages_come_at_once_and_are_fresh_again_at_once(own_place, number, kind):
    place = own_place
    with serving(place, WORKERS=1) as site:
        warm(site)
        with KINDS[kind](place.url):
            first, slowest = crowd(site, rounds=1)
            answers, longest = crowd(site)
            assert (told([*first, *answers]), slowest < PATIENT) == ({(200, True)}, True), slowest
            assert longest < PATIENT / 2
            missing, seconds = timed(lambda: site.get("/page/unknown/"))
            assert (missing.told, seconds < PATIENT) == ((503, False), True), seconds
            ready, seconds = timed(lambda: checks(site))
            assert (ready, seconds < 10) == ((503, "failing"), True), seconds
        save_mark(place.runtime, place.posts["a"], "a", number)
        wait_until(lambda: checks(site) == (200, "ok"))  # a server takes its time to begin
        answers = [site.ask(path) for path in KEPT * 3]
        assert told(answers) == {(200, False)}
        assert [marks_in(answer.text)["a"] for answer in answers] == [{number}] * len(answers)
        assert len(site.lines("pages are shown as they were")) == 1
        place.runtime.database.close()


def test_the_first_request_after_a_pause_is_fresh(own_place):
    with serving(own_place, WORKERS=1) as site:
        warm(site)
        with stopped(own_place.url):
            pass  # nobody came meanwhile; the kept connections are dead
        wait_until(lambda: checks(site) == (200, "ok"))
        answers, _ = crowd(site)
        assert told(answers) == {(200, False)}
