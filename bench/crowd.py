"""Visitors by chance: posts by Zipf's law, and front page, lists and feeds among them."""

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from bench.content import ALL_TAGS, AUTHORS, CATEGORIES, Entry, Plan
from shared.content.slugs import slugify
from shared.urls import path_to

EXPONENT: Final = 1.0
# So many of a hundred visits; the others are to posts.
FRONT: Final = 12
LISTS: Final = 12
FEEDS: Final = 6
FEED_PATHS: Final = tuple(path_to("frontend", f"feeds.{name}") for name in ("atom", "rss", "json"))


class Zipf:
    """Draws numbers from 0: the one at rank r comes up in proportion to 1 / r ** exponent."""

    def __init__(self, count: int, exponent: float = EXPONENT) -> None:
        self._sums = list(accumulate(1 / rank**exponent for rank in range(1, count + 1)))

    def draw(self, chance: random.Random) -> int:
        """Return a number below `count`."""
        return bisect(self._sums, chance.random() * self._sums[-1], hi=len(self._sums) - 1)


class Crowd:
    """Draws posts, and visits; the newest post is the one most asked for."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self._posts = plan.public
        self._chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._by_rank = Zipf(len(self._posts))
        self._lists = _lists()
        self._by_list = Zipf(len(self._lists))

    def post(self) -> Entry:
        """Draw a post."""
        return self._posts[self._by_rank.draw(self._chance)]

    def visits(self) -> Iterator[str]:
        """Yield the paths that visitors ask for, without end."""
        while True:
            share = self._chance.randrange(100)
            if share < FRONT:
                yield path_to("frontend", "posts.index")
            elif share < FRONT + LISTS:
                yield self._lists[self._by_list.draw(self._chance)]
            elif share < FRONT + LISTS + FEEDS:
                yield self._chance.choice(FEED_PATHS)
            else:
                yield page_of(self.post())


def page_of(entry: Entry) -> str:
    """Return the path of a post's page."""
    return path_to("frontend", "posts.show", slug=slugify(entry.title))


def _lists() -> Sequence[str]:
    """Return lists of the site, the most asked for first."""
    tags = [path_to("frontend", "tags.show", slug=slugify(tag)) for tag in ALL_TAGS[:40]]
    categories = [
        path_to("frontend", "categories.show", path=slugify(branch)) for branch in dict(CATEGORIES)
    ]
    authors = [path_to("frontend", "authors.show", slug=f"author-{n + 1}") for n in range(AUTHORS)]
    archive = [path_to("frontend", "archive.index")]
    return [*archive, *categories, *tags, *authors]
