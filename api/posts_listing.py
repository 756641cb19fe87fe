"""Which posts a list holds, by its parameters and by who asks."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.callers import Caller, missing_scope
from api.inputs import wrong
from api.paging import cut, read_cursor, write_cursor
from api.posts_showing import show_rows
from api.posts_statements import Shape, list_statement, rows_of
from api.schemas.posts import PostList, PostsQuery
from shared.domain.permissions import Permission, permission_on
from shared.models import Category, PostAuthor, Tag, User
from shared.models.reading import subtree

DATED = frozenset({"published", "scheduled", "expired"})
NOBODY = 0  # an id that no row has


def list_posts(
    session: Session, kind: str, query: PostsQuery, *, caller: Caller, now: datetime
) -> PostList:
    """Return one page of a list; raises ApiError where the caller or an order does not fit."""
    inside = caller.has(permission_on(kind, "read"))
    order = _order(query, kind, inside=inside)
    column = order.lstrip("-")
    scope = f"{kind}:{query.status}:{order}"
    after = read_cursor(scope, query.cursor, is_instant=column != "title")
    values = _filters(session, query)
    if query.status != "published" and not inside:
        values["owner_id"] = _own(caller, kind)
    others = values.pop("coauthor", False)
    shape = _shape(query, order, values, after=after is not None, coauthor=others)
    if after is not None:
        values["after_value"], values["after_id"] = after
    values |= {"kind": kind, "now": now, "limit": query.limit + 1}
    found = rows_of(session.connection().execute(list_statement(shape), values).all())
    page, is_more = cut(found, query.limit)
    shown = show_rows(session, page, status=query.status, inside=inside, content=shape.content)
    cursor = write_cursor(scope, getattr(page[-1], column), page[-1].id) if is_more else None
    return PostList.model_validate({"items": shown, "next": cursor})


def _shape(
    query: PostsQuery, order: str, values: dict[str, Any], *, after: bool, coauthor: bool
) -> Shape:
    names = ("tag_id", "author_id", "owner_id", "language", "since", "until")
    return Shape(
        status=query.status,
        order=order,
        content=query.include == "content",
        categories=min(len(values.get("category_ids", ())), 2),
        after=after,
        coauthor=coauthor,
        **{name: name in values for name in names},
    )


def _order(query: PostsQuery, kind: str, *, inside: bool) -> str:
    order = query.sort or ("-published_at" if query.status == "published" else "-updated_at")
    column = order.lstrip("-")
    if column == "updated_at" and query.status == "published" and not inside:
        raise missing_scope(f"{kind}s:read")
    if column == "published_at" and query.status not in DATED:
        raise wrong({"sort": f"{query.status} has no published_at; sort by another."}, status=400)
    return order


def _own(caller: Caller, kind: str) -> int:
    """Return whose posts an author may list besides public ones; others lack the scope."""
    user_id = caller.actor.user_id
    if kind != "post" or user_id is None or not caller.has(Permission.POSTS_CREATE):
        raise missing_scope(f"{kind}s:read")
    return user_id


def _filters(session: Session, query: PostsQuery) -> dict[str, Any]:
    """Return the values to compare with; what is not known compares with NOBODY."""
    found: dict[str, Any] = {
        name: value
        for name in ("language", "since", "until")
        if (value := getattr(query, name)) is not None
    }
    if query.author is not None:
        with_others = exists().where(PostAuthor.user_id == User.id)
        person = session.execute(select(User.id, with_others).where(User.slug == query.author))
        found["author_id"], found["coauthor"] = person.one_or_none() or (NOBODY, False)
    if query.tag is not None:
        found["tag_id"] = _id_of(session, Tag.id, Tag.slug == query.tag)
    if query.category is not None:
        category = session.scalar(select(Category).where(Category.path == query.category))
        found["category_ids"] = subtree(session, category) if category else [NOBODY]
        found["category_id"] = found["category_ids"][0]
    return found


def _id_of(
    session: Session, column: InstrumentedAttribute[int], condition: ColumnElement[bool]
) -> int:
    return session.scalar(select(column).where(condition)) or NOBODY
