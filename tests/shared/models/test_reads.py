import threading

import pytest
from sqlalchemy import select, text

from shared.models import Setting
from shared.models.reads import note, read, recorded, watch
from tests.cast import NOON

KEYS = select(Setting.key).order_by(Setting.key)


@pytest.fixture
def session(any_runtime):
    watch(any_runtime.database.reader)
    with any_runtime.database.writing() as session:
        session.add(Setting(key="title", value={"is": "x"}, updated_at=NOON))
        session.commit()
    with any_runtime.database.reading() as session:
        yield session


def test_rows_come_with_and_without_a_record(session):
    assert [tuple(row) for row in read(session, KEYS, {}, of=("site",))] == [("title",)]
    with recorded() as reads:
        assert [tuple(row) for row in read(session, KEYS, {}, of=("site",))] == [("title",)]
    assert reads.keys == {"site"}


def test_keys_may_be_made_of_the_rows(session):
    with recorded() as reads:
        read(session, KEYS, {}, of=lambda rows: [f"setting:{row.key}" for row in rows])
    assert reads.keys == {"setting:title"}


def test_statement_past_the_record_is_noticed(session):
    with recorded() as reads:
        read(session, KEYS, {}, of=("site",))
        session.execute(text("SELECT 1"))
        session.scalars(select(Setting)).all()
    assert [statement.split()[0] for statement in reads.past] == ["SELECT", "SELECT"]
    assert reads.past[0] == "SELECT 1"


def test_statement_that_fails_leaves_the_record_closed(session):
    with recorded() as reads:
        with pytest.raises(Exception, match="no_such_table"):
            read(session, text("SELECT x FROM no_such_table"), {}, of=())
        session.rollback()
        session.execute(text("SELECT 1"))
    assert reads.past == ["SELECT 1"]


def test_what_is_at_hand_can_be_noted(session):
    note(("nobody listens",))
    with recorded() as reads:
        note(("site", "pages"))
    assert reads.keys == {"site", "pages"}


def test_records_of_threads_are_their_own(session):
    with recorded() as mine:
        thread = threading.Thread(target=note, args=(("theirs",),))
        thread.start()
        thread.join()
    assert mine.keys == set()


def test_inner_record_does_not_reach_the_outer_one(session):
    with recorded() as outer:
        with recorded() as inner:
            note(("inside",))
        note(("outside",))
    assert (inner.keys, outer.keys) == ({"inside"}, {"outside"})
