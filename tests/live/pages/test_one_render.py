"""A change costs one rendering, however many are waiting for the page."""

import threading
from collections import Counter

import pytest

from tests.live.pages.conftest import serving
from tests.live.pages.content import marks_in, save_mark
from tests.live.pages.wire import Wire, wait_until

pytestmark = pytest.mark.live

CLIENTS, CHANGES = 16, 30
PATH = "/page/a/"


class Watcher(threading.Thread):
    """Somebody who reloads one page, and notes when it is older than what was saved before."""

    def __init__(self, port: int, saved: list[int], is_over: threading.Event) -> None:
        super().__init__()
        self.port, self.saved, self.is_over = port, saved, is_over
        self.seen: set[int] = set()
        self.wrong: list[str] = []
        self.asked = 0

    def run(self) -> None:
        """Reload until it is over."""
        with Wire(self.port) as wire:
            while not self.is_over.is_set():
                least = self.saved[-1]
                answer = wire.get(PATH)
                self.asked += 1
                shown = marks_in(answer.text).get("a", {-1})
                self.seen |= shown
                if min(shown) < least or answer.told != (200, False):
                    self.wrong.append(f"{least} was saved, {shown} shown: {answer.told}")


def test_a_change_is_rendered_once_for_all_who_wait(place):
    with serving(place, WORKERS=1, THREADS=CLIENTS) as site:
        site.get(PATH)
        saved, is_over = [0], threading.Event()
        crowd = [Watcher(site.server.port, saved, is_over) for _ in range(CLIENTS)]
        for one in crowd:
            one.start()
        for number in range(1, CHANGES + 1):
            save_mark(place.runtime, place.posts["a"], "a", number)
            saved.append(number)
            wait_until(lambda n=number: any(n in one.seen for one in crowd))
        is_over.set()
        for one in crowd:
            one.join()
        ways = Counter(site.ways(PATH, 1 + sum(one.asked for one in crowd)))
        assert [line for one in crowd for line in one.wrong] == []
        assert set.union(*(one.seen for one in crowd)) == set(range(CHANGES + 1))
        assert ways["made"] == CHANGES + 1, ways
        assert ways["shared"] + ways["hit"] > CHANGES * CLIENTS, ways
