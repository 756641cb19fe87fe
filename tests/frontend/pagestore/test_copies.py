import random
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from frontend.pagestore.copies import Copies
from shared.sqlite_driver import load_driver
from tests.cast import NOON
from tests.frontend.pagestore.pages import TEXT, ask, make_page

LIMIT = 10_000_000


@pytest.fixture
def make(tmp_path: Path):
    made = []

    def make_(build: str = "one", limit: int = LIMIT) -> Copies:
        made.append(Copies(tmp_path / "pages", limit=limit, build=build))
        return made[-1]

    yield make_
    for copies in made:
        copies.close()


def keep(copies: Copies, address: str, *keys: str, number: int = 5, **over) -> None:
    page = make_page(*keys, number=number, **over)
    copies.keep([(address, page, dict.fromkeys(keys, number - 1))])


def test_copy_is_the_page_in_every_form(make):
    keep(make(), "/a/", "post:1", "site")
    copy = make().find("/a/")
    assert copy.stamps == {"post:1": 4, "site": 4}
    assert copy.page.keys == {"post:1", "site"}
    original = make_page("post:1", "site", number=5)
    for coding in ("", "br", "gzip"):
        assert copy.page.body(coding) == original.body(coding)
        accepted = {"HTTP_ACCEPT_ENCODING": coding}
        assert ask(copy.page, NOON, **accepted) == ask(original, NOON, **accepted)


def test_what_is_not_compressed_is_kept_plain(make):
    keep(make(), "/a/", "site", body=b"short")
    assert make().find("/a/").page.body() == b"short"


def test_keys_that_were_never_stamped_are_at_zero(make):
    copies = make()
    copies.keep([("/a/", make_page("post:1", "site"), {"site": 1})])
    assert copies.find("/a/").stamps == {"post:1": 0, "site": 1}


def test_copy_of_other_code_is_not_seen(make):
    keep(make("one"), "/a/", "site")
    assert make("two").find("/a/") is None


def test_new_copy_takes_the_place_of_the_old_one(make):
    copies = make()
    keep(copies, "/a/", "post:1")
    keep(copies, "/a/", "post:2", number=6)
    assert copies.find("/a/").page.number == 6
    assert copies.counts()["pages"] == 1
    copies.forget({"post:1": 99})
    assert copies.find("/a/") is not None


def test_change_removes_the_older_copies_that_hang_on_it(make):
    copies = make()
    keep(copies, "/a/", "post:1", number=5)
    keep(copies, "/b/", "post:1", number=7)
    keep(copies, "/c/", "post:2", number=5)
    copies.forget({"post:1": 7} | {f"tag:{number}": 7 for number in range(1_200)})
    assert [bool(copies.find(address)) for address in ("/a/", "/b/", "/c/")] == [False, True, True]
    copies.forget({"post:1": 8, "post:2": 5})
    assert [bool(copies.find(address)) for address in ("/b/", "/c/")] == [False, True]


def test_all_copies_can_be_removed(make):
    copies = make()
    keep(copies, "/a/", "site")
    copies.clear()
    assert copies.find("/a/") is None
    assert copies.counts() == {"pages": 0, "bytes": copies.counts()["bytes"], "limit": LIMIT}


def test_disk_is_bounded_and_the_oldest_goes_first(make):
    copies = make(limit=400_000)
    noise = random.Random(0)  # noqa: S311 - bytes that nothing compresses
    for number in range(300):
        keep(copies, f"/{number}/", "site", body=noise.randbytes(10_000))
    assert copies.find("/0/") is None
    assert copies.find("/299/") is not None
    assert copies.counts()["bytes"] < 1_200_000


@pytest.mark.parametrize(
    "damage", [b"no database at all" * 999, b"SQLite format 3\0" + b"x" * 9_000]
)
def test_damaged_file_is_thrown_away_and_begun_anew(make, damage, caplog):
    first = make()
    keep(first, "/a/", "site")
    first.close()
    first.file.write_bytes(damage)
    for suffix in ("-wal", "-shm"):
        first.file.with_name(first.file.name + suffix).unlink(missing_ok=True)
    copies = make()
    assert copies.find("/a/") is None
    keep(copies, "/a/", "site")
    assert copies.find("/a/").page.body() == TEXT
    assert "damaged and thrown away" in caplog.text


def test_file_that_another_process_threw_away_is_left(make):
    one, other = make(), make()
    keep(one, "/a/", "site")
    keep(other, "/b/", "site")
    other.clear()
    assert one.find("/a/") is None
    keep(one, "/c/", "site")
    assert other.find("/c/") is not None


def test_file_of_another_format_is_thrown_away(make):
    first = make()
    keep(first, "/a/", "site")
    first.close()
    with sqlite3.connect(first.file) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    copies = make()
    assert copies.find("/a/") is None
    keep(copies, "/a/", "site")
    assert copies.find("/a/") is not None


def test_folder_that_cannot_be_made_means_no_copies(tmp_path, caplog):
    (tmp_path / "pages").write_text("in the way")
    copies = Copies(tmp_path / "pages", limit=LIMIT, build="one")
    keep(copies, "/a/", "site")
    assert copies.find("/a/") is None
    assert "no copies of pages" in caplog.text


def test_copies_that_cannot_be_removed_are_not_found_either(make):
    copies = make()
    keep(copies, "/a/", "post:1")
    keep(copies, "/b/", "post:2")
    locker = load_driver().connect(str(copies.file), isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    copies.forget({"post:1": 6})
    locker.close()
    assert [copies.find(address) for address in ("/a/", "/b/")] == [None, None]
    keep(copies, "/c/", "post:3")
    assert copies.find("/c/") is not None


def test_trouble_is_told_once_until_a_copy_is_written(make, caplog):
    copies = make()
    folder = copies.file.parent
    folder.write_bytes(b"no folder")
    for _ in range(3):
        keep(copies, "/a/", "site")
        assert copies.find("/a/") is None
    assert [record.getMessage() for record in caplog.records] == ["no copies of pages: File exists"]
    folder.unlink()
    keep(copies, "/a/", "site")
    assert copies.find("/a/") is not None
    copies.close()
    copies.file.rename(folder / "away")
    copies.file.mkdir()
    keep(copies, "/a/", "site")
    assert len(caplog.records) == 2


def test_visitor_waits_for_nobody_who_writes(make):
    copies = make()
    keep(copies, "/a/", "site")
    writer = sqlite3.connect(copies.file, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writing = threading.Thread(target=copies.forget, args=({"other": 99},))
    writing.start()
    try:
        begun = time.monotonic()
        assert copies.find("/a/") is not None
        assert make().find("/a/") is not None
        assert time.monotonic() - begun < 1
    finally:
        writer.execute("ROLLBACK")
        writer.close()
        writing.join()


def test_file_that_is_being_made_is_not_taken_for_another_format(make):
    copies = make()
    copies.file.parent.mkdir()
    copies.file.touch()
    assert copies.find("/a/") is None
    keep(copies, "/a/", "site")
    assert copies.find("/a/") is not None
