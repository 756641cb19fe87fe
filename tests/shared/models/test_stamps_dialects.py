"""What one database alone can do: REPLACE on SQLite; TRUNCATE and constraints on PostgreSQL."""

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from shared.models import Post, Tag
from shared.models.stamps import EVERYTHING, read_version, stamps_of
from shared.runtime import Runtime
from tests.cast import make_post, work_of
from tests.shared.models.stamped import stamped, stamped_since, version_of


def fill(runtime: Runtime) -> Runtime:
    """Make a post with a tag, and another tag."""
    with runtime.database.writing() as session:
        make_post(work_of(session), title="One", tags=("a",))
        make_post(work_of(session), title="Draft", tags=("b",), published=False)
        session.commit()
    return runtime


@pytest.fixture
def embedded(runtime: Runtime) -> Runtime:
    return fill(runtime)


@pytest.fixture
def served(postgres_runtime: Runtime) -> Runtime:
    return fill(postgres_runtime)


RENAME = "UPDATE OR {} tag SET name = 'y' WHERE id > 9"
NEW_TAG = (
    "INTO tag (id, name, slug, description, version, created_at, updated_at)"
    " VALUES ({}, 'x', '{}', '', 1, '', '')"
)


@pytest.mark.parametrize(
    ("statement", "more"),
    [
        ("INSERT OR REPLACE " + NEW_TAG.format(9, "a"), {"tag:9"}),
        ("REPLACE " + NEW_TAG.format(1, "z"), {"tag:1"}),
        ("UPDATE OR REPLACE tag SET slug = 'a' WHERE id = 2", {"tag:2"}),
    ],
)
def test_row_that_is_replaced_stamps_everything(
    embedded: Runtime, statement: str, more: set[str]
) -> None:
    """SQLite deletes it without its triggers; a tag lost here takes its links along, for one."""
    found = stamped(embedded, lambda session: session.execute(text(statement)))
    assert found >= {EVERYTHING, "tags"} | more


@pytest.mark.parametrize("clause", ["IGNORE", "REPLACE", "FAIL", "ABORT", "ROLLBACK"])
def test_conflict_clause_outside_does_not_reach_the_stamps(embedded: Runtime, clause: str) -> None:
    for number in (10, 11):
        statement = text(f"INSERT OR {clause} " + NEW_TAG.format(number, number))
        found = stamped(embedded, lambda session, run=statement: session.execute(run))
        assert found == {f"tag:{number}", "tags"}
    statement = text(RENAME.format(clause))
    found = stamped(embedded, lambda session: session.execute(statement))
    assert found == {"tag:10", "tag:11", "tags"}


def test_truncated_table_stamps_everything(served: Runtime) -> None:
    found = stamped(served, lambda session: session.execute(text("TRUNCATE search_entry")))
    assert found == {EVERYTHING}


def test_transaction_has_one_number(served: Runtime) -> None:
    def act(session: Session) -> None:
        session.execute(update(Tag).values(description="new"))
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        session.execute(update(Post).values(byline="C."))

    keys = stamped(served, act)
    with served.database.reading() as session:
        now = read_version(session)
        assert stamps_of(session, keys) == dict.fromkeys(
            ["tag:1", "tag:2", "tags", "post:1", "content"], now
        )


def test_number_taken_in_a_savepoint_is_given_back_with_it(served: Runtime) -> None:
    at_once = text("SET CONSTRAINTS ALL IMMEDIATE")
    before = version_of(served)
    with served.database.writing() as session:
        with session.begin_nested() as lost:
            session.execute(update(Tag).where(Tag.id == 1).values(name="A"))
            session.execute(at_once)
            assert read_version(session) > before
            lost.rollback()
        assert read_version(session) == before
        session.execute(update(Tag).where(Tag.id == 2).values(name="B"))
        session.commit()
    assert stamped_since(served, before) == {"tag:2", "tags"}


def test_number_of_one_transaction_is_not_the_next_ones(served: Runtime) -> None:
    """Also on one connection, and when someone sets what it is remembered in."""
    numbers = []
    with served.database.writer.connect() as connection:
        for name in "ABC":
            connection.execute(text("SELECT set_config('triptych.stamp', '1 2', false)"))
            connection.execute(update(Tag).where(Tag.id == 1).values(name=name))
            connection.commit()
            numbers.append(connection.scalar(text("SELECT number FROM page_version")))
            connection.commit()
    assert numbers == sorted(set(numbers))
    assert stamped_since(served, numbers[0]) == {"tag:1", "tags"}


def test_stamps_go_to_their_own_tables_whatever_the_search_path(served: Runtime) -> None:
    def act(session: Session) -> None:
        temporary = "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT 1 AS number, 'x' AS key"
        for name in ("page_version", "page_stamp", "post"):
            session.execute(text(temporary.format(name)))
        session.execute(text("SET LOCAL search_path = pg_temp"))
        session.execute(text("UPDATE public.tag SET name = 'A' WHERE id = 1"))

    assert stamped(served, act) == {"tag:1", "tags"}
