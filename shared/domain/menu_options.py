"""The menus of the site, as settings: an empty one is made of what there is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from shared.domain.options import Option, setting
from shared.saying import Saying, say

MOST_ITEMS: Final = 60
MOST_OF_A_LABEL: Final = 100
MOST_OF_A_TARGET: Final = 2_000
# Pages of the site that are no text of anybody's.
FIXED: Final = ("home", "archive", "topics", "search")
NUMBERED: Final = re.compile(r"(post|category|tag):([1-9]\d{0,9})")


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """A line of a menu; without a label it bears the name of what it leads to.

    `target` is one of FIXED, `post:12` (pages too), `category:4`, `tag:5`, a path of the site or
    an address with http:// or https://. Only the first level has `children`.
    """

    target: str
    label: str = ""
    children: tuple["MenuItem", ...] = ()

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "MenuItem":
        """Read an item that was JSON."""
        below = tuple(cls.from_document(item) for item in document.get("children", ()))
        return cls(target=document["target"], label=document.get("label", ""), children=below)


def all_items(menu: Sequence[MenuItem]) -> Iterator[MenuItem]:
    """Yield every item of a menu, those below others too."""
    for item in menu:
        yield item
        yield from item.children


def is_target(target: str) -> bool:
    """Tell whether a menu may lead there."""
    if target in FIXED or NUMBERED.fullmatch(target):
        return True
    if len(target) > MOST_OF_A_TARGET or re.search(r"[\x00-\x20\\]", target):
        return False
    if target.startswith("/"):
        return not target.startswith("//")
    parts = urlsplit(target)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


@dataclass(frozen=True, kw_only=True)
class MenuOption(Option):
    """A menu: items in order, one level of them below others."""

    def refuse(self, value: Any) -> Saying | None:
        """Refuse a menu that is too long, or an item that leads nowhere a menu may lead."""
        menu = self.restore(value)
        if sum(1 for _ in all_items(menu)) > MOST_ITEMS:
            return say("Give at most %(most)s items.", most=MOST_ITEMS)
        for item in all_items(menu):
            if not is_target(item.target):
                return say("“%(target)s” is no path or address.", target=item.target[:60])
            if len(item.label) > MOST_OF_A_LABEL:
                return say("Give labels of at most %(most)s characters.", most=MOST_OF_A_LABEL)
        if any(below.children for item in menu for below in item.children):
            return say("Items nest one level deep.")
        return None

    def restore(self, value: Any) -> Any:
        """Return the items that lists in JSON were."""
        return tuple(
            item if isinstance(item, MenuItem) else MenuItem.from_document(item) for item in value
        )


@dataclass(frozen=True, kw_only=True)
class MenuOptions:
    """A menu for each place of the site."""

    menu_header: tuple[MenuItem, ...] = setting(
        (), MenuOption(title=say("Menu at the top"), group="menus")
    )
    menu_footer: tuple[MenuItem, ...] = setting(
        (), MenuOption(title=say("Menu at the bottom"), group="menus")
    )


MENUS: Final = ("menu_header", "menu_footer")
