"""The statements of a list, kept where they can be: to build one takes longer than to run it."""

from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    column,
    false,
    func,
    literal,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.crud.narrowing import CAP, Narrowing, Shape, narrow
from admin.crud.screen import Screen
from admin.crud.state import State

LOOKS = 1_000
RARE = 50  # one of so many is met on the walk: rather sort what an index finds
# The ids as one value: a thousand values take SQLAlchemy milliseconds to put into their places.
AMONG: Final = {
    "sqlite": text("SELECT value AS id FROM json_each(:among)").columns(column("id")),
    "postgresql": text(
        "SELECT CAST(value AS bigint) AS id FROM json_array_elements_text(CAST(:among AS json))"
    ).columns(column("id")),
}
PLACE: Final = bindparam("place_id", type_=Integer)
Ids = Select[int]


class Count(NamedTuple):
    """How many rows were counted, and how many were looked at for that, where not all were."""

    total: int
    looked: int

    @property
    def is_whole(self) -> bool:
        """Whether no row was left out."""
        return self.looked < LOOKS


class Part(NamedTuple):
    """Which rows in which order; `few` of them, when to sort them costs less than to walk.

    `empty` asks for the rows without a value in the column `sort`, or for those with one; None
    asks for both. Those that stand `beyond` a place are bound to it as `place` and `place_id`.
    """

    few: bool
    empty: bool | None
    sort: str
    descending: bool
    limit: int
    is_beyond: bool = False


class Statements:
    """What selects the rows of a list narrowed to a shape: their number, and some in order."""

    def __init__(self, screen: Screen, shape: Shape) -> None:
        self._screen, self._shape = screen, shape
        self._key: InstrumentedAttribute[int] = screen.model.id
        self._made: dict[Part, Select[Any]] = {}

    @cached_property
    def count(self) -> Select[int, int]:
        """Select how many rows there are, and how many were looked at to count them.

        Where an index finds the rows all are counted, until CAP. Else only so many rows are looked
        at, and no number is told beyond these.
        """
        shape = self._shape
        if shape.has_ids:
            ids = self.ids(CAP + 1).subquery()
            return select(func.count(), literal(LOOKS if shape.is_sampled else 0)).select_from(ids)
        if not self._rest:
            ids = self._found(CAP + 1).subquery()
            return select(func.count(), literal(0)).select_from(ids)
        met = case((and_(*self._rest), 1), else_=0).label("met")
        looked = self._led(met).limit(LOOKS).subquery()
        return select(func.coalesce(func.sum(looked.c.met), 0), func.count())

    def ids(self, most: int | None = None) -> Ids:
        """Select the ids of the rows in no order."""
        shape = self._shape
        if shape.has_ids:
            among = self._key.in_(AMONG[shape.dialect])
            query = select(self._key).where(among, opaque(*shape.always, *self._every))
        else:
            query = self._found(None).where(*self._rest)
        return query.limit(most)

    def rows(self, part: Part) -> Select[Any]:
        """Select rows in order; few are found by whatever index finds them and then sorted."""
        if part not in self._made:
            self._made[part] = self._build(part)
        return self._made[part]

    @property
    def is_rare(self) -> bool:
        """Whether the rows that the first index finds are ever so few."""
        return bool(self._shape.found) and self._shape.found[0].is_rare

    def walks(self, sort: str) -> bool:
        """Tell whether rows are best met on a walk in this order, be they ever so few.

        Else those that the first index finds are looked at one by one, where there is one.
        """
        found = self._shape.found
        return any(sort in one.along for one in found) or not (found or self._shape.lead)

    def _build(self, part: Part) -> Select[Any]:
        by = getattr(self._screen.model, part.sort)
        keys = dict.fromkeys((by, self._key))
        order = [key.desc() if part.descending else key.asc() for key in keys]
        within = []
        if part.empty is not None:
            within.append(by.is_(None) if part.empty else by.is_not(None))
        if part.is_beyond:
            within.append(self._beyond(by, part))
        query = self._screen.query().order_by(*order)
        if not part.few:
            return query.where(*self._walked(part.sort), *within).limit(part.limit)
        ids = (
            self.ids()
            if self._shape.has_ids
            else select(self._key).where(self._key.in_(self.ids()))
        )
        return query.where(self._key.in_(ids.where(*within).order_by(*order).limit(part.limit)))

    def _beyond(self, by: InstrumentedAttribute[Any], part: Part) -> ColumnElement[bool]:
        """Return the condition that a row stands behind the place that the values tell."""
        if part.empty or by is self._key:
            return self._key < PLACE if part.descending else self._key > PLACE
        mine, bound = tuple_(by, self._key), tuple_(bindparam("place", type_=by.type), PLACE)
        return mine < bound if part.descending else mine > bound

    def _walked(self, sort: str) -> list[ColumnElement[bool]]:
        """Return the conditions for a walk: only an index that has this order may find the rows."""
        here = [one.clause for one in self._shape.found if sort in one.along]
        away = [opaque(one.clause) for one in self._shape.found if sort not in one.along]
        return [*self._shape.always, *here, *away, *self._related, *self._shape.met]

    @property
    def _related(self) -> list[ColumnElement[bool]]:
        return [self._shape.lead.clause] if self._shape.lead is not None else []

    @property
    def _every(self) -> list[ColumnElement[bool]]:
        """All conditions but those that hold for nearly all rows."""
        found = [one.clause for one in self._shape.found]
        return [*found, *self._related, *self._shape.met]

    @property
    def _rest(self) -> list[ColumnElement[bool]]:
        """The conditions besides the first by which an index finds rows."""
        return self._every[1:] if self._shape.found or self._shape.lead else self._every

    def _found(self, most: int | None) -> Ids:
        """Select the ids of the rows that the first index finds."""
        return self._led(self._key).limit(most)

    def _led(self, wanted: Any) -> Select[Any]:
        """Select something of each row that the first index finds."""
        shape = self._shape
        if shape.found:
            return select(wanted).where(*shape.always, shape.found[0].clause)
        if shape.lead is None:
            return select(wanted).select_from(self._screen.model).where(*shape.always)
        assert shape.lead.ids is not None
        led = shape.lead.ids.subquery()
        joined = led.join(self._screen.model, self._key == led.c[0])
        return select(wanted).select_from(joined).where(opaque(*shape.always))


class Selection:
    """The statements of a list, with the values that they are called with."""

    def __init__(self, statements: Statements, narrowing: Narrowing) -> None:
        self.statements, self.values = statements, narrowing.bound
        self._is_found = narrowing.ids is not None  # the ids of the rows are known already

    def count(self, session: Session) -> Count:
        """Count the rows, as far as that is quick."""
        return Count(*session.connection().execute(self.statements.count, self.values).one())

    def are_few(self, count: Count, sort: str) -> bool:
        """Tell whether to find the rows and sort them costs less than a walk along their order."""
        is_known = self._is_found or self.statements.is_rare
        if is_known or (count.total <= CAP and count.is_whole):
            return True
        is_rare = count.total * RARE < count.looked
        return is_rare and not self.statements.walks(sort)

    def ids(self, session: Session) -> set[int]:
        """Return the ids of all rows."""
        return set(session.scalars(self.statements.ids(), self.values))


def opaque(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return conditions in a form that no index is chosen for, since another one is better."""
    return func.coalesce(and_(true(), *conditions), false())


def select_for(session: Session, screen: Screen, state: State, *, whole: bool = False) -> Selection:
    """Return the statements of a list, which are kept by the very conditions that narrow it.

    A screen's `scope` should return the same object each time.
    """
    narrowing = narrow(session, screen, state, whole=whole)
    shape = narrowing.shape(session)
    return Selection(Statements(screen, shape) if whole else _keep(screen, shape), narrowing)


@lru_cache(maxsize=512)
def _keep(screen: Screen, shape: Shape) -> Statements:
    return Statements(screen, shape)
