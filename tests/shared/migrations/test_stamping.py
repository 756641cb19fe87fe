"""The triggers behind stamps: those of the table, whole, and able to follow the schema."""

from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text

from shared import migrations
from shared.db import Database
from shared.migrations import stamping
from shared.models import Post
from shared.models.stamps import EVERYTHING, keys_since, read_version, stamps_of
from shared.models.touches import TOUCHES
from tests.cast import hire, make_post, work_of

SQLITE = """SELECT name, sql FROM sqlite_master
WHERE substr(name, 1, 5) = 'page_' AND type IN ('trigger', 'view') ORDER BY 1"""
POSTGRESQL = """SELECT tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
WHERE starts_with(tgname, 'page_') UNION ALL
SELECT proname, prosrc, proconfig::text FROM pg_proc WHERE starts_with(proname, 'page_')
ORDER BY 1"""


def made(connection: Connection) -> list[tuple[Any, ...]]:
    """Return all triggers and functions as the database tells them."""
    sql = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
    return [tuple(row) for row in connection.exec_driver_sql(sql)]


@pytest.fixture
def current(empty: Database) -> Database:
    """A database at the newest migration, with people, a post and a page."""
    empty.upgrade()
    with empty.writing() as session:
        hire(session)
        make_post(work_of(session), title="One", tags=("a",))
        make_post(work_of(session), kind="page", title="About")
        session.commit()
    return empty


def touch(database: Database, sql: str) -> set[str] | None:
    """Return what a statement stamps."""
    with database.writing() as session:
        before = read_version(session)
        session.execute(text(sql))
        session.commit()
    with database.reading() as session:
        return keys_since(session, before, limit=100)


def test_triggers_of_a_migrated_database_are_those_of_the_table(current: Database) -> None:
    """Where they differ, the newest migration has to call `stamping.install`."""
    with current.writer.begin() as connection:
        migrated = made(connection)
        stamping.install(connection)
        assert made(connection) == migrated
    names = {row[0] for row in migrated}
    assert all(any(name in other for other in names) for name in TOUCHES)


def test_triggers_removed_leave_nothing(current: Database) -> None:
    with current.writer.begin() as connection:
        stamping.remove(connection)
        assert made(connection) == []
        stamping.remove(connection)
        stamping.install(connection)
    assert touch(current, "UPDATE tag SET name = 'A'") == {"tag:1", "tags"}


def test_migration_goes_back_and_forward_with_its_data(current: Database) -> None:
    migrations.downgrade(current.writer, "0006")
    with current.writer.begin() as connection:
        assert made(connection) == []
        assert "page_version" not in sa.inspect(connection).get_table_names()
        names = {index["name"] for index in sa.inspect(connection).get_indexes("post")}
        assert "ix_post_expires_at" not in names
        connection.execute(text("UPDATE post SET title = 'Uno' WHERE id = 1"))
    migrations.upgrade(current.writer)
    with current.reading() as session:
        assert session.get_one(Post, 1).title == "Uno"
        assert keys_since(session, 0, limit=1) == {EVERYTHING}
    assert touch(current, "UPDATE post SET title = 'One' WHERE id = 1") == {"post:1", "content"}


def test_column_that_the_schema_lacks_is_left_out(current: Database) -> None:
    with current.writer.begin() as connection:
        stamping.remove(connection)
        connection.execute(text("ALTER TABLE post DROP COLUMN words"))
        connection.execute(text("DROP TABLE redirect"))
        connection.execute(text("DROP TABLE post_category"))
        stamping.install(connection)
        assert [row for row in made(connection) if "redirect" in row[0]] == []
        assert [row for row in made(connection) if "words" in row[1]] == []
    assert touch(current, "UPDATE post SET byline = 'C.'") == {"post:1", "post:2", "content"}
    gone = touch(current, "UPDATE post SET published_at = NULL WHERE id = 2")
    assert gone == {"post:2", "content", "pages", "at:page/about", "search"}


def test_table_may_be_built_anew_between_remove_and_install(current: Database) -> None:
    with current.writer.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        stamping.remove(connection)
        for name in ("post_tag", "setting"):
            with operations.batch_alter_table(name, recreate="auto") as table:
                table.add_column(sa.Column("colour", sa.String(9)))
                table.alter_column("colour", nullable=True)
        stamping.install(connection)
    assert touch(current, "UPDATE post_tag SET colour = 'red'") == set()
    lost = touch(current, "DELETE FROM tag")
    assert lost == {"tag:1", "tags", "tagged:1", "post:1", "content"}


def test_version_is_of_the_databases_own_clock_and_rises(current: Database) -> None:
    """So it is practically never that of another history, such as a backup put back."""
    with current.reading() as session:
        first = read_version(session)
        clock = (
            "SELECT (julianday('now') - 2440587.5) * 86400000"
            if current.dialect == "sqlite"
            else "SELECT extract(epoch FROM clock_timestamp()) * 1000"
        )
        now = float(session.scalar(text(clock)) or 0)
    assert now - 60_000 < first < now + 60_000
    with current.writing() as session:
        session.execute(text("UPDATE page_version SET number = number + 86400000"))
        session.commit()
    assert touch(current, "UPDATE tag SET name = 'A'") == {"tag:1", "tags"}
    with current.reading() as session:
        assert read_version(session) == first + 86_400_001


def test_content_that_is_upgraded_again_has_other_stamps(empty: Database) -> None:
    """As a backup of before the stamps that is restored."""

    def upgraded() -> tuple[int, dict[str, int]]:
        with empty.reading() as session:
            return read_version(session), stamps_of(session, [EVERYTHING])

    empty.upgrade()
    first = upgraded()
    assert first == (first[0], {EVERYTHING: first[0]})
    migrations.downgrade(empty.writer, "0006")
    empty.upgrade()
    assert upgraded()[0] > first[0] > 1_700_000_000_000
