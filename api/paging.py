"""Pages of a list by keyset: a page begins where the last one ended, however long the list is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar

from flask import request
from itsdangerous import BadData, Serializer, URLSafeSerializer
from itsdangerous.encoding import base64_encode
from pydantic import Field
from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from api.fields import Query, Whole
from api.inputs import wrong
from shared.web import links, runtime

Row = TypeVar("Row")
SHORT = 100  # bytes


class PageQuery(Query):
    """How much of a list to give, and from where."""

    limit: Whole = Field(10, ge=1, le=100, description="How many items at most.")
    cursor: str | None = Field(
        None,
        max_length=1000,
        description="Where the page begins: `next` of the page before, with the same parameters.",
    )


@dataclass(frozen=True)
class Order:
    """A column to sort by, ties broken by id; `name` as it is asked for, such as `-title`."""

    name: str
    column: InstrumentedAttribute[Any]
    id: InstrumentedAttribute[int]

    @property
    def is_descending(self) -> bool:
        """Whether the largest comes first."""
        return self.name.startswith("-")

    def apply(self, query: Select[Any], after: tuple[Any, Any] | None) -> Select[Any]:
        """Sort a query, beginning behind the item with this value and id."""
        if after is not None:
            query = query.where(self._behind(*after))
        if self.is_descending:
            return query.order_by(self.column.desc(), self.id.desc())
        return query.order_by(self.column, self.id)

    def _behind(self, value: Any, number: Any) -> ColumnElement[bool]:
        # The first comparison lets an index begin in the middle, the second breaks ties.
        if self.is_descending:
            strictly, tie = self.column < value, self.id < number
            return and_(self.column <= value, or_(strictly, tie))
        return and_(self.column >= value, or_(self.column > value, self.id > number))


def write_cursor(scope: str, *place: Any) -> str:
    """Return a signed cursor; `scope` is what it belongs to, such as a list and its order."""
    plain = [item.isoformat() if isinstance(item, datetime) else item for item in place]
    made = _serializer(runtime().key("api:cursor"), scope).dumps(plain)
    return made if isinstance(made, str) else made.decode()


def read_cursor(scope: str, cursor: str | None, *, is_instant: bool = False) -> Any:
    """Return what a cursor holds, None for the first page; raises ApiError for any other text."""
    if cursor is None:
        return None
    try:
        place = _serializer(runtime().key("api:cursor"), scope).loads(cursor)
    except BadData as error:
        said = "This is no cursor of this list and order; leave it out to begin anew."
        raise wrong({"cursor": said}, status=400) from error
    if is_instant:
        place[0] = datetime.fromisoformat(place[0])
    return tuple(place)


def next_link(endpoint: str, cursor: str | None) -> dict[str, str]:
    """Return the Link header (RFC 8288) to the next page, if there is one."""
    if cursor is None:
        return {}
    query = request.args.to_dict() | {"cursor": cursor}
    return {"Link": f'<{links().to("api", endpoint, query=query)}>; rel="next"'}


def cut(rows: Sequence[Row], limit: int) -> tuple[Sequence[Row], bool]:
    """Return at most `limit` of the rows, and whether there were more."""
    return rows[:limit], len(rows) > limit


class _Cursors(URLSafeSerializer):
    """Signed cursors; only long ones are compressed, since a try takes as long as all the rest."""

    def dump_payload(self, obj: Any) -> bytes:
        plain = Serializer.dump_payload(self, obj)
        return base64_encode(plain) if len(plain) <= SHORT else super().dump_payload(obj)


@lru_cache(maxsize=64)
def _serializer(key: bytes, scope: str) -> _Cursors:
    return _Cursors(key, salt=scope, signer_kwargs={"digest_method": sha256})
