"""The audit log: read only."""

import json

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from admin.crud import (
    ChoiceFilter,
    Column,
    DateColumn,
    LinkColumn,
    RelationFilter,
    Screen,
    TextFilter,
)
from admin.crud.filters import number_or_none, same
from admin.sentences import ACTIONS, sentence
from shared.domain.permissions import Permission
from shared.models import AuditEvent, User


def actors(session: Session) -> list[tuple[str, str]]:
    """Return the people who may have acted, and the system itself."""
    rows = session.execute(select(User.id, User.name).order_by(User.name).limit(200))
    return [*((f"user:{row.id}", row.name) for row in rows), ("system", _("The system"))]


def acted(value: str) -> ColumnElement[bool] | None:
    """Return the condition that an actor such as `user:3` or `system` did it."""
    kind, _, number = value.partition(":")
    if not number:
        return AuditEvent.actor_kind == kind
    actor_id = number_or_none(number)
    if actor_id is None:
        return None
    return and_(AuditEvent.actor_kind == kind, AuditEvent.actor_id == actor_id)


def concerns(value: str) -> ColumnElement[bool] | None:
    """Return the condition that an event is about a kind such as `post`, or `post:12`."""
    kind, _, number = value.partition(":")
    if not number:
        return AuditEvent.object_kind == kind
    object_id = number_or_none(number)
    if object_id is None:
        return None
    return and_(AuditEvent.object_kind == kind, AuditEvent.object_id == object_id)


def told_object(event: AuditEvent) -> str:
    """Return what an event is about, in the form that the filter takes."""
    return f"{event.object_kind}:{event.object_id}" if event.object_id else event.object_kind


def told_data(event: AuditEvent) -> str:
    """Return the details of an event."""
    return json.dumps(event.data, ensure_ascii=False, indent=1, sort_keys=True)


class AuditScreen(Screen):
    name, title, noun, model = "audit", _l("Audit log"), _l("event"), AuditEvent
    columns = (
        LinkColumn("action", _l("What"), value=sentence),
        Column("actor_name", _l("Who")),
        DateColumn("at", _l("When")),
        Column("object", _l("About"), value=told_object),
        Column("verb", _l("Action"), listed=False, value=lambda event: event.action),
        Column("data", _l("Details"), listed=False, value=told_data),
        Column("request_id", _l("Request"), listed=False),
        Column("number", _l("Place in the chain"), listed=False),
        Column("mac", _l("Check code"), listed=False),
    )
    order = "-id"
    filters = (
        ChoiceFilter(
            name="action", title=_l("Action"), options=ACTIONS, where=same(AuditEvent.action)
        ),
        RelationFilter(name="actor", title=_l("Who"), options=actors, where=acted),
        TextFilter(name="object", title=_l("About, such as post:12"), where=concerns),
    )
    read = (Permission.AUDIT_READ,)
