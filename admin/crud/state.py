"""What a list shows, as its URL says: words searched, filters, order and place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from admin.crud.cursor import Place, decode, encode
from admin.crud.screen import Screen

MAX_SEARCH = 100


@dataclass(frozen=True)
class State:
    """The state of one list; `sort` is a column's name, with a minus for the greatest first."""

    sort: str
    search: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    after: Place | None = None
    before: Place | None = None

    @classmethod
    def of(cls, screen: Screen, args: Mapping[str, str]) -> "State":
        """Read the state from a query string; what is unknown is passed over."""
        sortable = {column.name for column in screen.columns if column.sortable}
        asked = args.get("sort", "")
        wanted = ((item.name, _clean(args.get(item.name, ""))) for item in screen.filters)
        return cls(
            sort=asked if asked.removeprefix("-") in sortable else screen.order,
            search=_clean(args.get("q", "")),
            filters={name: value for name, value in wanted if value},
            after=decode(args.get("after")),
            before=decode(args.get("before")),
        )

    @property
    def column(self) -> str:
        """The column that the list is sorted by."""
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether the greatest come first."""
        return self.sort.startswith("-")

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter is on."""
        return bool(self.search or self.filters)

    def query(self, **changes: str) -> str:
        """Return the query string of this state with some parameters changed, from the start."""
        kept = {"q": self.search, **self.filters, "sort": self.sort} | changes
        filled = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(filled)}" if filled else "?"

    def sorted_by(self, name: str) -> str:
        """Return the query string that sorts by a column, or turns the order round."""
        turned = self.column == name and not self.descending
        return self.query(sort=f"-{name}" if turned else name)

    def from_place(self, direction: str, place: Place) -> str:
        """Return the query string of the page `after` or `before` a place."""
        return self.query(**{direction: encode(place)})

    def direction(self, name: str) -> str:
        """Return what `aria-sort` says of a column."""
        if self.column != name:
            return "none"
        return "descending" if self.descending else "ascending"


def _clean(words: str) -> str:
    """Return words with single blanks between them, and without what no database stores."""
    return " ".join(words.replace("\0", "").split())[:MAX_SEARCH]
