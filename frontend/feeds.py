"""Feeds: the newest posts whole, with whole addresses, as Atom, RSS and JSON Feed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Response, abort, json, render_template

from frontend.frame import Frame, frame
from shared.models.reading import Summary, Where, list_public
from shared.web import now, session

SIZE = 20
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot hold even as a reference (section 2.2).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """A post as a feed tells it; `tags` are names."""

    id: str
    link: str
    post: Summary
    language: str
    tags: tuple[str, ...]
    html: str
    published: datetime
    updated: datetime

    @property
    def published_in_rss(self) -> str:
        """The date as RSS wants it (RFC 5322)."""
        return format_datetime(self.published)


@dataclass(frozen=True)
class Feed:
    """A feed: its own address, the page that it follows, and its items, newest first."""

    title: str
    own: str
    page: str
    items: tuple[Item, ...]

    @property
    def updated(self) -> datetime:
        """When the feed last changed; an empty one never did."""
        return max((item.updated for item in self.items), default=NEVER)

    @property
    def updated_in_rss(self) -> str:
        """The same as RSS wants it."""
        return format_datetime(self.updated)


def read_feed(where: Where, *, title: str, own: str, page: str) -> Feed:
    """Read a feed; `own` and `page` are paths below the site's root."""
    around = frame()
    posts = list_public(session(), where, now=now(), limit=SIZE, html=True)
    items = tuple(_item(around, post) for post in posts)
    return Feed(
        title=f"{title} · {around.site.title}" if title else around.site.title,
        own=around.address + own,
        page=around.address + page,
        items=items,
    )


def atom(where: Where, *, title: str, own: str, page: str) -> Response:
    """Answer with an Atom feed (RFC 4287); 404 for one of a tag that no public post carries."""
    feed = read_feed(where, title=title, own=own, page=page)
    if where.tag_id is not None and not feed.items:
        abort(404)
    return xml("feeds/atom.xml", "application/atom+xml", feed=feed)


def rss(feed: Feed) -> Response:
    """Answer with an RSS 2.0 feed."""
    return xml("feeds/rss.xml", "application/rss+xml", feed=feed)


def json_feed(feed: Feed) -> Response:
    """Answer with a JSON Feed 1.1."""
    site = frame().site
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.own,
        "description": site.description or site.tagline,
        "language": site.language,
        "items": [_json_item(item) for item in feed.items],
    }
    return Response(json.dumps(document, ensure_ascii=False), mimetype="application/feed+json")


def _json_item(item: Item) -> dict[str, object]:
    document: dict[str, object] = {
        "id": item.id,
        "url": item.link,
        "title": item.post.title,
        "content_html": item.html,
        "summary": item.post.excerpt,
        "date_published": frame().stamp(item.published),
        "date_modified": frame().stamp(item.updated),
        "language": item.language,
        "tags": list(item.tags),
        "authors": [{"name": author.name} for author in item.post.authors],
    }
    if item.post.cover:
        document["image"] = frame().picture_away(item.post.cover.address)
    return document


def _item(around: Frame, post: Summary) -> Item:
    return Item(
        id=stable_id(around, post),
        link=around.permalink(post),
        post=post,
        language=around.language_of(post),
        tags=tuple(dict.fromkeys(label.name for label in (*post.categories, *post.tags))),
        html=around.html_away(post),
        published=post.published_at,
        updated=post.updated_at,
    )


def stable_id(around: Frame, post: Summary) -> str:
    """Return a tag URI (RFC 4151) that outlives a change of slug."""
    host = urlsplit(around.address).hostname
    return f"tag:{host},{post.published_at:%Y-%m-%d}:post/{post.id}"


def xml(template: str, mimetype: str, **about: Any) -> Response:
    """Answer with a feed that a template writes."""
    text = render_template(template, frame=frame(), **about)
    return Response(_NOT_XML.sub("", text), mimetype=mimetype)
