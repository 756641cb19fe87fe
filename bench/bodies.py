"""A pool of Markdown texts, English and Chinese, with headings, code, tables, lists and notes."""

import random
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bench.lexicon import (
    CHINESE,
    CHINESE_SENTENCES,
    CODE,
    ENGLISH,
    ENGLISH_SENTENCES,
    RARE_CHINESE,
    RARE_ENGLISH,
)

SECTIONS: Final = (1, 6)
SENTENCES: Final = (3, 8)
RARE: Final = 0.08  # so many of the words


@dataclass(frozen=True)
class Body:
    """One text of the pool and its language."""

    source: str
    language: str

    @cached_property
    def readable(self) -> str:
        """The text as a search sees it: in lower case, without the names behind code fences."""
        return re.sub(r"^```\w+", "", self.source, flags=re.MULTILINE).lower()


@dataclass(frozen=True)
class Writer:
    """Writes in one language, by chance."""

    chance: random.Random
    is_chinese: bool

    def word(self) -> str:
        """Draw a word: a rare one now and then, else the first far more often than the last."""
        if self.chance.random() < RARE:
            return self.chance.choice(RARE_CHINESE if self.is_chinese else RARE_ENGLISH)
        return draw(self.chance, CHINESE if self.is_chinese else ENGLISH)

    def sentence(self) -> str:
        """Return one sentence."""
        sentences = CHINESE_SENTENCES if self.is_chinese else ENGLISH_SENTENCES
        return self.chance.choice(sentences).format(self.word(), self.word())

    def paragraph(self) -> str:
        """Return a few sentences."""
        glue = "" if self.is_chinese else " "
        return glue.join(self.sentence() for _ in range(self.chance.randint(*SENTENCES)))

    def block(self) -> str:
        """Return code, a table, a list, a quotation or a sentence of its own."""
        kind = self.chance.randrange(5)
        if kind == 0:
            language, code = self.chance.choice(CODE)
            return f"```{language}\n{code.format(self.chance.randint(1, 99))}\n```"
        if kind == 1:
            rows = [f"| {self.word()} | {self.chance.randint(1, 9_999)} |" for _ in range(4)]
            return "\n".join(["| what | count |", "| --- | ---: |", *rows])
        if kind == 2:
            return "\n".join(f"- {self.sentence()}" for _ in range(3))
        if kind == 3:
            return f"> {self.sentence()}\n>\n> {self.sentence()}"
        return self.sentence()

    def body(self) -> Body:
        """Return a whole text."""
        parts = [self.paragraph()]
        for number in range(self.chance.randint(*SECTIONS)):
            parts += [f"## {number + 1}. {self.word()}", self.paragraph(), self.block()]
        parts += [f"{self.sentence()}[^1]", f"[^1]: {self.sentence()}"]
        return Body("\n\n".join(parts), "zh-Hans" if self.is_chinese else "en")


def make_pool(count: int, seed: int) -> tuple[Body, ...]:
    """Return so many texts, every second one Chinese; the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    return tuple(Writer(chance, number % 2 == 1).body() for number in range(count))


def draw(chance: random.Random, words: tuple[str, ...]) -> str:
    """Draw a word; the first ones come up far more often than the last."""
    return words[int(len(words) * chance.random() ** 3)]
