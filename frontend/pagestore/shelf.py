"""The pages in memory: found by address, dropped by what they were made of, bounded in bytes."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Collection
from functools import partial
from typing import Final

from frontend.pagestore.page import Page

WAIT_SECONDS: Final = 5.0  # for a page that another thread is rendering
SHARE_OF_OTHERS: Final = 8  # the eighth part of the memory is for 404s, redirects and searches
LARGEST_SHARE: Final = 4  # a page takes no more than the fourth of its part


class Rendering:
    """A page in the making; `missed` is what changed since it began."""

    __slots__ = ("is_over", "is_void", "missed", "page")

    def __init__(self) -> None:
        self.is_over = threading.Event()
        self.is_void = False
        self.missed: set[str] = set()
        self.page: Page | None = None

    def wait(self) -> bool:
        """Wait for as long as a visitor should have to; False when the page is not made then."""
        return self.is_over.wait(WAIT_SECONDS)

    def result(self, seen: Collection[str] | None) -> Page | None:
        """Return the page if it is right for who had `seen` something change before they joined."""
        page = self.page
        if page is None or seen is None:
            return None
        is_right = not seen or (page.keys is not None and page.keys.isdisjoint(seen))
        return page if is_right else None


class Part:
    """Pages that share a number of bytes; the least recently used goes first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.pages: OrderedDict[str, Page] = OrderedDict()

    def touch(self, key: str) -> None:
        """Note that a page was used; it may just have gone."""
        try:
            self.pages.move_to_end(key)
        except KeyError:
            return


class Shelf:
    """Holds at most `limit` bytes of pages and knows which pages hang on which key."""

    def __init__(self, limit: int) -> None:
        self._lock = threading.Lock()
        others = limit // SHARE_OF_OTHERS
        self._good, self._others = Part(limit - others), Part(others)
        self._made_of: defaultdict[str, set[str]] = defaultdict(set)
        self._renderings: dict[str, Rendering] = {}

    def find(self, key: str) -> Page | None:
        """Return a kept page."""
        for part in (self._good, self._others):
            page = part.pages.get(key)
            if page is not None:
                part.touch(key)
                return page
        return None

    def begin(self, key: str) -> tuple[Rendering, bool, Collection[str] | None]:
        """Join the rendering of a page, or begin it: whose it is, and what it missed so far.

        What it missed is None when everything changed since it began.
        """
        with self._lock:
            known = self._renderings.get(key)
            if known is not None:
                return known, False, None if known.is_void else frozenset(known.missed)
            made = self._renderings[key] = Rendering()
            return made, True, ()

    def finish(self, key: str, rendering: Rendering, page: Page | None, *, is_open: bool) -> bool:
        """Hand a page to those who wait, keep it if nothing of it changed, and say whether.

        `is_open` marks an address that anyone can make up, such as a search.
        """
        with self._lock:
            if self._renderings.get(key) is rendering:
                del self._renderings[key]
            rendering.page = None if page is None or page.is_outage else page
            kept = (
                page is not None
                and not rendering.is_void
                and self._keep(key, page, rendering, is_open=is_open)
            )
        rendering.is_over.set()
        return kept

    def give_up(self, key: str, rendering: Rendering) -> None:
        """Let others begin a page anew whose rendering takes longer than anyone waits."""
        with self._lock:
            if self._renderings.get(key) is rendering:
                del self._renderings[key]
                rendering.is_void = True  # of what changes from now on nobody tells it

    def forget(self, keys: Collection[str] | None) -> int:
        """Drop every page that hangs on one of the keys, all for None; return how many."""
        with self._lock:
            for rendering in self._renderings.values():
                if keys is None:
                    rendering.is_void = True
                else:
                    rendering.missed.update(keys)
            if keys is None:
                return self._clear()
            touched = {page for key in keys for page in self._made_of.get(key, ())}
            for key in touched:
                self._drop(key)
            return len(touched)

    def counts(self) -> dict[str, int]:
        """Return how many pages there are and the bytes they take."""
        parts = (self._good, self._others)
        return {
            "pages": sum(len(part.pages) for part in parts),
            "bytes": sum(part.size for part in parts),
            "limit": sum(part.limit for part in parts),
        }

    def _keep(self, key: str, page: Page, rendering: Rendering, *, is_open: bool) -> bool:
        if page.keys is None or not page.keys.isdisjoint(rendering.missed):
            return False
        self._drop(key)
        part = self._others if is_open or page.status != "200 OK" else self._good
        cost = _cost(key, page)
        if cost > part.limit // LARGEST_SHARE:
            return False
        for name in page.keys:  # first: a page that is found can then be dropped, come what may
            self._made_of[name].add(key)
        page.on_growth = partial(self._grow, part, key, page)
        part.pages[key] = page
        part.size += cost
        self._make_room(part)
        return True

    def _grow(self, part: Part, key: str, page: Page, by: int) -> None:
        """Count a compressed form that a page was given."""
        with self._lock:
            page.size += by
            if part.pages.get(key) is page:
                part.size += by
                self._make_room(part)

    def _make_room(self, part: Part) -> None:
        while part.size > part.limit:
            # In one step: who looks for the oldest first may be told that another was just used.
            self._let_go(part, *part.pages.popitem(last=False))

    def _drop(self, key: str) -> None:
        for part in (self._good, self._others):
            page = part.pages.pop(key, None)
            if page is not None:
                self._let_go(part, key, page)

    def _let_go(self, part: Part, key: str, page: Page) -> None:
        """Settle what a page leaves behind that is no longer in its part."""
        part.size -= _cost(key, page)
        page.on_growth = None  # it leads back to the page, which would stay for the collector
        for name in page.keys or ():
            hanging = self._made_of[name]
            hanging.discard(key)
            if not hanging:
                del self._made_of[name]

    def _clear(self) -> int:
        count = len(self._good.pages) + len(self._others.pages)
        for part in (self._good, self._others):
            for page in list(part.pages.values()):
                page.on_growth = None  # as above
            part.pages.clear()
            part.size = 0
        self._made_of.clear()
        return count


def _cost(key: str, page: Page) -> int:
    """Return the bytes that a page takes with its address, which may be as long as a page."""
    return page.size + len(key)
