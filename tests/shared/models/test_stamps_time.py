"""Time as a writer: what is published or expires while nobody writes, found by index."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from shared.domain.taxonomy import ensure_category, ensure_tags
from shared.domain.users import create_user
from shared.models import Post, PostAuthor, Presentation
from shared.models.stamps import bounds, keys_passed, span
from shared.runtime import Runtime
from tests.cast import NOON, Cast, make_post, work_of
from tests.shared.models.stamped import stamped

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def session(any_runtime: Runtime) -> Any:
    with any_runtime.database.writing() as session:
        yield session


def add(session: Session, slug: str, at: datetime | None, until: datetime | None = None) -> Post:
    post = make_post(work_of(session), title=slug, published=False)
    post.published_at, post.expires_at = at, until
    session.flush()
    return post


def test_bounds_are_the_nearest_instants_on_both_sides(session: Session) -> None:
    assert bounds(session, NOON) == (None, None)
    add(session, "draft", None, NOON)
    assert bounds(session, NOON) == (None, None)
    add(session, "old", NOON - DAY)
    assert bounds(session, NOON) == (NOON - DAY, None)
    add(session, "ends", NOON - 2 * DAY, NOON + DAY)
    assert bounds(session, NOON) == (NOON - DAY, NOON + DAY)
    page = add(session, "page", NOON + HOUR)
    page.kind = "page"
    session.flush()
    assert bounds(session, NOON) == (NOON - DAY, NOON + HOUR)
    add(session, "ended", NOON - 3 * DAY, NOON - HOUR)
    assert bounds(session, NOON) == (NOON - HOUR, NOON + HOUR)
    assert bounds(session, NOON + HOUR) == (NOON + HOUR, NOON + DAY)  # the instant itself is past
    assert bounds(session, NOON + DAY) == (NOON + DAY, None)


def test_keys_passed_are_those_of_a_change_of_membership(any_runtime: Runtime) -> None:
    with any_runtime.database.writing() as session:
        work = work_of(session, Cast.load(session).ben)
        news = ensure_category(["News"], work=work)
        at = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
        make_post(work, title="One", tags=("a", "b"), categories=(news.id,), at=at)
        make_post(work, kind="page", title="About", at=at)
        session.commit()
    with any_runtime.database.reading() as session:
        passed = keys_passed(session, at - HOUR, at, limit=2)
    moved = update(Post).values(expires_at=NOON + DAY)
    assert passed == stamped(any_runtime, lambda session: session.execute(moved))
    assert passed == {
        *("post:1", "post:2", "content", "posts", "pages", "at:post/one", "at:page/about", "by:2"),
        *("tagged:1", "tagged:2", "tags", "filed:1", "search"),
        *("day:2026-01-31", "month:2026-01", "year:2026"),
    }
    with any_runtime.database.reading() as session:
        assert keys_passed(session, NOON + DAY - HOUR, NOON + DAY, limit=2) == passed


def test_keys_passed_lie_after_the_first_instant_and_up_to_the_second(session: Session) -> None:
    add(session, "one", NOON, NOON + DAY)
    add(session, "draft", None, NOON)
    none: set[str] = set()
    assert keys_passed(session, NOON, NOON + DAY - HOUR, limit=9) == none
    assert keys_passed(session, NOON - DAY, NOON - HOUR, limit=9) == none
    for earlier, later in ((NOON - HOUR, NOON), (NOON, NOON + DAY), (NOON - DAY, NOON + 2 * DAY)):
        found = keys_passed(session, earlier, later, limit=1)
        assert found == {
            *("post:1", "content", "posts", "at:post/one", "search"),
            *("day:2026-03-01", "month:2026-03", "year:2026"),
        }


def test_keys_passed_of_more_posts_than_the_limit_are_not_told(session: Session) -> None:
    for number in range(3):
        add(session, f"p{number}", NOON)
    found = keys_passed(session, NOON - HOUR, NOON, limit=3)
    assert found is not None
    assert {f"post:{number}" for number in (1, 2, 3)} < found
    assert keys_passed(session, NOON - HOUR, NOON, limit=2) is None


def test_span_covers_by_days_months_or_years() -> None:
    at = datetime(2023, 12, 30, 23, 0, tzinfo=UTC)
    assert span(at, at) == {"day:2023-12-30"}
    assert span(at, at + 2 * HOUR) == {"day:2023-12-30", "day:2023-12-31"}
    assert span(at + DAY, at) == {"day:2023-12-30", "day:2023-12-31"}
    assert len(span(at, at + 30 * DAY)) == 31
    assert span(at, at + 31 * DAY) == {"month:2023-12", "month:2024-01"}
    assert span(at, datetime(2025, 11, 1, tzinfo=UTC)) == {
        "month:2023-12",
        *(f"month:2024-{number:02}" for number in range(1, 13)),
        *(f"month:2025-{number:02}" for number in range(1, 12)),
    }
    assert span(at, datetime(2025, 12, 1, tzinfo=UTC)) == {"year:2023", "year:2024", "year:2025"}
    assert span(at, None) == {"posts"}


def test_every_public_moment_lies_in_the_keys_of_its_span() -> None:
    """What a post between two others would stamp is among the keys that cover them."""
    for days in (0, 1, 30, 31, 32, 400, 700, 760, 5000):
        for part in range(5):
            at = NOON + timedelta(days=days) * part / 4
            own = {f"day:{at:%Y-%m-%d}", f"month:{at:%Y-%m}", f"year:{at:%Y}"}
            assert own & span(NOON, NOON + timedelta(days=days))


def plans(session: Session, ask: Any) -> list[str]:
    """Return how the database finds what the statements of a call ask for."""
    seen: list[tuple[Any, Any]] = []
    connection = session.connection()
    event.listen(connection, "before_execute", lambda *seen_as: seen.append(seen_as[1::2]))
    ask()
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    dialect = (sqlite if connection.dialect.name == "sqlite" else postgresql).dialect()
    steps = []
    for clause, values in seen:
        sql = clause.params(values).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
        rows = session.connection().exec_driver_sql(f"{explain} {sql}")
        steps += [str(row[-1]) for row in rows]
    return steps


LISTED = (
    "INSERT INTO {link} (post_id, {kind}_id, listed_at)"
    " SELECT post.id, {kind}.id, published_at FROM post, {kind}"
)


def test_time_is_read_from_indexes_at_ten_thousand_posts(session: Session) -> None:
    moment = {"created_at": NOON, "updated_at": NOON, "kind": "post", "version": 1}
    rows = [
        moment
        | {"title": f"{n}", "slug": f"{n}", "published_at": NOON - n * HOUR}
        | {"expires_at": NOON + n * HOUR if n % 100 == 0 else None}
        for n in range(10_000)
    ]
    session.execute(insert(Post), rows)
    ensure_tags(["a"], work=work_of(session))
    ensure_category(["News"], work=work_of(session))
    for link, kind in (("post_tag", "tag"), ("post_category", "category")):
        session.execute(text(LISTED.format(link=link, kind=kind)))
    author = create_user(email="e@example.org", name="E", role="author", work=work_of(session))
    numbers = session.scalars(select(Post.id)).all()
    written = [{"post_id": n, "user_id": author.id, "place": 1} for n in numbers]
    session.execute(insert(PostAuthor), written)
    session.execute(insert(Presentation), [{"post_id": number} for number in numbers])
    session.execute(text("ANALYZE"))
    steps = plans(session, lambda: bounds(session, NOON))
    steps += plans(session, lambda: keys_passed(session, NOON - 3 * HOUR, NOON, limit=100))
    scans = [step for step in steps if "Seq Scan" in step or step.startswith("SCAN post")]
    assert scans == []
    assert any("ix_post_expires_at" in step for step in steps)
