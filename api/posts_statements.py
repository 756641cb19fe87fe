"""The SQL behind lists of posts in any state and order, built once per shape.

Building a statement costs more than running it. Values are bound by name: `kind`, `now`,
`limit`, `after_value`, `after_id` and those that `Shape` says there are.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from api.paging import Order
from shared.models import (
    Post,
    PostCategory,
    PostTag,
    Presentation,
    Revision,
    User,
    UtcDateTime,
)
from shared.models.statements import WHOLE, wrote

Link = type[PostTag | PostCategory]

COLUMNS = (
    Post.id,
    Post.kind,
    Post.slug,
    Post.title,
    Post.excerpt,
    Post.summary,
    Post.language,
    Post.words,
    Post.byline,
    Post.version,
    Post.live_id,
    Post.working_id,
    Post.published_at,
    Post.expires_at,
    Post.updated_at,
    Revision.updated_at.label("revised_at"),
    User.name.label("author_name"),
    User.slug.label("author_slug"),
    Presentation.cover,
    Presentation.cover_alt,
    Presentation.cover_x,
    Presentation.cover_y,
)
CONTENT = (Post.body, Post.html, Post.meta, *WHOLE)


class PostRow(NamedTuple):
    """A row of COLUMNS and CONTENT: its names cost a tenth of those of SQLAlchemy's rows."""

    id: int
    kind: str
    slug: str
    title: str
    excerpt: str
    summary: str
    language: str
    words: int
    byline: str
    version: int
    live_id: int | None
    working_id: int | None
    published_at: datetime | None
    expires_at: datetime | None
    updated_at: datetime
    revised_at: datetime | None
    author_name: str | None
    author_slug: str | None
    cover: str | None
    cover_alt: str | None
    cover_x: int | None
    cover_y: int | None
    body: str = ""
    html: str = ""
    meta: dict[str, Any] = {}  # noqa: RUF012 - nobody writes to what was read
    comments: str = ""
    seo_title: str | None = None  # NULL, as what follows, where a post has no presentation
    seo_description: str | None = None
    social_title: str | None = None
    social_description: str | None = None
    social_image: str | None = None
    canonical: str | None = None
    template: str | None = None
    noindex: bool | None = None
    translation_of: int | None = None


def rows_of(found: Sequence[Any]) -> list[PostRow]:
    """Return the rows that a statement of this module found."""
    return [PostRow(*row) for row in found]


SORTED: dict[str, InstrumentedAttribute[Any]] = {
    "published_at": Post.published_at,
    "updated_at": Post.updated_at,
    "title": Post.title,
}
NOW: Any = bindparam("now", type_=UtcDateTime())


class Shape(NamedTuple):
    """What a list is like; a flag says that the value of its name is bound.

    `coauthor` says that the author also wrote what someone else answers for.

    `categories` is how many categories count: 1 is bound as `category_id`, more as
    `category_ids`.
    """

    status: str
    order: str
    content: bool
    tag_id: bool
    categories: int
    author_id: bool
    coauthor: bool
    owner_id: bool
    language: bool
    since: bool
    until: bool
    after: bool


def select_rows(*, content: bool) -> Select[Any]:
    """Select what representations are made of; `content` adds the text."""
    columns = (*COLUMNS, *CONTENT) if content else COLUMNS
    joined = select(*columns).select_from(Post).outerjoin(Revision, Revision.id == Post.live_id)
    joined = joined.outerjoin(User, User.id == Post.author_id)
    return joined.outerjoin(Presentation, Presentation.post_id == Post.id)


BY_ID = select_rows(content=True).where(Post.id == bindparam("id"))
BY_IDS = select_rows(content=True).where(Post.id.in_(bindparam("ids", expanding=True)))


@lru_cache(maxsize=512)
def list_statement(shape: Shape) -> Select[Any]:
    """Select one page of a list, walking the index of its order."""
    name = shape.order.lstrip("-")
    link = _link(shape) if name == "published_at" else None
    query = select_rows(content=shape.content).where(Post.kind == bindparam("kind"))
    if link is None:
        order = Order(shape.order, SORTED[name], Post.id)
    else:
        order = Order(shape.order, link.listed_at, link.post_id)
        query = query.join(link, and_(link.post_id == Post.id, _chosen(link)))
    query = query.where(*_conditions(shape, order), *_taxonomy(shape, link))
    after: Any = (bindparam("after_value", type_=order.column.type), bindparam("after_id"))
    return order.apply(query, after if shape.after else None).limit(bindparam("limit"))


def _link(shape: Shape) -> Link | None:
    """Return the table whose index leads from a tag or category to its posts in order."""
    if shape.tag_id:
        return PostTag
    return PostCategory if shape.categories == 1 else None


def _chosen(link: Link) -> ColumnElement[bool]:
    if link is PostTag:
        return PostTag.tag_id == bindparam("tag_id")
    return PostCategory.category_id == bindparam("category_id")


def _taxonomy(shape: Shape, walked: Link | None) -> list[ColumnElement[bool]]:
    """Return the conditions on tag and categories whose index is not walked."""
    found: list[ColumnElement[bool]] = []
    if shape.tag_id and walked is not PostTag:
        found.append(Post.id.in_(select(PostTag.post_id).where(_chosen(PostTag))))
    if shape.categories and walked is not PostCategory:
        chosen = PostCategory.category_id.in_(bindparam("category_ids", expanding=True))
        found.append(Post.id.in_(select(PostCategory.post_id).where(chosen)))
    return found


def _conditions(shape: Shape, order: Order) -> list[ColumnElement[bool]]:
    dated = order.column.key in {"published_at", "listed_at"}
    at = order.column if dated else Post.published_at
    language: Any = bindparam("language")
    wanted = {
        "author_id": _by(shape),
        "owner_id": Post.author_id == bindparam("owner_id"),
        "language": or_(Post.language == language, Post.language.startswith(language + "-")),
        "since": at >= bindparam("since", type_=UtcDateTime()),
        "until": at < bindparam("until", type_=UtcDateTime()),
    }
    found = [condition for name, condition in wanted.items() if getattr(shape, name)]
    state = _state(shape.status)
    if not dated:  # else SQLite takes the index of published_at, and sorts all it finds there
        return [*found, case((state, 1), else_=0) == 1]
    return [*found, state, at > NOW if shape.status == "scheduled" else at <= NOW]


def _by(shape: Shape) -> ColumnElement[bool]:
    """Return the condition on the author; who never wrote with others is found by one index."""
    author: Any = bindparam("author_id")
    return wrote(author) if shape.coauthor else Post.author_id == author


def _state(status: str) -> ColumnElement[bool]:
    """Return the condition that `Post.status` tells of one post."""
    states: dict[str, ColumnElement[bool]] = {
        "published": Post.public(NOW),
        "scheduled": Post.published_at > NOW,
        "expired": and_(Post.published_at <= NOW, Post.expires_at <= NOW),
        "draft": and_(Post.published_at.is_(None), Post.trashed_at.is_(None)),
        "trashed": Post.trashed_at.is_not(None),
    }
    return states[status]
