"""The session that reads: one connection, one moment, given back whatever happened."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from shared.models import User

NAMES = select(User.name).where(User.slug == "ann")


def rename(runtime, name):
    with runtime.database.writing() as session:
        session.execute(update(User).where(User.slug == "ann").values(name=name))
        session.commit()


def read_object(session):
    return session.scalars(select(User).where(User.slug == "ann")).one().name


def read_column(session):
    return session.connection().scalar(NAMES)


@pytest.mark.parametrize(
    ("first", "then"), [(read_object, read_column), (read_column, read_object)]
)
def test_objects_and_columns_are_of_one_moment(any_runtime, people, first, then):
    with any_runtime.database.reading() as session:
        seen = first(session)
        rename(any_runtime, "Anna")
        assert (seen, then(session)) == ("Ann", "Ann")
    with any_runtime.database.reading() as session:
        assert (first(session), then(session)) == ("Anna", "Anna")


def test_connection_is_opened_when_asked_for_and_given_back(any_runtime):
    pool = any_runtime.database._reader.pool
    with any_runtime.database.reading() as session:
        assert pool.checkedout() == 0
        read_column(session)
        read_object_or_none(session)
        assert pool.checkedout() == 1
    assert pool.checkedout() == 0


def read_object_or_none(session):
    return session.scalars(select(User).where(User.slug == "nobody")).first()


def test_connection_is_given_back_after_a_failure(any_runtime):
    pool = any_runtime.database._reader.pool

    def write():
        with any_runtime.database.reading() as session:
            session.execute(update(User).values(name="Other"))

    with pytest.raises(DBAPIError):
        write()
    assert pool.checkedout() == 0
    with any_runtime.database.reading() as session:
        assert read_object(session) == "Ann"


def test_session_reads_anew_after_it_was_closed(any_runtime, people):
    with any_runtime.database.reading() as session:
        assert read_object(session) == "Ann"
        session.close()
        rename(any_runtime, "Anna")
        assert (read_object(session), read_column(session)) == ("Anna", "Anna")
