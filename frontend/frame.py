"""What stands around every page: the site's settings, its words, its menu, its links."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

from flask import g, request
from markupsafe import Markup
from sqlalchemy import bindparam, select

from frontend.dates import format_day, format_short, name_month, stamp
from frontend.pagestore import KEPT
from frontend.wording import Words, words_of
from shared.content.excerpt import reading_minutes
from shared.content.links import absolutise, rebase
from shared.domain.site import Site, load_site
from shared.models import Post
from shared.models.base import UtcDateTime
from shared.models.reading import Label, Summary
from shared.models.reads import note, read
from shared.urls import path_to
from shared.web import links, now, session

MENU = 6  # standing pages in the menu; the rest are found by search and links


@lru_cache(maxsize=8192)
def path(endpoint: str, **parts: str | int) -> str:
    """Return an address of the site below its root; `url_for` takes ten times as long."""
    return path_to("frontend", endpoint, query=None, **parts)


@dataclass(frozen=True, slots=True)
class Frame:
    """One request's frame; `root` is the prefix, `address` scheme, host and prefix."""

    site: Site
    words: Words
    menu: tuple[Label, ...]
    root: str
    address: str

    def url(self, endpoint: str, /, **parts: str | int) -> str:
        """Return a link for this page."""
        return self.root + path(endpoint, **parts)

    def absolute(self, endpoint: str, /, **parts: str | int) -> str:
        """Return a whole address, for feeds and machines."""
        return self.address + path(endpoint, **parts)

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
            kept["frame"] = load_site(session()), _menu()
        note(("site", "pages"))
        g.frame = _around(*kept["frame"])
    return cast("Frame", g.frame)


def bare_frame() -> Frame:
    """Return the frame if it was read, else one of defaults: for errors of the database itself."""
    return cast("Frame", g.get("frame")) or _around(Site(), ())


def _around(site: Site, menu: tuple[Label, ...]) -> Frame:
    made = links()
    return Frame(site, words_of(site.language), menu, made.root, made.site)


NOW: Any = bindparam("now", type_=UtcDateTime())
PAGES = (
    select(Post.title, Post.slug)
    .where(Post.kind == "page", Post.public(NOW), Post.slug.not_like("%/%"))
    .order_by(Post.title, Post.id)
    .limit(MENU)
)


def _menu() -> tuple[Label, ...]:
    rows = read(session(), PAGES, {"now": now()}, of=("pages",))
    return tuple(Label(title, slug) for title, slug in rows)
