"""Links to one's own posts and pages, written `[text](post:12)`: by number, not by address.

So they outlive a change of the slug. Stored HTML keeps the number; the address is filled in when
the text is shown, since what is public is a question of the moment.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Final, NamedTuple

SCHEME: Final = "post:"
_TARGET: Final = re.compile(r"post:(\d{1,9})(?:#\S*)?")
# As `finish` writes it: the address first, everything escaped, and `a` never within `a`.
_LINK: Final = re.compile(r'<a href="post:(\d{1,9})(#[^"]*)?"([^>]*)>(.*?)</a>', re.DOTALL)
_MARKED: Final = re.compile(r'<a href="post:(\d{1,9})[#"]')


class Place(NamedTuple):
    """Where a link leads now, and what stands there."""

    address: str
    title: str


def is_target(address: str) -> bool:
    """Tell whether an address names a post by its number, with or without a section."""
    return _TARGET.fullmatch(address) is not None


def find_targets(texts: Iterable[str]) -> set[int]:
    """Return the numbers of the posts that rendered texts link to."""
    return {
        int(number) for text in texts if 'href="post:' in text for number in _MARKED.findall(text)
    }


def fill_in(html: str, places: Mapping[int, Place], *, lost: Callable[[str], str] = str) -> str:
    """Let each link lead to its place; of one without a place stays what `lost` makes of its text.

    A link without a text of its own shows the title of what it leads to.
    """

    def replace(match: re.Match[str]) -> str:
        number, section, rest, text = match.groups()
        place = places.get(int(number))
        if place is None:
            return lost(text)
        text = text or escape(place.title)
        return f'<a href="{escape(place.address)}{section or ""}"{rest}>{text}</a>'

    return _LINK.sub(replace, html) if 'href="post:' in html else html
