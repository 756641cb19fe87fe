import threading
from datetime import timedelta

import pytest

from frontend.pagestore.freshness import MOST_KEYS, Freshness
from frontend.pagestore.shelf import Shelf
from frontend.pagestore.watch import Unreachable
from shared.models.stamps import stamp
from tests.cast import NOON, make_post, work_of
from tests.frontend.pagestore.pages import make_page


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(1_000_000)


@pytest.fixture
def freshness(any_runtime, shelf) -> Freshness:
    made = Freshness(any_runtime.database, any_runtime.clock, shelf)
    made.check()
    return made


@pytest.fixture
def keep(shelf):
    def keep_(address: str, *keys: str) -> None:
        rendering, _, _ = shelf.begin(address)
        assert shelf.finish(address, rendering, make_page(*keys), is_open=False)

    return keep_


def stamped(runtime, *keys: str) -> None:
    with runtime.database.writing() as session:
        stamp(session, *keys)
        session.commit()


def test_nothing_changed_and_nothing_is_dropped(freshness, keep, shelf):
    keep("/a/", "post:1")
    before = freshness.state
    assert freshness.check() is before
    assert shelf.find("/a/") is not None


def test_what_was_stamped_is_dropped_and_no_more(any_runtime, freshness, keep, shelf):
    keep("/a/", "post:1")
    keep("/b/", "post:2")
    stamped(any_runtime, "post:1", "posts")
    freshness.check()
    assert (shelf.find("/a/"), shelf.find("/b/") is not None) == (None, True)


def test_star_drops_everything(any_runtime, freshness, keep, shelf):
    keep("/a/", "post:1")
    stamped(any_runtime, "*")
    freshness.check()
    assert shelf.counts()["pages"] == 0


def test_too_many_changes_drop_everything(any_runtime, freshness, keep, shelf):
    keep("/a/", "post:0")
    stamped(any_runtime, *(f"post:{number}" for number in range(1, MOST_KEYS + 2)))
    freshness.check()
    assert shelf.counts()["pages"] == 0


def test_post_is_dropped_on_the_instant_it_comes_due(any_runtime, clock, freshness, keep, shelf):
    with any_runtime.database.writing() as session:
        post = make_post(work_of(session), at=NOON - timedelta(days=1))
        post.expires_at = NOON + timedelta(hours=1)
        session.commit()
    freshness.check()
    keep("/a/", f"post:{post.id}")
    keep("/b/", "post:9")
    clock.forward(minutes=59, seconds=59)
    assert freshness.check().until == NOON + timedelta(hours=1)
    assert shelf.find("/a/") is not None
    clock.forward(seconds=1)
    freshness.check()
    assert (shelf.find("/a/"), shelf.find("/b/") is not None) == (None, True)


def test_clock_that_is_set_back_undoes_what_came_due(any_runtime, clock, freshness, keep, shelf):
    with any_runtime.database.writing() as session:
        post = make_post(work_of(session), at=NOON)
        session.commit()
    freshness.check()
    keep("/a/", f"post:{post.id}")
    clock.forward(minutes=-1)
    assert freshness.check().until == NOON
    assert shelf.find("/a/") is None


def test_older_number_means_another_history(any_runtime, freshness, keep, shelf):
    keep("/a/", "post:1")
    with any_runtime.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE page_version SET number = number - 1")
        session.commit()
    freshness.check()
    assert shelf.find("/a/") is None


def test_listeners_are_told_keys_and_version_but_not_of_the_beginning(any_runtime, shelf):
    told = []
    freshness = Freshness(any_runtime.database, any_runtime.clock, shelf)
    freshness.listeners.append(lambda keys, number: told.append((keys, number)))
    freshness.check()
    assert told == []
    stamped(any_runtime, "post:1")
    state = freshness.check()
    assert told == [({"post:1"}, state.number)]


def test_what_stands_on_every_page_lives_on_until_it_changes(any_runtime, freshness):
    kept = freshness.check().kept
    stamped(any_runtime, "post:1")
    assert freshness.check().kept is kept
    stamped(any_runtime, "pages")
    assert freshness.check().kept is not kept


def test_removed_database_is_unreachable_and_said_once(runtime, shelf, caplog):
    freshness = Freshness(runtime.database, runtime.clock, shelf)
    freshness.check()
    file = runtime.database.file
    aside = file.with_name("aside")
    file.rename(aside)
    for _ in range(3):
        with pytest.raises(Unreachable):
            freshness.check()
    aside.rename(file)
    freshness.check()
    said = [record.message for record in caplog.records if record.name.endswith("freshness")]
    assert said == [
        "the database does not answer; pages are shown as they were",
        "the database answers again; pages are fresh",
    ]


def test_database_is_found_again_after_a_time_without_threads(runtime, monkeypatch):
    file = runtime.database.file
    aside = file.with_name("aside")
    freshness = Freshness(runtime.database, runtime.clock, Shelf(1_000_000))
    state = freshness.check()
    file.rename(aside)
    with pytest.raises(Unreachable):
        freshness.check()

    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        with pytest.raises(Unreachable):
            freshness.check()
    aside.rename(file)
    assert freshness.check() == state
