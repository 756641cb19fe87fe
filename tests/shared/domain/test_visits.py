"""Counts of pages by day, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, text

from shared.domain.posts import get_post, publish, save_post
from shared.domain.redirects import post_path
from shared.domain.visits import (
    KEPT_DAYS,
    add_views,
    forget_old_views,
    paths_of,
    select_most_viewed,
    views_by_day,
    views_of,
)
from shared.models import PageView
from tests.cast import Cast, make_content, make_post, work_of

FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 2)


@pytest.fixture
def counts(any_runtime):
    with any_runtime.database.writing() as session:
        add_views(session, FIRST, {"/": 3, "/page/学习/": 2, "/" + "x" * 600: 9})
        add_views(session, FIRST, {"/": 1})
        add_views(session, SECOND, {"/page/学习/": 5})
        session.commit()
    return any_runtime


def read(runtime, call, *given):
    with runtime.database.reading() as session:
        return call(session, *given)


def most_viewed(session, *given):
    return [(path, int(views)) for path, views in session.execute(select_most_viewed(*given))]


def test_days_are_the_sums_of_their_pages(counts):
    assert read(counts, views_by_day, FIRST - timedelta(1), SECOND) == [
        (FIRST - timedelta(1), 0),
        (FIRST, 6),
        (SECOND, 5),
    ]
    sums = "SELECT day, SUM(views) FROM page_view GROUP BY day ORDER BY day"
    with counts.database.reading() as session:
        rows = session.execute(text(sums)).all()
    assert [int(count) for _, count in rows] == [6, 5]


def test_pages_are_counted_together_and_the_most_seen_come_first(counts):
    assert read(counts, views_of, ["/", "/page/学习/", "/none/"], FIRST, SECOND) == [
        (FIRST, 6),
        (SECOND, 5),
    ]
    assert read(counts, most_viewed, FIRST, SECOND, 5) == [("/page/学习/", 7), ("/", 4)]
    assert read(counts, most_viewed, FIRST, FIRST, 1) == [("/", 4)]


def test_old_days_are_forgotten_with_their_sums(counts):
    with counts.database.writing() as session:
        forget_old_views(session, FIRST + timedelta(days=KEPT_DAYS + 1))
        session.commit()

    assert read(counts, views_by_day, FIRST, SECOND) == [(FIRST, 0), (SECOND, 5)]
    assert read(counts, most_viewed, FIRST, SECOND, 5) == [("/page/学习/", 5)]


def test_post_has_the_views_of_the_addresses_that_it_had(any_runtime):
    with any_runtime.database.writing() as session:
        work = work_of(session, Cast.load(session).ben)
        post = make_post(work, title="One", slug="one")
        save_post(post, make_content(title="One", slug="two"), version=post.version, work=work)
        publish(post, version=post.version, work=work)
        session.commit()
        found = paths_of(session, get_post(session, post.id))

    assert found == ["/page/two/", "/page/one/"]
    assert found[0] == post_path(post)


def test_views_of_a_post_walk_an_index(runtime):
    rows = [
        {"day": FIRST + timedelta(days=n % 90), "path": f"/page/{n}/", "views": 1}
        for n in range(5_000)
    ]
    with runtime.database.writing() as session:
        session.execute(insert(PageView), rows)
        session.commit()
        asked = "SELECT day, SUM(views) FROM page_view WHERE path IN ('/a/', '/b/')"
        within = "AND day BETWEEN '2026-03-01' AND '2026-03-09' GROUP BY day"
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {asked} {within}"))
        assert "ix_page_view_path_day" in " ".join(row.detail for row in plan)
