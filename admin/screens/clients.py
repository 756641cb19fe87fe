"""Clients of the API: they register themselves, an owner approves them and gives scopes."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from admin.acting import work
from admin.crud import Action, ChoiceFilter, Column, DateColumn, LinkColumn, Screen, StatusColumn
from admin.crud.conditions import same
from admin.forms import ChecklistField, ObjectField, VersionedForm
from admin.languages import role_name
from shared.domain.clients import READ_ONLY, approve_client, revoke_client
from shared.domain.permissions import SCOPE_PERMISSIONS, Permission
from shared.models import ApiClient, User
from shared.web import session

TYPES = {"service": _l("service"), "user": _l("user"), "readonly": _l("readonly")}
STATES = {
    "pending": ("warn", _l("Waiting for approval")),
    "approved": ("good", _l("Approved")),
    "revoked": ("bad", _l("Revoked")),
}
MAY = (Permission.CLIENTS_EDIT,)


def people() -> Iterable[tuple[User, str]]:
    """Return those for whom a client may act."""
    found = session().scalars(select(User).where(User.disabled_at.is_(None)).order_by(User.name))
    return [(user, f"{user.name} ({role_name(user.role)})") for user in found]


class ClientForm(VersionedForm):
    """What a client may do, and for whom."""

    scopes = ChecklistField(_l("Scopes"), choices=list(SCOPE_PERMISSIONS))
    user = ObjectField(
        _l("Acts for"),
        options=people,
        none=_l("Nobody: it acts by itself"),
        description=_l(
            "Needed for the type user: the client then can do no more than this person."
        ),
    )

    def __init__(self, *args: Any, obj: ApiClient, **more: Any) -> None:
        super().__init__(*args, obj=obj, **more)
        allowed = READ_ONLY if obj.type == "readonly" else SCOPE_PERMISSIONS
        self.scopes.choices = sorted(allowed)
        wished = ", ".join(obj.wished_scopes) or _("nothing in particular")
        contact = obj.contact or _("none given")
        self.scopes.description = _(
            "A client of type %(type)s, contact: %(contact)s. It asks for: %(wished)s.",
            type=TYPES[obj.type],
            contact=contact,
            wished=wished,
        )
        self.submit_label = _("Save") if obj.state == "approved" else _("Approve")
        if obj.state == "pending" and not self.is_submitted():
            self.scopes.data = list(obj.wished_scopes)


class ClientScreen(Screen):
    name, title, noun, model, form = (
        "clients",
        _l("API clients"),
        _l("client"),
        ApiClient,
        ClientForm,
    )
    columns = (
        LinkColumn("name", _l("Name"), note="client_id", sortable=True),
        StatusColumn("state", _l("State"), looks=STATES, sortable=True),
        Column("type", _l("Type"), value=lambda client: TYPES[client.type]),
        Column("scopes", _l("Scopes"), value=lambda client: ", ".join(client.scopes)),
        Column("contact", _l("Contact")),
        DateColumn("last_used_at", _l("Last used"), sortable=True),
        DateColumn("created_at", _l("Registered"), sortable=True),
    )
    search, order = ("name", "client_id", "contact"), "-created_at"
    filters = (
        ChoiceFilter(
            name="state",
            title=_l("State"),
            options=tuple((state, words) for state, (_, words) in STATES.items()),
            where=same(ApiClient.state),
        ),
        ChoiceFilter(
            name="type",
            title=_l("Type"),
            options=tuple(TYPES.items()),
            where=same(ApiClient.type),
        ),
    )
    actions = (
        Action(
            name="revoke",
            label=_l("Revoke"),
            ask=_l("Shut this client out? Its tokens end at once."),
            done=_l("Revoked"),
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
