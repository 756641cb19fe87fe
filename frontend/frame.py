"""What stands around every page: the site's settings, its words, its menu, its links."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

from flask import g, request
from markupsafe import Markup

from frontend.dates import format_day, format_short, name_month, stamp
from frontend.menus import Entry, automatic, keys_of, made_of
from frontend.pagestore import KEPT
from frontend.wording import Words, words_of
from shared.content.excerpt import reading_minutes
from shared.content.links import absolutise, rebase
from shared.domain.site import Site, load_site
from shared.models.reading import Summary
from shared.models.reads import note
from shared.urls import path_to
from shared.web import links, session


@lru_cache(maxsize=8192)
def path(endpoint: str, **parts: str | int) -> str:
    """Return an address of the site below its root; `url_for` takes ten times as long."""
    return path_to("frontend", endpoint, query=None, **parts)


@dataclass(frozen=True, slots=True)
class Frame:
    """One request's frame; `root` is the prefix, `address` scheme, host and prefix."""

    site: Site
    words: Words
    menu: tuple[Entry, ...]
    footer: tuple[Entry, ...]
    root: str
    address: str

    def url(self, endpoint: str, /, **parts: str | int) -> str:
        """Return a link for this page."""
        return self.root + path(endpoint, **parts)

    def absolute(self, endpoint: str, /, **parts: str | int) -> str:
        """Return a whole address, for feeds and machines."""
        return self.address + path(endpoint, **parts)

    def entry(self, entry: Entry) -> str:
        """Return the link of a line of a menu."""
        return self.root + entry.address if entry.address.startswith("/") else entry.address

    def permalink(self, post: Summary) -> str:
        """Return the whole address of a post or page."""
        return self.address + path_of(post)

    def html_of(self, post: Summary, edit: Callable[[str], str] = str) -> Markup:
        """Return a post's HTML, its links below the prefix; it was made safe when it was stored."""
        return Markup(rebase(edit(post.html), self.root))  # noqa: S704 - see the docstring

    def html_away(self, post: Summary) -> str:
        """Return a post's HTML with whole addresses, for a feed."""
        return absolutise(post.html, base=self.address, page=self.permalink(post))

    def picture(self, address: str) -> str:
        """Return the address of a picture for this page."""
        return self.root + address if address.startswith("/") else address

    def picture_away(self, address: str) -> str:
        """Return the whole address of a picture."""
        return self.address + address if address.startswith("/") else address

    def language_of(self, post: Summary) -> str:
        """Return the language that a post is in."""
        return post.language or self.site.language

    def day(self, at: datetime, language: str = "") -> str:
        """Write a day in a language, the site's own when none is given."""
        return format_day(at, self.site.zone, language or self.words.language)

    def short(self, day: date) -> str:
        """Write a day without its year in the site's language."""
        return format_short(day, self.words.language)

    def month_of_year(self, year: int, month: int) -> str:
        """Write a month in the site's language."""
        return self.words.month.format(year, name_month(month, self.words.language))

    def stamp(self, at: datetime) -> str:
        """Write an instant for machines."""
        return stamp(at, self.site.zone)

    def minutes(self, post: Summary) -> str:
        """Say how long a post takes to read."""
        return self.words.minutes.format(reading_minutes(post.words))

    def link(self, post: Summary) -> str:
        """Return a link to a post or page for this page."""
        return self.root + path_of(post)


def path_of(post: Summary) -> str:
    """Return the address of a post or page below the site's root."""
    if post.kind == "page":
        return path("pages.show", path=post.slug)
    return path("posts.show", slug=post.slug)


def frame() -> Frame:
    """Return this request's frame, read once."""
    if "frame" not in g:
        kept: dict[str, Any] = request.environ.get(KEPT, {})
        if "frame" not in kept:
            site = load_site(session())
            kept["frame"] = site, _menu(site), made_of(site.menu_footer)
        site, menu, footer = kept["frame"]
        note(("site", *_keys(site)))
        g.frame = _around(site, menu, footer)
    return cast("Frame", g.frame)


def bare_frame() -> Frame:
    """Return the frame if it was read, else one of defaults: for errors of the database itself."""
    return cast("Frame", g.get("frame")) or _around(Site())


def _around(site: Site, menu: tuple[Entry, ...] = (), footer: tuple[Entry, ...] = ()) -> Frame:
    made = links()
    return Frame(site, words_of(site.language), menu, footer, made.root, made.site)


def _menu(site: Site) -> tuple[Entry, ...]:
    return made_of(site.menu_header) if site.menu_header else automatic()


def _keys(site: Site) -> set[str]:
    """Return the keys of the menus: those of a kept frame were read for another page."""
    header = keys_of(site.menu_header) if site.menu_header else {"pages"}
    return header | keys_of(site.menu_footer)
