"""The addresses that rendered HTML points to."""

import re
from html import unescape
from typing import Final
from urllib.parse import unquote, urlsplit

# Of HTML that we rendered: attributes in double quotes, everything else of the kind is escaped.
_POINTING: Final = re.compile(r'<(?:a|img|source|video|audio)\b[^>]*?\s(?:href|src)="([^"]*)"')


def addresses_in(html: str) -> list[str]:
    """Return the addresses of links, images and media, each once, in their order."""
    return list(dict.fromkeys(unescape(found) for found in _POINTING.findall(html)))


def path_in(address: str, own_hosts: frozenset[str] = frozenset()) -> str | None:
    """Return the decoded path that an address names on this site, None for any other address.

    Parts of the same page (`#note`) and other schemes are none of ours.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"}:
        return None
    if parts.netloc and parts.netloc.lower() not in own_hosts:
        return None
    return unquote(parts.path) if parts.path.startswith("/") else None
