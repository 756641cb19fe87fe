"""At 100,000 posts, all of them in one month, the calendar still reads a few of each day."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from admin import create_app
from shared.runtime import Runtime
from shared.settings import Settings
from tests.admin.calendar.reading import read_days
from tests.admin.counting import counted, explained
from tests.admin.crud.long import fill_long
from tests.admin.lists import fill
from tests.admin.signing_in import enter
from tests.cast import NOON, SECRET, Clock

CEILING = 8
STEPS = 120_000  # of SQLite's machine: about a millisecond
MARCH = "/calendar/?month=2026-03"
PLANS = {
    "Ann": {"ix_post_kind_published_at_id_expires_at", "ix_post_expires_at"},
    "Cy": {"ix_post_author_id_kind_published_at_id_expires_at", "ix_post_expires_at"},
}


@pytest.fixture(scope="module")
def long(tmp_path_factory, template_file):
    """A console over 100,000 posts, half an hour from one to the next, and a day with 3,000."""
    folder = tmp_path_factory.mktemp("calendar") / "instance"
    folder.mkdir()
    (folder / "triptych.sqlite3").write_bytes(template_file.read_bytes())
    runtime = Runtime(Settings(instance=folder, secret_key=SECRET), Clock())
    fill_long(runtime)
    fill(
        runtime,
        3_000,
        slug=lambda n: f"import-{n}",
        published_at=lambda _: NOON + timedelta(days=2),
        expires_at=lambda _: NOON + timedelta(days=12),
        author_id=lambda _: 3,
    )
    yield SimpleNamespace(runtime=runtime, app=create_app(runtime))
    runtime.database.close()


@pytest.mark.parametrize("name", ["Ann", "Cy"])
def test_month_is_read_along_indexes_in_one_query(long, name):
    browser = enter(long.app, name)
    browser.get(MARCH)
    with explained(long.runtime) as statements:
        browser.get(MARCH)
    (calendar,) = [pair for pair in statements if "expires_at" in pair[0]]

    assert len(statements) <= CEILING
    with long.runtime.database.reading() as session:
        driver = session.connection().connection.driver_connection
        plan = driver.execute(f"EXPLAIN QUERY PLAN {calendar[0]}", calendar[1]).fetchall()
    lines = [line for *_, line in plan if " post " in line]
    assert lines
    assert not [line for line in lines if not line.startswith("SEARCH post USING")]
    assert {line.split("INDEX ")[1].split(" (")[0] for line in lines} == PLANS[name]


@pytest.mark.parametrize("name", ["Ann", "Cy"])
def test_month_costs_little_however_crowded_a_day_is(long, name):
    browser = enter(long.app, name)
    with explained(long.runtime) as statements:
        browser.get(MARCH)
    taken = 0

    def count():
        nonlocal taken
        taken += 100
        return 0

    with long.runtime.database.reading() as session:
        driver = session.connection().connection.driver_connection
        driver.set_progress_handler(count, 100)
        for statement, values in statements:
            driver.execute(statement, values).fetchall()
        driver.set_progress_handler(None, 0)
    assert taken <= STEPS


def test_crowded_day_says_that_there_is_more_than_was_counted(long):
    ann = enter(long.app, "Ann")
    day = read_days(ann, MARCH)["2026-03-03"]

    assert day[-1] == "more than 47 more (Tuesday 3 March)"


@pytest.mark.parametrize("path", [MARCH, "/"])
def test_page_makes_few_queries(long, path):
    ann = enter(long.app, "Ann")
    with counted(long.runtime) as statements:
        ann.get(path)

    assert len(statements) <= CEILING
