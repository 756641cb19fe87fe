"""Clients of the API: they register themselves, an owner approves them and gives scopes."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from admin.acting import work
from admin.crud import Action, ChoiceFilter, Column, DateColumn, LinkColumn, Screen, StatusColumn
from admin.crud.filters import same
from admin.forms import ChecklistField, ObjectField, VersionedForm
from shared.domain.clients import READ_ONLY, approve_client, revoke_client
from shared.domain.permissions import SCOPE_PERMISSIONS, Permission
from shared.models import CLIENT_TYPES, ApiClient, User
from shared.web import session

STATES = {
    "pending": ("warn", "Waiting for approval"),
    "approved": ("good", "Approved"),
    "revoked": ("bad", "Revoked"),
}
MAY = (Permission.CLIENTS_EDIT,)


def people() -> Iterable[tuple[User, str]]:
    """Return those for whom a client may act."""
    found = session().scalars(select(User).where(User.disabled_at.is_(None)).order_by(User.name))
    return [(user, f"{user.name} ({user.role})") for user in found]


class ClientForm(VersionedForm):
    """What a client may do, and for whom."""

    scopes = ChecklistField("Scopes", choices=list(SCOPE_PERMISSIONS))
    user = ObjectField(
        "Acts for",
        options=people,
        none="Nobody: it acts by itself",
        description="Needed for the type user: the client then can do no more than this person.",
    )

    def __init__(self, *args: Any, obj: ApiClient, **more: Any) -> None:
        super().__init__(*args, obj=obj, **more)
        allowed = READ_ONLY if obj.type == "readonly" else SCOPE_PERMISSIONS
        self.scopes.choices = sorted(allowed)
        wished = ", ".join(obj.wished_scopes) or "nothing in particular"
        contact = obj.contact or "none given"
        self.scopes.description = (
            f"A client of type {obj.type}, contact: {contact}. It asks for: {wished}."
        )
        self.submit_label = "Save" if obj.state == "approved" else "Approve"
        if obj.state == "pending" and not self.is_submitted():
            self.scopes.data = list(obj.wished_scopes)


class ClientScreen(Screen):
    name, title, noun, model, form = "clients", "API clients", "client", ApiClient, ClientForm
    columns = (
        LinkColumn("name", note="client_id", sortable=True),
        StatusColumn("state", looks=STATES, sortable=True),
        Column("type"),
        Column("scopes", value=lambda client: ", ".join(client.scopes)),
        Column("contact"),
        DateColumn("last_used_at", "Last used", sortable=True),
        DateColumn("created_at", "Registered", sortable=True),
    )
    search, order = ("name", "client_id", "contact"), "-created_at"
    filters = (
        ChoiceFilter(
            name="state",
            title="State",
            options=tuple((state, words) for state, (_, words) in STATES.items()),
            where=same(ApiClient.state),
        ),
        ChoiceFilter(
            name="type",
            title="Type",
            options=tuple((name, name) for name in CLIENT_TYPES),
            where=same(ApiClient.type),
        ),
    )
    actions = (
        Action(
            name="revoke",
            label="Revoke",
            ask="Shut this client out? Its tokens end at once.",
            done="Revoked",
            verb=lambda client, work: revoke_client(client, work=work),
            permissions=MAY,
            danger=True,
            offered=lambda client: client.state != "revoked",
        ),
    )
    read = edit = MAY

    def query(self) -> Select[Any]:
        return select(ApiClient).options(joinedload(ApiClient.user).load_only(User.name, User.role))

    def save(self, row: ApiClient, form: ClientForm) -> None:
        approve_client(
            row,
            scopes=form.scopes.data,
            user=form.user.data,
            version=form.base_version,
            work=work(),
        )
