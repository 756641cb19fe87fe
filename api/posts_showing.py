"""Rows of posts become representations: two queries for any number of them.

They are plain values at first: the schema of the answer that holds them checks them all at once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.posts_statements import BY_ID, PostRow, rows_of
from api.schemas.posts import AuthorRef
from api.schemas.posts import Post as Shown
from shared.content.excerpt import excerpt
from shared.content.links import absolutise
from shared.content.markdown import render
from shared.domain.posts import Content, content_of
from shared.domain.posts.details import PRESENTED, find_people
from shared.domain.taxonomy import tag_slug
from shared.models import Category, Post
from shared.models.own_links import fill_in_links
from shared.models.presentation import CENTRE
from shared.models.reading import Details, Label, labels_of
from shared.web import links, now
from shared.web.links import Links

SAME = ("title", "slug", "summary", "language", "comments")
TOLD = Details._fields


def show_rows(
    session: Session, rows: Sequence[PostRow], *, status: str, inside: bool, content: bool
) -> list[dict[str, Any]]:
    """Make representations; `inside` for callers who may read what is not public."""
    labels = labels_of(session, [row.id for row in rows])
    place = links()
    texts = _texts(session, rows) if content else [""] * len(rows)
    shown = []
    for row, text in zip(rows, texts, strict=True):
        values = _plain(row, place) | {"status": status}
        values["tags"] = [{"name": tag.name, "slug": tag.key} for tag in labels[row.id].tags]
        values["categories"] = _paths(labels[row.id].categories)
        others = [{"name": who.name, "slug": who.key} for who in labels[row.id].authors]
        values["authors"] = [values["author"], *others] if values["author"] else others
        if inside:
            values |= _inside(row)
        if content:
            html = absolutise(text, base=place.site, page=values["url"])
            values |= _content(row, html, inside=inside)
        shown.append(values)
    return shown


def show_post(session: Session, post: Post, *, now: datetime, inside: bool) -> Shown:
    """Make the representation of one post's live version, or of a draft that has none."""
    rows = rows_of(session.connection().execute(BY_ID, {"id": post.id}).all())
    status = post.status(now)
    [values] = show_rows(session, rows, status=status, inside=inside, content=True)
    if inside:
        saved = content_of(post, live=post.live is not None)
        values["coauthors"] = list(saved.coauthors)
    return Shown(**values)


def show_working(session: Session, post: Post, *, now: datetime) -> Shown:
    """Make the representation with what is not published yet."""
    content, shown = content_of(post), show_post(session, post, now=now, inside=True)
    url = _url(links(), post.kind, content.slug)
    rendered = render(content.body)
    (html,) = fill_in_links(session, [rendered.html], now=now)
    chosen = select(Category.name, Category.path).where(Category.id.in_(content.categories))
    rows = session.execute(chosen.order_by(Category.path))
    values = shown.model_dump() | {
        **{name: getattr(content, name) for name in (*SAME, *PRESENTED)},
        "url": url,
        "excerpt": content.summary or excerpt(rendered.prose),
        "byline": content.byline,
        "meta": dict(content.meta),
        "words": rendered.words,
        "tags": [{"name": name, "slug": tag_slug(name)} for name in content.tags],
        "categories": [{"name": row.name, "path": row.path} for row in rows],
        "coauthors": list(content.coauthors),
        "authors": _people(shown.author, content.coauthors, session),
        "markdown": content.body,
        "html": absolutise(html, base=links().site, page=url),
    }
    return Shown(**values)


def current_document(post: Post) -> dict[str, Any]:
    """Return a post's working content as the document that a merge patch applies to."""
    document = content_of(post).as_document()
    document["markdown"] = document.pop("body")
    return document


def as_content(document: dict[str, Any]) -> Content:
    """Return the content that a checked document stands for."""
    return Content.from_document(document | {"body": document.pop("markdown")})


def _plain(row: PostRow, place: Links) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "slug": row.slug,
        "url": _url(place, row.kind, row.slug),
        "title": row.title,
        "excerpt": row.excerpt,
        "summary": row.summary,
        "language": row.language,
        "author": _author(row),
        "published_at": row.published_at,
        "expires_at": row.expires_at,
        "cover": row.cover or "",
        "cover_alt": row.cover_alt or "",
        "cover_x": CENTRE if row.cover_x is None else row.cover_x,
        "cover_y": CENTRE if row.cover_y is None else row.cover_y,
        "updated_at": _changed_at(row),
        "words": row.words,
    }


def _inside(row: PostRow) -> dict[str, Any]:
    changed = row.live_id is not None and row.working_id is not None
    return {"version": row.version, "changed": changed, "updated_at": row.updated_at}


def _content(row: PostRow, html: str, *, inside: bool) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in TOLD}
    values = {"markdown": row.body, "html": html}
    values |= {name: value for name, value in told.items() if value is not None}
    return values | ({"byline": row.byline, "meta": row.meta} if inside else {})


def _texts(session: Session, rows: Sequence[PostRow]) -> list[str]:
    """Return the rendered texts; a draft that is not live keeps none, or an old one."""
    stored = (row.html if row.live_id is not None else render(row.body).html for row in rows)
    return fill_in_links(session, list(stored), now=now())


def _changed_at(row: PostRow) -> datetime:
    """Return when what visitors see was last written; saving a draft does not move it."""
    known: list[datetime] = [at for at in (row.published_at, row.revised_at) if at is not None]
    return max(known) if known else row.updated_at


def _author(row: PostRow) -> dict[str, str] | None:
    if row.author_name is None:
        return {"name": row.byline, "slug": ""} if row.byline else None
    return {"name": row.byline or row.author_name, "slug": row.author_slug or ""}


def _people(
    author: AuthorRef | None, ids: tuple[int, ...], session: Session
) -> list[dict[str, str]]:
    """Return the author and who else is to be named, in order."""
    known = find_people(ids, session)
    others = [known[number] for number in ids if number in known]
    first = [author.model_dump()] if author else []
    return [*first, *({"name": user.name, "slug": user.slug} for user in others)]


def _paths(categories: list[Label]) -> list[dict[str, str]]:
    return [{"name": category.name, "path": category.key} for category in categories]


def _url(place: Links, kind: str, slug: str) -> str:
    if kind == "page":
        return place.absolute("frontend", "pages.show", path=slug)
    return place.absolute("frontend", "posts.show", slug=slug)
