"""Search results as the site shows them: in pages, each with the passage that was found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from frontend.paging import Listing, take_page
from frontend.wording import Words
from shared.content.snippets import snippet
from shared.domain.search import search
from shared.domain.search_sql import CAP
from shared.models import Post
from shared.models.reading import Summary, list_by_ids
from shared.models.reads import read
from shared.web import now, session

WIDTH = 240  # columns of a snippet
TEXTS = select(Post.id, Post.html).where(Post.id.in_(bindparam("ids", expanding=True)))

_PHRASE = re.compile(
    r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|s|small|span|strong|sub|sup)\b[^>]*>"
)
_CONTENTS = re.compile(r'<nav class="toc".*?</nav>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Hit:
    """A post and the passage of it that answers the query."""

    post: Summary
    passage: Markup


@dataclass(frozen=True)
class Results:
    """A page of hits; `total` stops counting at CAP."""

    listing: Listing[Hit]
    total: int

    def summary(self, query: str, words: Words) -> str:
        """Say how much was found."""
        if self.total >= CAP:
            return words.many_results.format(CAP - 1, query)
        if self.total <= 1:
            return (words.result if self.total else words.no_results).format(query)
        return words.results.format(self.total, query)


def find(query: str, *, size: int, path: str) -> Results:
    """Return the page of results that the request asks for."""
    total = 0

    def fetch(*, limit: int, offset: int) -> Sequence[Hit]:
        nonlocal total
        if not query:
            return []
        found = search(session(), query, now=now(), limit=limit, offset=offset)
        total = found.total
        return _hits(session(), found.ids, query)

    listing = take_page(fetch, size=size, path=path, query={"q": query} if query else {})
    return Results(listing, total)


def _text(html: str) -> str:
    return unescape(_TAG.sub(" ", _PHRASE.sub("", _CONTENTS.sub("", html))))


def _hits(session: Session, ids: Sequence[int], query: str) -> list[Hit]:
    if not ids:
        return []
    rows = read(session, TEXTS, {"ids": ids}, of=lambda rows: [f"post:{row.id}" for row in rows])
    texts = {post_id: _text(html) for post_id, html in rows}
    return [
        Hit(post, Markup(snippet(texts[post.id], query, width=WIDTH)))  # noqa: S704 - escapes itself
        for post in list_by_ids(session, ids)
    ]
