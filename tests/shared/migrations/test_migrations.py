"""Migrations go forward and backward on both databases, and end at the models."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from shared import migrations
from shared.db import Database
from shared.domain.media import trash_media
from shared.models import Base, Media, Trashed
from tests.cast import NOON, Cast, hire, work_of

# What hangs on search_entry is the database's own, made by migration 0006.
OWN = {"vector", "ix_search_entry_vector"}


def test_database_upgraded_equals_the_models(empty: Database) -> None:
    empty.upgrade()

    def include(_: object, name: str | None, kind: str, reflected: bool, __: object) -> bool:
        return not (reflected and (name in OWN or (name or "").startswith("search_index")))

    with empty.writer.begin() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": include}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_database_knows_where_it_stands(empty: Database) -> None:
    assert (empty.revision(), empty.is_current(), empty.is_newer_than_code()) == (
        None,
        False,
        False,
    )
    empty.upgrade()
    assert (empty.revision(), empty.is_current(), empty.is_newer_than_code()) == (
        migrations.head(),
        True,
        False,
    )
    with empty.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.commit()
    assert (empty.is_current(), empty.is_newer_than_code()) == (False, True)


def test_migrations_with_data_go_back_step_by_step_and_forward_again(empty: Database) -> None:
    empty.upgrade()
    with empty.writing() as session:
        hire(session)
        session.commit()
    seen = []
    for revision in (*reversed(migrations.known()[:-1]), "base"):
        migrations.downgrade(empty.writer, revision)
        seen.append(empty.revision())
        with empty.reading() as session:
            tables = set(inspect(session.connection()).get_table_names())
            if "user" in tables:
                assert session.scalar(text('SELECT count(*) FROM "user"')) == 5
    assert seen == [*reversed(migrations.known()[:-1]), None]
    assert tables == {"alembic_version"}
    empty.upgrade()
    assert empty.is_current()


def test_upgrade_twice_changes_nothing(empty: Database) -> None:
    empty.upgrade()
    with empty.writing() as session:
        hire(session)
        session.commit()
    empty.upgrade()
    with empty.reading() as session:
        assert session.scalar(text('SELECT count(*) FROM "user"')) == 5


def _before(name: str) -> str:
    """Return the revision before the one of this name."""
    folder = Path(migrations.__file__).parent / "versions"
    (number,) = (path.name[:4] for path in folder.glob(f"*_{name}.py"))
    return migrations.known()[migrations.known().index(number) - 1]


def test_files_that_lay_in_the_trash_before_lie_in_the_one_trash(empty: Database) -> None:
    empty.upgrade()
    with empty.writing() as session:
        hire(session)
        work = work_of(session, Cast.load(session).ben)
        media = Media(path="/media/1-a.txt", file="/media/a.txt", name="a.txt", ending=".txt")
        media.kind, media.bytes, media.sha256, media.source_sha256 = "text", 1, "a", "a"
        media.created_at = media.updated_at = NOON
        session.add(media)
        session.flush()
        trash_media(media, work=work)
        session.commit()
    migrations.downgrade(empty.writer, _before("trashed_files"))
    empty.upgrade()
    with empty.reading() as session:
        columns = (Trashed.kind, Trashed.label, Trashed.detail, Trashed.by, Trashed.at)
        assert session.execute(select(*columns)).all() == [
            ("media", "a.txt", "/media/1-a.txt", "Ben", NOON)
        ]
