"""Which posts a list holds: filters and order, each from the narrowest index there is."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.callers import Caller, missing_scope
from api.inputs import wrong
from api.paging import Order, cut, read_cursor, write_cursor
from api.posts_showing import select_rows, show_rows
from api.schemas.posts import PostList, PostsQuery
from shared.domain.permissions import Permission, permission_on
from shared.models import Category, Post, PostCategory, PostTag, Tag, User
from shared.models.reading import subtree

COLUMNS: dict[str, InstrumentedAttribute[Any]] = {
    "published_at": Post.published_at,
    "updated_at": Post.updated_at,
    "title": Post.title,
}
DATED = frozenset({"published", "scheduled", "expired"})


def list_posts(
    session: Session, kind: str, query: PostsQuery, *, caller: Caller, now: datetime
) -> PostList:
    """Return one page of a list; raises ApiError where the caller or an order does not fit."""
    inside = caller.has(permission_on(kind, "read"))
    order = _order(query, kind, inside=inside)
    scope = f"{kind}:{query.status}:{order.name}"
    after = read_cursor(scope, query.cursor, is_instant="title" not in order.name)
    content = query.include == "content"
    rows = select_rows(content=content).where(
        Post.kind == kind, _in_state(query.status, now), *_filters(session, query)
    )
    if query.status != "published" and not inside:
        rows = rows.where(_own(caller, kind))
    order, rows = _walk_tag(session, order, rows, query)
    found = session.execute(order.apply(rows, after).limit(query.limit + 1)).all()
    page, is_more = cut(found, query.limit)
    column = order.name.lstrip("-")
    return PostList(
        items=show_rows(session, page, status=query.status, inside=inside, content=content),
        next=write_cursor(scope, getattr(page[-1], column), page[-1].id) if is_more else None,
    )


def _order(query: PostsQuery, kind: str, *, inside: bool) -> Order:
    name = query.sort or ("-published_at" if query.status == "published" else "-updated_at")
    column = name.lstrip("-")
    if column == "updated_at" and query.status == "published" and not inside:
        raise missing_scope(f"{kind}s:read")
    if column == "published_at" and query.status not in DATED:
        raise wrong({"sort": f"{query.status} has no published_at; sort by another."}, status=400)
    return Order(name, COLUMNS[column], Post.id)


def _in_state(status: str, now: datetime) -> ColumnElement[bool]:
    """Return the condition that `Post.status` tells of one post."""
    states: dict[str, ColumnElement[bool]] = {
        "published": Post.public(now),
        "scheduled": Post.published_at > now,
        "expired": (Post.published_at <= now) & (Post.expires_at <= now),
        "draft": Post.published_at.is_(None) & Post.trashed_at.is_(None),
        "trashed": Post.trashed_at.is_not(None),
    }
    return states[status]


def _own(caller: Caller, kind: str) -> ColumnElement[bool]:
    """Return the condition of one's own posts for an author; others lack the scope."""
    user_id = caller.actor.user_id
    if kind != "post" or user_id is None or not caller.has(Permission.POSTS_CREATE):
        raise missing_scope(f"{kind}s:read")
    return Post.author_id == user_id


def _filters(session: Session, query: PostsQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.author is not None:
        found.append(Post.author_id == _id_of(session, User.id, User.slug == query.author))
    if query.language is not None:
        below = Post.language.startswith(f"{query.language}-", autoescape=True)
        found.append(or_(Post.language == query.language, below))
    if query.since is not None:
        found.append(Post.published_at >= query.since)
    if query.until is not None:
        found.append(Post.published_at < query.until)
    if query.category is not None:
        found.append(_in_category(session, query.category))
    return found


def _in_category(session: Session, path: str) -> ColumnElement[bool]:
    category = session.scalar(select(Category).where(Category.path == path))
    if category is None:
        return false()
    ids = subtree(session, category)
    link = PostCategory.post_id == Post.id
    return exists().where(link, PostCategory.category_id.in_(ids))


def _walk_tag(
    session: Session, order: Order, rows: Select[Any], query: PostsQuery
) -> tuple[Order, Select[Any]]:
    """Narrow to a tag; in order of publication its own index is walked."""
    if query.tag is None:
        return order, rows
    tag_id = _id_of(session, Tag.id, Tag.slug == query.tag)
    rows = rows.join(PostTag, PostTag.post_id == Post.id).where(PostTag.tag_id == tag_id)
    if order.column is not Post.published_at:
        return order, rows
    return Order(order.name, PostTag.listed_at, PostTag.post_id), rows


def _id_of(
    session: Session, column: InstrumentedAttribute[int], condition: ColumnElement[bool]
) -> int:
    """Return an id, or one that no row has."""
    return session.scalar(select(column).where(condition)) or 0
