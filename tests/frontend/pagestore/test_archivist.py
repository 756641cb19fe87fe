from pathlib import Path

import pytest

from frontend.pagestore.archivist import Archivist
from frontend.pagestore.copies import Copies
from shared.models.stamps import read_version, stamp
from tests.frontend.pagestore.pages import make_page


@pytest.fixture
def copies(tmp_path: Path):
    made = Copies(tmp_path / "pages", limit=10_000_000, build="one")
    yield made
    made.close()


@pytest.fixture
def archivist(runtime, copies):
    made = Archivist(copies, runtime.database)
    yield made
    made.finish()


def version(runtime) -> int:
    with runtime.database.reading() as session:
        return read_version(session)


def stamped(runtime, *keys: str) -> int:
    with runtime.database.writing() as session:
        stamp(session, *keys)
        session.commit()
    return version(runtime)


def test_page_is_copied_with_the_stamps_of_its_keys(runtime, archivist, copies):
    number = stamped(runtime, "post:1")
    archivist.keep("/a/", make_page("post:1", "post:2", number=number))
    archivist.finish()
    assert copies.find("/a/").stamps == {"post:1": number, "post:2": 0}


def test_page_that_changed_meanwhile_is_not_copied(runtime, archivist, copies):
    number = version(runtime)
    stamped(runtime, "post:1")
    archivist.keep("/a/", make_page("post:1", number=number))
    archivist.keep("/b/", make_page("post:2", number=number))
    archivist.finish()
    assert copies.find("/a/") is None
    assert copies.find("/b/") is not None


def test_tasks_are_done_in_their_order(runtime, archivist, copies):
    number = version(runtime)
    for round_ in range(50):
        archivist.keep(f"/{round_}/", make_page("site", number=number))
    archivist.finish()
    number = stamped(runtime, "site")
    archivist.forget({"site"}, number)
    archivist.keep("/new/", make_page("site", number=number))
    archivist.finish()
    assert copies.find("/new/") is not None
    assert copies.counts()["pages"] == 1


def test_archivist_begins_again_after_its_end(runtime, archivist, copies):
    archivist.keep("/a/", make_page("site", number=version(runtime)))
    archivist.finish()
    archivist.keep("/b/", make_page("site", number=version(runtime)))
    archivist.finish()
    assert copies.counts()["pages"] == 2


def test_archivist_outlives_what_cannot_be_copied(runtime, archivist, copies, caplog):
    number = version(runtime)
    archivist.keep("/a/", make_page("site", number=number, headers=(("X-Odd", b"no text"),)))
    archivist.forget({"other"}, number)
    archivist.keep("/b/", make_page("site", number=number))
    archivist.finish()
    assert "copies of pages were not written" in caplog.text
    assert (copies.find("/a/"), copies.find("/b/") is None) == (None, False)


def test_nothing_is_copied_without_the_database(runtime, archivist, copies):
    runtime.database.file.unlink()
    archivist.keep("/a/", make_page("site", number=1))
    archivist.finish()
    assert copies.find("/a/") is None


def test_copy_that_another_process_made_after_the_change_stays(runtime, archivist, copies):
    first = stamped(runtime, "post:1")
    archivist.keep("/a/", make_page("post:1", "site", number=first))
    archivist.finish()
    last = stamped(runtime, "post:2")
    archivist.forget({"post:1", "post:2"}, last)
    archivist.finish()
    assert copies.find("/a/") is not None


def test_without_the_database_everything_that_was_touched_goes(runtime, archivist, copies):
    number = stamped(runtime, "post:1")
    archivist.keep("/a/", make_page("post:1", number=number))
    archivist.finish()
    runtime.database.file.unlink()
    archivist.forget({"post:1"}, number + 1)
    archivist.finish()
    assert copies.find("/a/") is None
