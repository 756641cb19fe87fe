"""What a list shows, as its URL says: words searched, filters, order and place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from admin.crud.cursor import Place, decode, encode
from admin.crud.dates import join_range
from admin.crud.filters import DateFilter, Filter
from admin.crud.screen import Screen

MAX_SEARCH = 100


@dataclass(frozen=True)
class State:
    """The state of one list; `sort` is a column's name, with a minus for the greatest first.

    `usual` is the order without any wish, `view` the saved view that this began with: empty where
    there is none, `0` where one is the person's usual and was left.
    """

    sort: str
    search: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    after: Place | None = None
    before: Place | None = None
    usual: str = ""
    view: str = ""

    @classmethod
    def of(cls, screen: Screen, args: Mapping[str, str], view: str = "") -> "State":
        """Read the state from a query string; what is unknown is passed over."""
        sortable = {column.name for column in screen.columns if column.sortable}
        wanted = ((item, _wanted(item, args)) for item in screen.filters)
        filters = {item.name: value for item, value in wanted if value and item.accepts(value)}
        asked, usual = args.get("sort", ""), _usual(screen, filters)
        return cls(
            sort=asked if asked.removeprefix("-") in sortable else usual,
            search=_clean(args.get("q", "")),
            filters=filters,
            after=decode(args.get("after")),
            before=decode(args.get("before")),
            usual=usual,
            view=view,
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

    @property
    def wishes(self) -> dict[str, str]:
        """What a saved view keeps: search, filters and order."""
        sort = {"sort": self.sort} if self.sort != self.usual else {}
        return ({"q": self.search} if self.search else {}) | dict(self.filters) | sort

    @property
    def _parameters(self) -> dict[str, str]:
        sort = self.sort if self.view or self.sort != self.usual else ""
        return {"q": self.search, **self.filters, "sort": sort, "view": self.view}

    @property
    def every(self) -> str:
        """The query string of the list without any wish."""
        return "?view=0" if self.view else "?"

    def query(self, **changes: str) -> str:
        """Return the query string of this state with some parameters changed, from the start.

        A list that began with a view names its order, so that the view's own wishes are not
        added again.
        """
        kept = {**self._parameters, **changes}
        filled = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(filled)}" if filled else "?"

    def fields(self, *but: str) -> list[tuple[str, str]]:
        """Return the parameters of this state for a form, but those that it has controls for."""
        return [pair for pair in self._parameters.items() if pair[1] and pair[0] not in but]

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


def _wanted(item: Filter, args: Mapping[str, str]) -> str:
    """Return the value of a filter; a form sends a range as two fields."""
    value = _clean(args.get(item.name, ""))
    if value or not isinstance(item, DateFilter):
        return value
    ends = (_clean(args.get(f"{item.name}.{end}", "")) for end in ("from", "to"))
    return join_range(*ends)


def _usual(screen: Screen, filters: Mapping[str, str]) -> str:
    """Return the order without any wish: that of the dates which are asked for, if any."""
    dated = (item for item in screen.filters if isinstance(item, DateFilter) and item.sorts)
    return next((f"-{item.sorts}" for item in dated if item.name in filters), screen.order)


def _clean(words: str) -> str:
    """Return words with single blanks between them, and without what no database stores."""
    return " ".join(words.replace("\0", "").split())[:MAX_SEARCH]
