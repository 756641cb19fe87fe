"""Bulk-loaded rows equal those that the verbs write, so that the benchmark measures the truth."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.content import FUTURE, Entry, make_plan
from bench.loading import Made, content_for, load, make_surroundings
from shared.domain import chain
from shared.domain.posts import create_post, publish, schedule
from shared.domain.search import search
from shared.domain.work import Actor, Work
from shared.models import AuditEvent, Base, Post, PostCategory, PostTag, Revision, SearchEntry
from shared.runtime import Runtime
from shared.settings import Settings
from tests.cast import NOON, PASSWORD, SECRET

PLAN = make_plan(120)


@pytest.fixture(scope="module")
def bulk(tmp_path_factory):
    """A database that was filled in bulk."""
    yield from filled(tmp_path_factory.mktemp("bulk"), in_bulk)


@pytest.fixture(scope="module")
def by_verbs(tmp_path_factory):
    """A database that was filled by the verbs, post by post."""
    yield from filled(tmp_path_factory.mktemp("verbs"), one_by_one)


def filled(folder, fill: Callable[[Runtime], None]):
    runtime = Runtime(Settings(instance=folder, secret_key=SECRET))
    runtime.database.upgrade()
    fill(runtime)
    yield runtime
    runtime.database.close()


def in_bulk(runtime: Runtime) -> None:
    load(PLAN, runtime, PASSWORD, [].append)


def one_by_one(runtime: Runtime) -> None:
    with runtime.database.writing() as session:
        made = make_surroundings(PLAN, session, PASSWORD)
        for entry in PLAN.entries:
            write_by_verbs(session, entry, made)
        session.commit()


def write_by_verbs(session: Session, entry: Entry, made: Made) -> None:
    actor = Actor.of_user(made.authors[entry.author])
    work = Work(session=session, actor=actor, at=entry.at)
    post = create_post(replace(content_for(entry, made), slug=""), work=work)
    if entry.state == "published":
        publish(post, version=None, work=work)
    elif entry.state == "scheduled":
        schedule(post, FUTURE, version=None, work=work)


def rows_of(runtime: Runtime, model: type[Base]) -> list[dict]:
    table = model.__table__
    with runtime.database.reading() as session:
        found = session.execute(select(table).order_by(*table.primary_key)).mappings()
        return [dict(row) for row in found]


@pytest.mark.parametrize("model", [Post, Revision, PostTag, PostCategory, SearchEntry])
def test_rows_in_bulk_equal_those_of_the_verbs(bulk, by_verbs, model):
    expected = rows_of(by_verbs, model)
    assert expected
    assert rows_of(bulk, model) == expected


def test_audit_events_in_bulk_equal_those_of_the_verbs(bulk, by_verbs):
    expected = rows_of(by_verbs, AuditEvent)
    posts = [row for row in expected if row["object_kind"] == "post"]
    assert len(posts) == sum(1 if entry.state == "draft" else 2 for entry in PLAN.entries)
    found = rows_of(bulk, AuditEvent)
    assert [unsealed(row) for row in found] == [unsealed(row) for row in expected]


def unsealed(row: dict) -> dict:
    return {key: value for key, value in row.items() if key not in {"id", "mac"}}


def test_audit_chain_of_a_bulk_load_holds(bulk):
    with bulk.database.reading() as session:
        events = session.scalar(select(func.count(AuditEvent.id)))
        assert chain.verify(session, bulk.key("audit")) == events


def test_search_finds_bulk_loaded_posts(bulk):
    for word in ("beekeeper", "养蜂人", "python"):
        expected = {entry.number for entry in PLAN.public if entry.holds(word)}
        with bulk.database.reading() as session:
            found = search(session, word, now=NOON, limit=len(PLAN.entries))
        assert expected
        assert set(found.ids) == expected
