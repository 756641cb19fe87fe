"""Addresses in rendered HTML: made absolute for feeds, moved below a prefix, listed for reports."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from shared.content.tags import edit_tags, read_attributes, tag_pattern, write_tag

_ADDRESSES: Final = ("href", "src", "poster")
_LINKED: Final = tag_pattern("a", "img", "source", "video", "audio", "track")
_ROOTED: Final = re.compile(r'( (?:href|src|poster)=")/(?!/)')
_SRCSET: Final = re.compile(r'( srcset=")([^"]*)')
_CANDIDATE: Final = re.compile(r"(?P<gap>[\s,]*)(?P<url>[^\s,]\S*)(?P<size>[^,]*)")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """One address that HTML refers to, with the element and attribute that hold it."""

    tag: str
    attribute: str
    url: str


def absolutise(html: str, *, base: str, page: str) -> str:
    """Make every address absolute: `/a/` lies below `base`, the rest is relative to `page`."""
    base = base.rstrip("/")
    here = _absolute(page, base, base + "/")

    def edit(name: str, attributes: dict[str, str]) -> str | None:
        changed = _map(attributes, lambda url: _absolute(url, base, here))
        return None if changed == attributes else write_tag(name, changed)

    return edit_tags(html, _LINKED, edit)


def rebase(html: str, prefix: str) -> str:
    """Put a mount prefix such as `/x/y` before root-relative addresses of rendered HTML."""
    prefix = prefix.rstrip("/")
    if not prefix:
        return html

    def move(match: re.Match[str]) -> str:
        tag = match[0]
        if '="/' in tag:
            tag = _ROOTED.sub(lambda found: f"{found[1]}{prefix}/", tag)
        if " srcset=" in tag:
            tag = _SRCSET.sub(lambda found: found[1] + _map_srcset(found[2], below), tag)
        return tag

    def below(url: str) -> str:
        return prefix + url if url.startswith("/") and not url.startswith("//") else url

    return _LINKED.sub(move, html)


def extract(html: str) -> list[Reference]:
    """List every address in the order of the text, each candidate of a srcset by itself."""
    found: list[Reference] = []
    for match in _LINKED.finditer(html):
        tag, attributes = match[1].lower(), read_attributes(match[2])
        found += [
            Reference(tag, name, attributes[name]) for name in _ADDRESSES if name in attributes
        ]
        found += [
            Reference(tag, "srcset", url) for url in _candidates(attributes.get("srcset", ""))
        ]
    return found


def _map(attributes: dict[str, str], change: Callable[[str], str]) -> dict[str, str]:
    changed = {
        name: change(value) if name in _ADDRESSES else value for name, value in attributes.items()
    }
    if "srcset" in changed:
        changed["srcset"] = _map_srcset(changed["srcset"], change)
    return changed


def _map_srcset(value: str, change: Callable[[str], str]) -> str:
    def replace(match: re.Match[str]) -> str:
        url = match["url"].rstrip(",")
        commas = match["url"][len(url) :]
        return f"{match['gap']}{change(url)}{commas}{match['size']}"

    return _CANDIDATE.sub(replace, value)


def _candidates(srcset: str) -> Iterator[str]:
    for match in _CANDIDATE.finditer(srcset):
        yield match["url"].rstrip(",")


def _absolute(url: str, base: str, page: str) -> str:
    url = url.strip()
    if _SCHEME.match(url):
        return url
    if url.startswith("//"):
        return f"{urlsplit(base).scheme}:{url}"
    if url.startswith("/"):
        return base + url
    if url.startswith("#"):
        return page.partition("#")[0] + url
    return _join(page, url)


def _join(page: str, url: str) -> str:
    try:
        return urljoin(page, url)
    except ValueError:  # such as an unclosed bracket; the address is wrong either way
        return url
