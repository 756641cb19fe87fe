"""Which HTML may reach a page: an allow-list over nh3, and ids that cannot clash with the page's.

Ids in raw HTML get `user_` in front (no anchor of ours holds an underscore before its number), so
that no content can take the place of an element the page's own scripts look for.
"""

import re
import secrets
from typing import Final

import nh3

from shared.content.allowed import ATTRIBUTES, CLASSES, ROLES, SCHEMES, TAGS
from shared.content.highlight import TOKEN_CLASSES, is_language_class
from shared.content.own_links import SCHEME as OWN_POSTS

# Marks ids that rendering made itself. It changes with each start, so nobody can type it.
OWN_ID: Final = secrets.token_hex(8) + "-"
USER_ID: Final = "user_"
_VALUES: Final = {"role": ROLES, "tabindex": frozenset({"0"})}
# Only links lead to posts by their number; nothing is loaded from there.
_LOADED: Final = frozenset(
    (tag, name) for tag, names in ATTRIBUTES.items() for name in names & {"cite", "poster", "src"}
)
_SCHEME: Final = re.compile(r"\s*([a-z][a-z0-9+.\-]*):", re.IGNORECASE)


def sanitise(html: str) -> str:
    """Drop every element, attribute and address that is not on the lists above."""
    return _CLEANER.clean(html)


def is_safe_url(url: str) -> bool:
    """Whether an address is relative or of a scheme that a link may have."""
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", url))
    return scheme is None or scheme[1].lower() in SCHEMES


def _filter(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return _filter_classes(tag, value)
    if name == "id":
        return value[len(OWN_ID) :] if value.startswith(OWN_ID) else USER_ID + value
    if name == "data-line":
        return value.removeprefix(OWN_ID) if value.startswith(OWN_ID) else None
    return value if _is_fit(tag, name, value) else None


def _is_fit(tag: str, name: str, value: str) -> bool:
    if name in _VALUES:
        return value in _VALUES[name]
    if name == "srcset":
        return all(map(is_safe_url, value.split(",")))
    return (tag, name) not in _LOADED or not value.lstrip().lower().startswith(OWN_POSTS)


def _filter_classes(tag: str, value: str) -> str | None:
    if tag == "span" and value in TOKEN_CLASSES:
        return value
    kept = [name for name in value.split() if name in CLASSES or is_language_class(tag, name)]
    return " ".join(kept) or None


_CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS),
    attributes=ATTRIBUTES,
    attribute_filter=_filter,
    link_rel=None,
    url_schemes={*SCHEMES, OWN_POSTS.removesuffix(":")},
)
