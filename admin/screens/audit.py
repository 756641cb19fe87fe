"""The audit log: read only."""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from admin.addresses import address
from admin.crud import (
    ChoiceFilter,
    Column,
    DateColumn,
    DateFilter,
    LinkColumn,
    RelationFilter,
    Screen,
)
from admin.crud.columns import Address, Cell, Extra
from admin.crud.conditions import Condition, of_kind, same, within_days
from admin.crud.filters import Named
from admin.screens.audit_objects import KINDS, ObjectColumn, ObjectFilter, concerns, name_of
from admin.sentences import ACTIONS, sentence
from shared.domain.permissions import Permission
from shared.models import ApiClient, AuditEvent, User

MOST_ACTORS = 200


def actors(session: Session) -> list[tuple[str, str]]:
    """Return the people and programs that may have acted, and the system itself."""
    people = session.execute(select(User.id, User.name).order_by(User.name).limit(MOST_ACTORS))
    named = select(ApiClient.id, ApiClient.name).order_by(ApiClient.name).limit(MOST_ACTORS)
    programs = [
        (f"client:{row.id}", _("%(name)s (API client)", name=row.name))
        for row in session.execute(named)
    ]
    return [
        *((f"user:{row.id}", row.name) for row in people),
        *programs,
        ("system", _("The system")),
    ]


# That an actor such as `user:3` or `system` did it.
acted: Final = of_kind(
    AuditEvent.actor_kind, AuditEvent.actor_id, AuditEvent.actor_id.is_(None), "at"
)


def actor_named(value: str) -> str | Named | None:
    """Return what reads the name under which an actor last did something."""
    asked = acted(value)
    if value == "system":
        return str(_("The system"))
    return None if asked is None else Named(select_actor(asked.condition), asked.values)


@lru_cache(maxsize=2)
def select_actor(condition: Condition) -> Select[Any]:
    """Select the name under which something was done last."""
    newest = AuditEvent.at.desc(), AuditEvent.id.desc()
    return select(AuditEvent.actor_name).where(condition.clause).order_by(*newest).limit(1)


def told_data(event: AuditEvent) -> str:
    """Return the details of an event."""
    return json.dumps(event.data, ensure_ascii=False, indent=1, sort_keys=True)


class ActorColumn(Column):
    """Who acted; leads to everything that they did."""

    def cells(self, rows: Sequence[Any], _: Extra, __: Address, /) -> Iterator[Cell]:
        """Return names."""
        title, log = str(self.title), address("audit.index")
        for row in rows:
            actor = row.actor_kind if row.actor_id is None else f"{row.actor_kind}:{row.actor_id}"
            yield Cell(self.kind, title, row.actor_name, f"{log}?actor={actor}")


class AllOfColumn(Column):
    """On an event's own page: the way to all events about the same object."""

    def cells(self, rows: Sequence[Any], _: Extra, __: Address, /) -> Iterator[Cell]:
        """Return links."""
        title, log = str(self.title), address("audit.index")
        for row in rows:
            about = f"{row.object_kind}:{row.object_id}" if row.object_id else row.object_kind
            name = name_of(row.object_kind, row.object_id)
            yield Cell(self.kind, title, name, f"{log}?object={about}")


class ActionFilter(ChoiceFilter):
    """One of very many acts: chosen on the page of filters alone."""

    is_quick: ClassVar[bool] = False


class AuditScreen(Screen):
    name, title, noun, model = "audit", _l("Audit log"), _l("event"), AuditEvent
    columns = (
        LinkColumn("action", _l("What"), value=sentence),
        ActorColumn("actor_name", _l("Who")),
        DateColumn("at", _l("When"), sortable=True, by_day=True),
        ObjectColumn("object", _l("About")),
        Column("verb", _l("Action"), shown=False, value=lambda event: event.action),
        Column("data", _l("Details"), shown=False, value=told_data),
        Column("request_id", _l("Request"), shown=False),
        Column("number", _l("Place in the chain"), shown=False),
        Column("mac", _l("Check code"), shown=False),
        AllOfColumn("all", _l("Everything about it"), listed=False),
    )
    order = "-at"
    filters = (
        ChoiceFilter(
            name="kind",
            title=_l("About what"),
            options=tuple((name, kind.noun) for name, kind in KINDS.items()),
            where=same(AuditEvent.object_kind, "at"),
        ),
        RelationFilter(
            name="actor", title=_l("Who"), options=actors, named=actor_named, where=acted
        ),
        ActionFilter(
            name="action", title=_l("Action"), options=ACTIONS, where=same(AuditEvent.action, "at")
        ),
        DateFilter(name="at", title=_l("When"), where=within_days(AuditEvent.at), sorts="at"),
        ObjectFilter(name="object", title=_l("About, such as post:12"), where=concerns),
    )
    read = (Permission.AUDIT_READ,)
