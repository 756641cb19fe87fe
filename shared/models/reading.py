"""Lists of public posts, read by columns rather than objects: two queries for any page of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session

from shared.models.post import Post
from shared.models.taxonomy import Category, PostCategory, PostTag, Tag
from shared.models.user import User


@dataclass(frozen=True, slots=True)
class Label:
    """A tag (`key` is its slug), a category (its path) or an author (slug) beside a post."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a public post; `html` is empty unless the list was asked for it."""

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
    tag_id: int | None = None
    category_ids: Sequence[int] = ()
    author_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: tuple[datetime, int] | None = None


COLUMNS = (
    Post.id,
    Post.kind,
    Post.slug,
    Post.title,
    Post.excerpt,
    Post.language,
    Post.words,
    Post.published_at,
    Post.updated_at,
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
    ids = _ids(where, now).limit(limit).offset(offset).subquery()
    columns = (*COLUMNS, Post.html) if html else COLUMNS
    rows = session.execute(
        select(*columns)
        .join(ids, ids.c.id == Post.id)
        .outerjoin(User, User.id == Post.author_id)
        .order_by(Post.published_at.desc(), Post.id.desc())
    ).all()
    return _summaries(session, rows)


def list_by_ids(session: Session, ids: Sequence[int]) -> list[Summary]:
    """Return posts in the order of their ids, as a search gives them."""
    rows = session.execute(
        select(*COLUMNS).outerjoin(User, User.id == Post.author_id).where(Post.id.in_(ids))
    ).all()
    by_id = {item.id: item for item in _summaries(session, rows)}
    return [by_id[number] for number in ids if number in by_id]


def find_neighbours(
    session: Session, post: Post, *, now: datetime
) -> tuple[Label | None, Label | None]:
    """Return the public posts just before and just after one, as name and slug."""
    place = (Post.published_at, Post.id)
    public = select(Post.title, Post.slug).where(Post.kind == post.kind, Post.public(now))
    older = public.where(_before(post.published_at, post.id)).order_by(*(c.desc() for c in place))
    newer = public.where(_after(post.published_at, post.id)).order_by(*place)
    found = [session.execute(query.limit(1)).first() for query in (older, newer)]
    labels = [Label(row.title, row.slug) if row else None for row in found]
    return labels[0], labels[1]


def subtree(session: Session, category: Category) -> list[int]:
    """Return the ids of a category and all below it."""
    below = Category.path.startswith(f"{category.path}/", autoescape=True)
    return list(session.scalars(select(Category.id).where(or_(Category.id == category.id, below))))


def _ids(where: Where, now: datetime) -> Select[Any]:
    """Select ids in order from the narrowest index there is for these conditions."""
    if where.tag_id is not None:
        link: type[PostTag | PostCategory] = PostTag
        chosen = select(PostTag.post_id.label("id")).where(PostTag.tag_id == where.tag_id)
    elif where.category_ids:
        link = PostCategory
        chosen = select(PostCategory.post_id.label("id")).where(
            PostCategory.category_id.in_(where.category_ids)
        )
        if len(where.category_ids) > 1:
            chosen = chosen.distinct().add_columns(PostCategory.listed_at)
    else:
        return _bounded(select(Post.id), where, now).order_by(
            Post.published_at.desc(), Post.id.desc()
        )
    listed = _bounded(chosen.join(Post, Post.id == link.post_id), where, now)
    return listed.where(link.listed_at <= now).order_by(link.listed_at.desc(), link.post_id.desc())


def _bounded(query: Select[Any], where: Where, now: datetime) -> Select[Any]:
    query = query.where(Post.public(now))
    if where.kind is not None:
        query = query.where(Post.kind == where.kind)
    if where.author_id is not None:
        query = query.where(Post.author_id == where.author_id)
    if where.since is not None:
        query = query.where(Post.published_at >= where.since)
    if where.until is not None:
        query = query.where(Post.published_at < where.until)
    if where.before is not None:
        query = query.where(_before(*where.before))
    return query


def _before(at: datetime | None, post_id: int) -> Any:
    return or_(Post.published_at < at, and_(Post.published_at == at, Post.id < post_id))


def _after(at: datetime | None, post_id: int) -> Any:
    return or_(Post.published_at > at, and_(Post.published_at == at, Post.id > post_id))


def _summaries(session: Session, rows: Sequence[Any]) -> list[Summary]:
    tags, categories = _labels(session, [row.id for row in rows])
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
            updated_at=row.updated_at,
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


def _labels(
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
