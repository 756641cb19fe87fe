"""The filters that are on, in words, each with the address of the list without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from admin.crud.filters import Named
from admin.crud.screen import Screen
from admin.crud.state import State


class Chip(NamedTuple):
    """A filter that is on."""

    title: str
    words: str
    without: str


@dataclass(frozen=True)
class Said:
    """What filters say; where it must be read, `named` reads it."""

    parts: Sequence[tuple[str, str | Named, str]]

    @property
    def named(self) -> list[Named]:
        """What is to be read, in order."""
        return [words for _, words, _ in self.parts if isinstance(words, Named)]

    def chips(self, names: Sequence[str]) -> list[Chip]:
        """Return the chips, with the names that were read; what is gone shows no name."""
        left = iter(names)
        return [
            Chip(title, (next(left) or "?") if isinstance(words, Named) else words, without)
            for title, words, without in self.parts
        ]


def words_of(screen: Screen, state: State) -> Said:
    """Return what the filters that are on say."""
    return Said(
        [
            (str(item.title), item.says(state.filters[item.name]), state.query(**{item.name: ""}))
            for item in screen.filters
            if item.name in state.filters
        ]
    )
