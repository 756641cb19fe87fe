import random
import sys
import threading
from collections import OrderedDict

import pytest

from frontend.pagestore.shelf import Shelf
from tests.frontend.pagestore.pages import make_page

ROOM = 1_000_000


def put(shelf: Shelf, key: str, *keys: str, is_open: bool = False, **over) -> bool:
    rendering, is_mine, _ = shelf.begin(key)
    assert is_mine
    return shelf.finish(key, rendering, make_page(*keys, **over), is_open=is_open)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(ROOM)


def test_page_is_found_until_something_of_it_changes(shelf):
    put(shelf, "/a/", "post:1", "site")
    put(shelf, "/b/", "post:2", "site")
    assert shelf.forget({"post:1", "post:9"}) == 1
    assert shelf.find("/a/") is None
    assert shelf.find("/b/") is not None
    assert shelf.forget({"site"}) == 1
    assert shelf.counts() == {"pages": 0, "bytes": 0, "limit": ROOM}


def test_everything_can_be_forgotten(shelf):
    put(shelf, "/a/", "post:1")
    put(shelf, "/b/", "post:2", status="404 Not Found")
    assert shelf.forget(None) == 2
    assert shelf.counts()["bytes"] == 0
    assert shelf._made_of == {}


def test_page_of_a_past_state_is_not_kept(shelf):
    rendering, _, _ = shelf.begin("/a/")
    shelf.forget({"post:1"})
    assert not shelf.finish("/a/", rendering, make_page("post:1"), is_open=False)
    assert shelf.find("/a/") is None


def test_page_that_the_change_did_not_touch_is_kept(shelf):
    rendering, _, _ = shelf.begin("/a/")
    shelf.forget({"post:2"})
    assert shelf.finish("/a/", rendering, make_page("post:1"), is_open=False)


def test_nothing_in_the_making_is_kept_when_everything_changed(shelf):
    rendering, _, _ = shelf.begin("/a/")
    shelf.forget(None)
    assert not shelf.finish("/a/", rendering, make_page("post:1"), is_open=False)


def test_who_waits_gets_the_page(shelf):
    rendering, _, _ = shelf.begin("/a/")
    joined, is_mine, seen = shelf.begin("/a/")
    assert (joined is rendering, is_mine, seen) == (True, False, frozenset())
    page = make_page("post:1")
    timer = threading.Timer(0.05, lambda: shelf.finish("/a/", rendering, page, is_open=False))
    timer.start()
    assert joined.wait()
    assert joined.result(seen) is page
    timer.join()


def test_who_saw_a_change_does_not_get_the_page_from_before(shelf):
    rendering, _, _ = shelf.begin("/a/")
    _, _, early = shelf.begin("/a/")
    shelf.forget({"post:1"})
    _, _, late = shelf.begin("/a/")
    page = make_page("post:1")
    shelf.finish("/a/", rendering, page, is_open=False)
    assert rendering.result(early) is page
    assert rendering.result(late) is None


def test_who_saw_another_change_gets_the_page(shelf):
    rendering, _, _ = shelf.begin("/a/")
    shelf.forget({"post:2"})
    _, _, late = shelf.begin("/a/")
    page = make_page("post:1")
    shelf.finish("/a/", rendering, page, is_open=False)
    assert rendering.result(late) is page


def test_who_saw_everything_change_renders_anew(shelf):
    rendering, _, _ = shelf.begin("/a/")
    shelf.forget(None)
    _, _, late = shelf.begin("/a/")
    shelf.finish("/a/", rendering, make_page("post:1"), is_open=False)
    assert rendering.result(late) is None


def test_failed_rendering_frees_the_place(shelf):
    rendering, _, _ = shelf.begin("/a/")
    shelf.finish("/a/", rendering, None, is_open=False)
    assert rendering.wait()
    assert rendering.result(()) is None
    assert shelf.begin("/a/")[1]


def test_rendering_that_is_given_up_lets_others_begin_and_is_not_kept(shelf):
    lost, _, _ = shelf.begin("/a/")
    shelf.give_up("/a/", lost)
    rendering, is_mine, _ = shelf.begin("/a/")
    assert (is_mine, rendering is lost) == (True, False)
    assert not shelf.finish("/a/", lost, make_page("post:1"), is_open=False)
    assert shelf.finish("/a/", rendering, make_page("post:1"), is_open=False)


def test_memory_is_bounded_and_the_least_recently_used_goes_first():
    size = make_page("site").size
    shelf = Shelf((size + 4) * 10 * 8 // 7)
    for number in range(10):
        put(shelf, f"/{number}/", "site")
    shelf.find("/0/")
    put(shelf, "/10/", "site")
    assert shelf.find("/0/") is not None
    assert shelf.find("/1/") is None
    assert shelf.counts()["bytes"] <= (size + 4) * 10


def test_room_is_made_while_a_visitor_is_shown_the_oldest():
    class Busy(OrderedDict):
        """Its oldest page is used whenever someone has begun to go through it."""

        def __iter__(self):
            through = super().__iter__()
            self.move_to_end(next(super().__iter__()))
            return through

    size = make_page("site").size
    shelf = Shelf((size + 4) * 5 * 8 // 7)
    shelf._good.pages = Busy()
    for number in range(9):
        put(shelf, f"/{number}/", "site")
    assert shelf.counts()["pages"] == 5
    assert shelf.counts()["bytes"] <= (size + 4) * 5


def test_scan_of_made_up_addresses_takes_no_room_of_good_pages():
    size = make_page("site").size
    shelf = Shelf((size + 20) * 80)
    for number in range(40):
        put(shelf, f"/{number}/", "site")
    for number in range(500):
        put(shelf, f"/no/{number}/", "site", status="404 Not Found")
        put(shelf, f"/search/?q={number}", "site", is_open=True)
    assert all(shelf.find(f"/{number}/") for number in range(40))
    assert shelf.counts()["bytes"] <= (size + 20) * 80


def test_long_addresses_count(shelf):
    put(shelf, "/" + "a" * 7_000, "site")
    assert shelf.counts()["bytes"] == make_page("site").size + 7_001
    shelf.forget({"site"})
    assert shelf.counts()["bytes"] == 0


def test_compressed_forms_count_when_they_are_made(shelf):
    put(shelf, "/a/", "site")
    before = shelf.counts()["bytes"]
    page = shelf.find("/a/")
    grown = len(page.body("br")) + len(page.body("gzip"))
    assert shelf.counts()["bytes"] == before + grown
    shelf.forget({"site"})
    assert shelf.counts()["bytes"] == 0


def test_forms_that_grow_over_the_bound_push_others_out():
    size = make_page("site").size + 4
    shelf = Shelf(size * 10 * 8 // 7)
    for number in range(10):
        put(shelf, f"/{number}/", "site")
    assert shelf.find("/9/").body("br")
    assert shelf.counts()["bytes"] <= size * 10
    assert shelf.find("/0/") is None


def test_page_that_was_dropped_is_counted_no_more(shelf):
    put(shelf, "/a/", "site")
    page = shelf.find("/a/")
    shelf.forget({"site"})
    assert page.body("br")
    assert shelf.counts()["bytes"] == 0


@pytest.mark.parametrize("keys", [{"post:1"}, None])
def test_page_that_goes_leaves_the_memory_at_once(shelf, keys):
    page = make_page("post:1")
    own = sys.getrefcount(page)
    rendering, _, _ = shelf.begin("/a/")
    shelf.finish("/a/", rendering, page, is_open=False)
    rendering.page = None
    assert sys.getrefcount(page) > own
    shelf.forget(keys)
    assert sys.getrefcount(page) == own


def test_page_that_is_too_large_is_not_kept(shelf):
    noise = random.Random(0).randbytes(300_000)  # noqa: S311 - bytes that nothing compresses
    assert not put(shelf, "/large/", "site", body=noise)
    assert shelf.counts()["pages"] == 0


def test_page_that_must_not_be_kept_reaches_those_who_wait(shelf):
    rendering, _, _ = shelf.begin("/a/")
    page = make_page("site")
    page.keys = None
    assert not shelf.finish("/a/", rendering, page, is_open=False)
    assert rendering.result(()) is page
    assert rendering.result({"site"}) is None


def test_new_page_takes_the_place_of_the_old_one(shelf):
    put(shelf, "/a/", "post:1")
    put(shelf, "/a/", "post:2", status="404 Not Found")
    assert shelf.counts()["pages"] == 1
    assert shelf.forget({"post:1"}) == 0
    assert shelf.forget({"post:2"}) == 1
