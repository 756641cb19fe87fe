"""What the generated site contains, as plain values: the same for the same size, always.

Half of the posts are Chinese; tags follow Zipf's law (the first is on half of the posts); dates
run over ten years; one post in 25 is a draft and one in 100 is scheduled.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final

from bench.bodies import Body, draw, make_pool
from bench.lexicon import CHINESE, CHINESE_TITLES, ENGLISH, ENGLISH_TITLES, TAGS

SEED: Final = 20_161_123
BODIES: Final = 300
TAG_COUNT: Final = 200
MAX_TAGS: Final = 12
AUTHORS: Final = 20
START: Final = datetime(2016, 1, 1, tzinfo=UTC)
SPAN: Final = timedelta(days=3_652)  # ten years, all of them past
FUTURE: Final = datetime(2199, 1, 1, tzinfo=UTC)
ALL_TAGS: Final = (*TAGS, *(f"topic {number}" for number in range(len(TAGS) + 1, TAG_COUNT + 1)))
CATEGORIES: Final = tuple(
    (branch, twig)
    for branch in ("notes", "笔记", "code", "代码", "life")
    for twig in ("reading", "随手记", "how-to", "长文")
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One post to be: `number` is its id; `author` and `category` count from 0."""

    number: int
    title: str
    body: Body
    body_number: int
    summary: str
    tags: tuple[str, ...]
    category: int
    author: int
    at: datetime
    state: str

    def holds(self, word: str) -> bool:
        """Tell whether a search for a lower-case word should find this."""
        texts = (self.title, self.summary, *self.tags)
        return word in self.body.readable or any(word in text.lower() for text in texts)


@dataclass(frozen=True)
class Plan:
    """All of the content, oldest post first."""

    bodies: tuple[Body, ...]
    entries: tuple[Entry, ...]

    @cached_property
    def public(self) -> tuple[Entry, ...]:
        """What visitors see, newest first."""
        return tuple(entry for entry in reversed(self.entries) if entry.state == "published")


def make_plan(size: int) -> Plan:
    """Return the content of a site with so many posts."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable on purpose
    bodies = make_pool(BODIES, SEED)
    return Plan(bodies, tuple(_entry(chance, n, size, bodies) for n in range(1, size + 1)))


def _entry(chance: random.Random, number: int, size: int, bodies: tuple[Body, ...]) -> Entry:
    body_number = chance.randrange(len(bodies))
    body = bodies[body_number]
    subject = _subject(chance, body.language)
    carried = [tag for rank, tag in enumerate(ALL_TAGS, start=1) if chance.random() < 0.5 / rank]
    return Entry(
        number=number,
        title=f"{subject}, part {number}" if body.language == "en" else f"{subject}，第{number}篇",
        body=body,
        body_number=body_number,
        summary=f"{subject}." if chance.random() < 0.2 else "",
        tags=tuple(carried[:MAX_TAGS]),
        category=chance.randrange(len(CATEGORIES)),
        author=chance.randrange(AUTHORS),
        at=START + SPAN * (number / size),
        state=_state(chance.random()),
    )


def _subject(chance: random.Random, language: str) -> str:
    titles, words = (ENGLISH_TITLES, ENGLISH) if language == "en" else (CHINESE_TITLES, CHINESE)
    return chance.choice(titles).format(draw(chance, words), draw(chance, words))


def _state(drawn: float) -> str:
    if drawn < 0.04:
        return "draft"
    return "scheduled" if drawn < 0.05 else "published"
