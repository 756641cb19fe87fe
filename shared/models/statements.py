"""The SQL behind lists of public posts, built once per shape: building takes ten times as long
as running.

Values are bound by name: `now`, `limit`, `offset`, `reach` (limit and offset together), and those
of `Shape`.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from shared.models.base import UtcDateTime
from shared.models.post import Post
from shared.models.presentation import PostAuthor, Presentation
from shared.models.revision import Revision
from shared.models.taxonomy import Category, PostCategory, PostTag, Tag
from shared.models.user import User

# So many categories are read one by one and merged; SQLite joins at most 500 selects.
MERGED = 100

Link = type[PostTag | PostCategory | PostAuthor]


def _bound(name: str) -> Any:
    return bindparam(name)


def _instant(name: str) -> Any:
    return bindparam(name, type_=UtcDateTime())


NOW = _instant("now")
# After everything: a bound by which SQLite walks along an index, and which moves with no clock.
END: Any = bindparam("end", datetime.max.replace(tzinfo=UTC), type_=UtcDateTime())
IDS: Any = bindparam("ids", expanding=True)
NEWEST_FIRST = (Post.published_at.desc(), Post.id.desc())

COLUMNS = (
    Post.id,
    Post.kind,
    Post.slug,
    Post.title,
    Post.excerpt,
    Post.language,
    Post.words,
    Post.published_at,
    Revision.updated_at.label("revised_at"),
    Post.author_id,
    Post.byline,
    User.name.label("author_name"),
    User.slug.label("author_slug"),
    Presentation.cover,
    Presentation.cover_alt,
    Presentation.cover_x,
    Presentation.cover_y,
)
# What only the post's own page asks for.
WHOLE = (
    Post.comments,
    Presentation.seo_title,
    Presentation.seo_description,
    Presentation.social_title,
    Presentation.social_description,
    Presentation.social_image,
    Presentation.canonical,
    Presentation.template,
    Presentation.noindex,
    Presentation.translation_of,
)


class Shape(NamedTuple):
    """Which conditions a list has; `categories` is their number, bound as `category_0` and on."""

    kind: bool
    slug: bool
    tag_id: bool
    categories: int
    author_id: bool
    since: bool
    until: bool
    before: bool


@lru_cache(maxsize=512)
def list_statement(shape: Shape, *, html: bool) -> Select[Any]:
    """Select summaries, newest first, by the ids that the narrowest index gives."""
    ids = _ids(shape).limit(_bound("limit")).offset(_bound("offset")).subquery()
    columns = (*COLUMNS, Post.html) if html else COLUMNS
    columns = (*columns, *WHOLE) if html and shape.slug else columns
    return _from_posts(columns).join(ids, ids.c.id == Post.id).order_by(*NEWEST_FIRST)


def _from_posts(columns: tuple[Any, ...]) -> Select[Any]:
    joined = select(*columns).select_from(Post).outerjoin(Revision, Revision.id == Post.live_id)
    joined = joined.outerjoin(User, User.id == Post.author_id)
    return joined.outerjoin(Presentation, Presentation.post_id == Post.id)


def _ids(shape: Shape) -> Select[Any]:
    """Select ids in order from the narrowest index there is."""
    if shape.tag_id:
        return _listed(PostTag, PostTag.tag_id == _bound("tag_id"), shape)
    if shape.categories > MERGED:
        chosen = PostCategory.category_id.in_(bindparam("category_ids", expanding=True))
        return _listed(PostCategory, chosen, shape).distinct()
    if shape.categories:
        return _merged_categories(shape)
    if shape.author_id:
        return _merged_authors(shape)
    return _bounded(select(Post.id), Post.published_at, shape).order_by(*NEWEST_FIRST)


def _merged_categories(shape: Shape) -> Select[Any]:
    """Select the newest of each category, then the newest of those: each is read by its index."""
    chosen = (PostCategory.category_id == _bound(f"category_{n}") for n in range(shape.categories))
    parts = [_listed(PostCategory, condition, shape) for condition in chosen]
    return parts[0] if len(parts) == 1 else _merged(parts)


def _merged_authors(shape: Shape) -> Select[Any]:
    """Select the newest that someone answers for and that they wrote with others, then of both."""
    anyone = shape._replace(author_id=False)
    columns: tuple[Any, ...] = (Post.id.label("id"), Post.published_at.label("listed_at"))
    first: Select[Any] = select(*columns)
    first = first.where(Post.author_id == _bound("author_id"))
    first = _bounded(first, Post.published_at, anyone).order_by(*NEWEST_FIRST)
    return _merged([first, _listed(PostAuthor, PostAuthor.user_id == _bound("author_id"), anyone)])


def _merged(parts: Sequence[Select[Any]]) -> Select[Any]:
    reached = [select(part.limit(_bound("reach")).subquery()) for part in parts]
    merged = union(*reached).subquery()
    return select(merged.c.id).order_by(merged.c.listed_at.desc(), merged.c.id.desc())


def _listed(link: Link, chosen: ColumnElement[bool], shape: Shape) -> Select[Any]:
    """Walk along `listed_at`; what is public is decided by the post, whose instants are watched."""
    columns: tuple[Any, ...] = (link.post_id.label("id"), link.listed_at)
    query = select(*columns).join(Post, Post.id == link.post_id)
    query = _bounded(query.where(chosen), link.listed_at, shape).where(link.listed_at < END)
    return query.order_by(link.listed_at.desc(), link.post_id.desc())


def _bounded(query: Select[Any], at: InstrumentedAttribute[Any], shape: Shape) -> Select[Any]:
    """Narrow a query that walks along `at`: bounds on it let the index begin in the middle.

    Of several bounds SQLite takes the one that is written first, so `now` comes last.
    """
    conditions = {
        "kind": Post.kind == _bound("kind"),
        "slug": Post.slug == _bound("slug"),
        "author_id": wrote(_bound("author_id")),
        "since": at >= _instant("since"),
        "until": at < _instant("until"),
        "before": _before(at),
    }
    wanted = [condition for name, condition in conditions.items() if getattr(shape, name)]
    return query.where(*wanted, Post.public(NOW))


def wrote(author: Any) -> ColumnElement[bool]:
    """Return the condition that someone is among a post's authors."""
    with_others = select(PostAuthor.post_id).where(PostAuthor.user_id == author)
    return or_(Post.author_id == author, Post.id.in_(with_others))


def _before(at: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    instant = _instant("before_at")
    return and_(at <= instant, or_(at < instant, Post.id < _bound("before_id")))


def _after(at: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    instant = _instant("before_at")
    return and_(at >= instant, or_(at > instant, Post.id > _bound("before_id")))


def _neighbour(place: int, condition: ColumnElement[bool], *order: Any) -> Select[Any]:
    found = (
        select(literal(place).label("place"), Post.id, Post.title, Post.slug, Post.published_at)
        .where(Post.kind == _bound("kind"), condition, Post.public(NOW))
        .order_by(*order)
        .limit(1)
    )
    return select(found.subquery())


def _labels() -> CompoundSelect[Any]:
    of_tags = (
        select(
            *(PostTag.post_id, Tag.id, Tag.name, Tag.slug.label("key")),
            *(literal("tag").label("kind"), literal(0).label("place")),
        )
        .join(Tag, Tag.id == PostTag.tag_id)
        .where(PostTag.post_id.in_(IDS))
    )
    of_categories = (
        select(
            *(PostCategory.post_id, Category.id, Category.name, Category.path),
            *(literal("category"), literal(0)),
        )
        .join(Category, Category.id == PostCategory.category_id)
        .where(PostCategory.post_id.in_(IDS))
    )
    of_authors = (
        select(
            *(PostAuthor.post_id, User.id, User.name, User.slug),
            *(literal("author"), PostAuthor.place),
        )
        .join(User, User.id == PostAuthor.user_id)
        .where(PostAuthor.post_id.in_(IDS))
    )
    return union_all(of_tags, of_categories, of_authors)


# Posts by `ids`; tags, categories and further authors of `ids`; those beside (`before_at`,
# `before_id`): 0 is older.
BY_IDS = _from_posts(COLUMNS).where(Post.id.in_(IDS))
LABELS = _labels()
NEIGHBOURS = union_all(
    _neighbour(0, _before(Post.published_at), *NEWEST_FIRST),
    _neighbour(1, _after(Post.published_at), Post.published_at, Post.id),
)
