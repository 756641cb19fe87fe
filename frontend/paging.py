"""Lists in pages: older and newer, without ever counting the whole."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlencode

from flask import abort, request

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)

_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


class Fetch(Protocol[Item_co]):
    """Reads `limit` items from `offset` on."""

    def __call__(self, *, limit: int, offset: int) -> Sequence[Item_co]: ...


@dataclass(frozen=True)
class Listing(Generic[Item]):
    """One page of a list; `path` is its address below the site's root."""

    items: Sequence[Item]
    number: int
    has_older: bool
    path: str
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def here(self) -> str:
        """The canonical address of this page."""
        return self._page(self.number)

    @property
    def newer(self) -> str:
        """The address of the page before, empty on the first."""
        return self._page(self.number - 1) if self.number > 1 else ""

    @property
    def older(self) -> str:
        """The address of the page after, empty on the last."""
        return self._page(self.number + 1) if self.has_older else ""

    def _page(self, number: int) -> str:
        query = {**self.query, **({"page": str(number)} if number > 1 else {})}
        return f"{self.path}?{urlencode(query)}" if query else self.path


def asked_page() -> int:
    """Read `?page=`; aborts with 404 for anything but a number from 1 on."""
    given = request.args.get("page", "1")
    if not _NUMBER.fullmatch(given):
        abort(404)
    return int(given)


def take_page(
    fetch: Fetch[Item], *, size: int, path: str, query: Mapping[str, str] | None = None
) -> Listing[Item]:
    """Read the page asked for, one item more to see whether older ones follow; 404 beyond them."""
    number = asked_page()
    found = fetch(limit=size + 1, offset=(number - 1) * size)
    if not found and number > 1:
        abort(404)
    return Listing(found[:size], number, len(found) > size, path, query or {})
