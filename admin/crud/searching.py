"""Searching a list through an index of words, where the model has one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Hits:
    """The ids that an index gave, no more than were wanted; `otherwise` tells of any one row."""

    ids: Sequence[int]
    otherwise: Callable[[], ColumnElement[bool]]


class SearchIndex:
    """An index of words; `columns` are looked into when it finds nothing."""

    columns: tuple[str, ...]

    def find(self, session: Session, words: str, most: int) -> Hits | None:
        """Return at most so many ids of rows with these words, None where it cannot tell."""
        raise NotImplementedError  # a seam: only a screen with an index has one
