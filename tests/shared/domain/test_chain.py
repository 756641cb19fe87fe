"""The audit chain holds over commits, and shows the first link that was touched."""

import threading
from uuid import uuid4

from sqlalchemy import select, text

from shared.domain import chain
from shared.domain.work import SYSTEM
from shared.models import AuditEvent
from shared.runtime import Runtime
from tests.cast import make_post, work_of


def verify(runtime: Runtime) -> chain.Broken | int:
    with runtime.database.reading() as session:
        return chain.verify(session, runtime.key("audit"))


def write_some(runtime: Runtime, count: int = 3) -> None:
    for _ in range(count):
        with runtime.database.writing() as session:
            make_post(work_of(session), slug=f"s{uuid4().hex}")
            session.commit()


def change(runtime: Runtime, statement: str) -> None:
    with runtime.database.writing() as session:
        session.execute(text(statement))
        session.commit()


def test_chain_of_committed_events_holds(any_runtime: Runtime) -> None:
    hired = verify(any_runtime)
    write_some(any_runtime)
    assert (hired, verify(any_runtime)) == (5, 11)


def test_event_of_a_rolled_back_unit_of_work_leaves_no_gap(any_runtime: Runtime) -> None:
    with any_runtime.database.writing() as session:
        make_post(work_of(session))
    write_some(any_runtime, 1)
    assert verify(any_runtime) == 7


def test_event_of_a_rolled_back_savepoint_leaves_no_gap(any_runtime: Runtime) -> None:
    with any_runtime.database.writing() as session:
        work = work_of(session)
        make_post(work, title="kept")
        nested = session.begin_nested()
        make_post(work, title="dropped")
        nested.rollback()
        with session.begin_nested():
            make_post(work, title="kept too")
        session.commit()
    assert verify(any_runtime) == 9
    with any_runtime.database.reading() as session:
        labels = session.scalars(select(AuditEvent.object_label).where(AuditEvent.number > 5))
        assert sorted(set(labels)) == ["kept", "kept too"]


def test_changed_event_is_named(any_runtime: Runtime) -> None:
    write_some(any_runtime)
    change(any_runtime, "UPDATE audit_event SET actor_name = 'Mallory' WHERE number = 7")
    found = verify(any_runtime)
    assert isinstance(found, chain.Broken)
    assert (found.number, found.reason) == (7, "the event was changed after it was written")


def test_removed_event_is_named(any_runtime: Runtime) -> None:
    write_some(any_runtime)
    change(any_runtime, "DELETE FROM audit_event WHERE number = 6")
    found = verify(any_runtime)
    assert isinstance(found, chain.Broken)
    assert (found.number, found.reason) == (7, "event 6 of the chain is missing")


def test_smuggled_event_is_named(any_runtime: Runtime) -> None:
    change(
        any_runtime,
        "INSERT INTO audit_event (at, actor_kind, actor_name, action, object_kind, object_label,"
        " data, request_id, mac) SELECT at, actor_kind, actor_name, action, object_kind,"
        " object_label, data, request_id, '' FROM audit_event WHERE number = 1",
    )
    found = verify(any_runtime)
    assert isinstance(found, chain.Broken)
    assert found.reason == "the event was added outside the chain"


def test_chain_verified_with_another_key_is_broken_at_once(any_runtime: Runtime) -> None:
    with any_runtime.database.reading() as session:
        found = chain.verify(session, b"another key")
    assert isinstance(found, chain.Broken)
    assert found.number == 1


def test_writers_at_the_same_time_make_one_chain(any_runtime: Runtime) -> None:
    threads = [threading.Thread(target=write_some, args=(any_runtime, 5)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify(any_runtime) == 5 + 4 * 5 * 2


def test_event_says_who_did_what_to_which_object(any_runtime: Runtime) -> None:
    with any_runtime.database.writing() as session:
        post = make_post(work_of(session, SYSTEM), title="Hello")
        session.commit()
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
        assert event is not None
        said = (event.actor_kind, event.action, event.object_kind, event.object_id, event.data)
    assert said == ("system", "post.published", "post", post.id, {"revision": 1, "slug": "hello"})
