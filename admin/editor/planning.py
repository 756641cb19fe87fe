"""What publishing a text would change for visitors, told before it is done."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.urls import uri_to_iri

from admin.editor.versions.comparing import compare
from shared.content.diffs import DiffLine
from shared.content.excerpt import excerpt
from shared.content.markdown import render
from shared.content.scripts import count_words, width
from shared.domain.posts import Content, content_of, suggest_slug
from shared.domain.site import Site
from shared.domain.work import Work
from shared.models import Category, Post
from shared.web.links import Links

# Columns that search engines show; a Chinese character takes two.
TITLE_ROOM, DESCRIPTION_ROOM = 60, 160
_IMAGE = re.compile(r'<img [^>]*?src="([^"]+)"')


@dataclass(frozen=True)
class Shown:
    """A text in a place of limited room: what fits, and how much of the room it takes."""

    text: str
    room: int

    @property
    def columns(self) -> int:
        """How many columns the text takes."""
        return sum(map(width, self.text))

    @property
    def cut(self) -> str:
        """The text as far as it is shown."""
        if self.columns <= self.room:
            return self.text
        taken, end = 0, 0
        while end < len(self.text) and (taken := taken + width(self.text[end])) < self.room - 1:
            end += 1
        return f"{self.text[:end].rstrip()} …"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that the dialog tells; `differences` are labels of changed fields."""

    url: str
    trail: str
    old_url: str
    leaves_redirect: bool
    is_first: bool
    words: int
    added: int
    removed: int
    differences: Sequence[str]
    new_tags: Sequence[str]
    lost_tags: Sequence[str]
    lists: Sequence[str]
    title: Shown
    description: Shown
    social_title: str
    social_description: str
    image: str
    host: str

    @property
    def is_empty(self) -> bool:
        """Whether visitors would see no difference."""
        return not (self.is_first or self.added or self.removed or self.differences)


def make_plan(
    content: Content, kind: str, post: Post | None, *, site: Site, links: Links, work: Work
) -> Plan:
    """Compare what is written with what visitors see now."""
    live = content_of(post, live=True) if post is not None and post.live else None
    slug = content.slug or suggest_slug(content.title, kind=kind, post=post, session=work.session)
    rendered = render(content.body)
    url, old = _address(kind, slug, links), _address(kind, live.slug, links) if live else ""
    differences = compare(live, content, work.session) if live else None
    added, removed = _count(differences.body) if differences else (rendered.words, 0)
    title = content.seo_title or f"{content.title} · {site.title}"
    description = content.seo_description or content.summary or excerpt(rendered.prose)
    before = set(live.tags) if live else set()
    return Plan(
        url=uri_to_iri(url),
        trail=" › ".join(filter(None, unquote(url).split("/")[2:])),
        old_url=old if old != url else "",
        leaves_redirect=bool(post and post.first_published_at and post.slug != slug),
        is_first=live is None,
        words=rendered.words,
        added=added,
        removed=removed,
        differences=list(differences.fields) if differences else [],
        new_tags=[name for name in content.tags if name not in before],
        lost_tags=sorted(before - set(content.tags)),
        lists=_lists(content, kind, work),
        title=Shown(title, TITLE_ROOM),
        description=Shown(description, DESCRIPTION_ROOM),
        social_title=content.social_title or content.seo_title or content.title,
        social_description=content.social_description or description,
        image=_image(content, rendered.html, links),
        host=urlsplit(links.site).netloc,
    )


def _address(kind: str, slug: str, links: Links) -> str:
    if kind == "page":
        return links.absolute("frontend", "pages.show", path=slug)
    return links.absolute("frontend", "posts.show", slug=slug)


def _count(rows: Iterable[DiffLine]) -> tuple[int, int]:
    """Count the words that come and go; in a changed line only those that differ."""
    added = removed = 0
    for row in rows:
        kind = row.kind
        if kind in {"added", "changed"}:
            pieces = [p.text for p in row.new if kind == "added" or p.marked]
            added += count_words(" ".join(pieces))
        if kind in {"removed", "changed"}:
            pieces = [p.text for p in row.old if kind == "removed" or p.marked]
            removed += count_words(" ".join(pieces))
    return added, removed


def _lists(content: Content, kind: str, work: Work) -> list[str]:
    """Name the lists in which it appears."""
    if kind == "page":
        return [_("search"), _("the sitemap")]
    chosen = select(Category.name).where(Category.id.in_(content.categories))
    names = work.session.scalars(chosen.order_by(Category.path)).all()
    lists = [_("the front page"), _("the feeds"), _("the archive"), _("search")]
    lists += [_("category %(name)s", name=name) for name in names]
    return lists + [_("tag %(name)s", name=name) for name in content.tags]


def _image(content: Content, html: str, links: Links) -> str:
    """Return the picture that other sites would show, for this page."""
    found = _IMAGE.search(html)
    chosen = content.social_image or content.cover or (unescape(found[1]) if found else "")
    return links.root + chosen if chosen.startswith("/") else chosen
