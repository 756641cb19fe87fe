"""Lists of public posts, read by columns rather than objects: two queries for any page of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, union, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.models.post import Post
from shared.models.revision import Revision
from shared.models.taxonomy import Category, PostCategory, PostTag, Tag
from shared.models.user import User


@dataclass(frozen=True, slots=True)
class Label:
    """A tag (`key` is its slug), a category (its path) or an author (slug) beside a post."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a public post; `html` is empty unless the list was asked for it.

    `updated_at` is when what visitors see was last written; a save that is not published yet
    does not move it.
    """

    id: int
    kind: str
    slug: str
    title: str
    excerpt: str
    language: str
    words: int
    published_at: datetime
    updated_at: datetime
    author: Label | None
    tags: tuple[Label, ...]
    categories: tuple[Label, ...]
    html: str = ""


@dataclass(frozen=True)
class Where:
    """Which public posts: each field narrows the list; `before` and `after` are keyset bounds."""

    kind: str | None = "post"
    slug: str | None = None
    tag_id: int | None = None
    category_ids: Sequence[int] = ()
    author_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: tuple[datetime, int] | None = None


# So many categories are read one by one and merged; SQLite joins at most 500 selects.
MERGED = 100

Instants = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]

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
    Post.byline,
    User.name.label("author_name"),
    User.slug.label("author_slug"),
)


def list_public(
    session: Session,
    where: Where = Where(),
    *,
    now: datetime,
    limit: int,
    offset: int = 0,
    html: bool = False,
) -> list[Summary]:
    """Return public posts, newest first."""
    ids = _ids(where, now, limit + offset).limit(limit).offset(offset).subquery()
    columns = (*COLUMNS, Post.html) if html else COLUMNS
    rows = session.execute(
        _from_posts(columns)
        .join(ids, ids.c.id == Post.id)
        .order_by(Post.published_at.desc(), Post.id.desc())
    ).all()
    return _summaries(session, rows)


def list_by_ids(session: Session, ids: Sequence[int]) -> list[Summary]:
    """Return posts in the order of their ids, as a search gives them."""
    rows = session.execute(_from_posts(COLUMNS).where(Post.id.in_(ids))).all()
    by_id = {item.id: item for item in _summaries(session, rows)}
    return [by_id[number] for number in ids if number in by_id]


def find_neighbours(
    session: Session, post: Post | Summary, *, now: datetime
) -> tuple[Label | None, Label | None]:
    """Return the public posts just before and just after one, as name and slug."""
    place = (Post.published_at, Post.id)
    public = select(Post.title, Post.slug).where(Post.kind == post.kind, Post.public(now))
    at = post.published_at
    if at is None:
        return None, None
    older = public.where(_before(place[0], at, post.id)).order_by(*(c.desc() for c in place))
    newer = public.where(_after(place[0], at, post.id)).order_by(*place)
    found = [session.execute(query.limit(1)).first() for query in (older, newer)]
    labels = [Label(row.title, row.slug) if row else None for row in found]
    return labels[0], labels[1]


def subtree(session: Session, category: Category) -> list[int]:
    """Return the ids of a category and all below it."""
    below = Category.path.startswith(f"{category.path}/", autoescape=True)
    return list(session.scalars(select(Category.id).where(or_(Category.id == category.id, below))))


def _from_posts(columns: tuple[Any, ...]) -> Select[Any]:
    joined = select(*columns).select_from(Post).outerjoin(Revision, Revision.id == Post.live_id)
    return joined.outerjoin(User, User.id == Post.author_id)


def _ids(where: Where, now: datetime, reach: int) -> Select[Any]:
    """Select ids in order from the narrowest index there is; only the first `reach` count."""
    if where.tag_id is not None:
        return _listed(PostTag, PostTag.tag_id == where.tag_id, where, now)
    if where.category_ids and len(where.category_ids) <= MERGED:
        # The newest of each, then the newest of those: every part is read from its index.
        parts = [
            _listed(PostCategory, PostCategory.category_id == number, where, now).limit(reach)
            for number in where.category_ids
        ]
        if len(parts) == 1:
            return parts[0]
        merged = union(*(select(part.subquery()) for part in parts)).subquery()
        return select(merged.c.id).order_by(merged.c.listed_at.desc(), merged.c.id.desc())
    if where.category_ids:
        listed = _listed(PostCategory, PostCategory.category_id.in_(where.category_ids), where, now)
        return listed.distinct()
    return _bounded(select(Post.id), Post.published_at, where, now).order_by(
        Post.published_at.desc(), Post.id.desc()
    )


def _listed(
    link: type[PostTag | PostCategory], chosen: ColumnElement[bool], where: Where, now: datetime
) -> Select[Any]:
    columns: tuple[Any, ...] = (link.post_id.label("id"), link.listed_at)
    query = select(*columns).join(Post, Post.id == link.post_id)
    query = _bounded(query.where(chosen, link.listed_at <= now), link.listed_at, where, now)
    return query.order_by(link.listed_at.desc(), link.post_id.desc())


def _bounded(query: Select[Any], at: Instants, where: Where, now: datetime) -> Select[Any]:
    """Narrow a query that walks along `at`: bounds on it let the index begin in the middle."""
    query = query.where(Post.public(now))
    if where.kind is not None:
        query = query.where(Post.kind == where.kind)
    if where.slug is not None:
        query = query.where(Post.slug == where.slug)
    if where.author_id is not None:
        query = query.where(Post.author_id == where.author_id)
    if where.since is not None:
        query = query.where(at >= where.since)
    if where.until is not None:
        query = query.where(at < where.until)
    if where.before is not None:
        query = query.where(_before(at, *where.before))
    return query


def _before(at: Instants, instant: datetime, post_id: int) -> ColumnElement[bool]:
    return and_(at <= instant, or_(at < instant, Post.id < post_id))


def _after(at: Instants, instant: datetime, post_id: int) -> ColumnElement[bool]:
    return and_(at >= instant, or_(at > instant, Post.id > post_id))


def _summaries(session: Session, rows: Sequence[Any]) -> list[Summary]:
    tags, categories = labels_of(session, [row.id for row in rows])
    return [
        Summary(
            id=row.id,
            kind=row.kind,
            slug=row.slug,
            title=row.title,
            excerpt=row.excerpt,
            language=row.language,
            words=row.words,
            published_at=row.published_at,
            updated_at=max(row.published_at, row.revised_at or row.published_at),
            author=_author(row),
            tags=tuple(tags[row.id]),
            categories=tuple(categories[row.id]),
            html=getattr(row, "html", ""),
        )
        for row in rows
    ]


def _author(row: Any) -> Label | None:
    if row.author_name is None:
        return Label(row.byline, "") if row.byline else None
    return Label(row.byline or row.author_name, row.author_slug)


def labels_of(
    session: Session, ids: Iterable[int]
) -> tuple[dict[int, list[Label]], dict[int, list[Label]]]:
    """Return tags and categories of many posts with one query."""
    ids = list(ids)
    tags: dict[int, list[Label]] = defaultdict(list)
    categories: dict[int, list[Label]] = defaultdict(list)
    if not ids:
        return tags, categories
    of_tags = (
        select(PostTag.post_id, Tag.name, Tag.slug.label("key"), literal(0).label("is_category"))
        .join(Tag, Tag.id == PostTag.tag_id)
        .where(PostTag.post_id.in_(ids))
    )
    of_categories = (
        select(PostCategory.post_id, Category.name, Category.path, literal(1))
        .join(Category, Category.id == PostCategory.category_id)
        .where(PostCategory.post_id.in_(ids))
    )
    for post_id, name, key, is_category in session.execute(union_all(of_tags, of_categories)):
        (categories if is_category else tags)[post_id].append(Label(name, key))
    for labels in (*tags.values(), *categories.values()):
        labels.sort(key=lambda label: label.key)
    return tags, categories
