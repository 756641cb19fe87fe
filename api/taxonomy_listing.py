"""Pages of tags and categories, in the order of their slugs or paths."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.paging import Order, PageQuery, cut, read_cursor, write_cursor
from shared.models import Category, Tag

Row = TypeVar("Row", Tag, Category)


def list_rows(
    session: Session,
    kind: type[Row],
    column: InstrumentedAttribute[Any],
    query: PageQuery,
    *,
    where: Sequence[ColumnElement[bool]] = (),
) -> tuple[list[Row], str | None]:
    """Return the rows of one page and the cursor of the next."""
    scope = f"{kind.__tablename__}:{column.key}"
    order = Order(column.key, column, kind.id)
    after = read_cursor(scope, query.cursor)
    found = session.scalars(
        order.apply(select(kind).where(*where), after).limit(query.limit + 1)
    ).all()
    page, is_more = cut(found, query.limit)
    last = page[-1] if is_more else None
    cursor = write_cursor(scope, getattr(last, column.key), last.id) if last else None
    return list(page), cursor
