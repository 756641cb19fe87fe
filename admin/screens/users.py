"""Users: people are invited by a link that works once; nobody gives out passwords."""

from flask import flash
from wtforms import EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from admin.acting import work
from admin.crud import Action, ChoiceFilter, DateColumn, LinkColumn, Screen, StatusColumn
from admin.crud.filters import same
from admin.forms import VersionedForm, choices_of, within
from shared.domain.permissions import Permission
from shared.domain.sessions import offer_link
from shared.domain.users import disable_user, enable_user, save_user
from shared.domain.work import Work, is_new
from shared.models import User
from shared.web import links

ROLES = (
    ("owner", "Owner: everything"),
    ("editor", "Editor: all content, publishes"),
    ("author", "Author: own posts, publishes them"),
    ("contributor", "Contributor: own drafts"),
    ("reader", "Reader: reads what is shared"),
)
STATES = {
    "active": ("good", "Active"),
    "invited": ("warn", "Invited"),
    "disabled": ("bad", "Disabled"),
}
MAY = (Permission.USERS_EDIT,)


def state_of(user: User) -> str:
    """Return `active`, `invited` (no password yet) or `disabled`."""
    if user.disabled_at is not None:
        return "disabled"
    return "active" if user.password_hash else "invited"


def give_link(user: User, unit: Work) -> None:
    """Make a link by which a person sets a password, and show it once."""
    token = offer_link("password", user=user, work=unit)
    flash(f"Send {user.name} this link. It works once, for seven days:", "warning")
    flash(links().absolute("admin", "account.link", token=token), "link")


class UserForm(VersionedForm):
    """An account, without its password."""

    email = EmailField(
        "E-mail address", [DataRequired("Give an e-mail address."), within(User.email)]
    )
    name = StringField("Name", [DataRequired("Give a name."), within(User.name)])
    role = SelectField("Role", choices=choices_of(ROLES), default="author")
    slug = StringField(
        "Address of the author page",
        [within(User.slug)],
        description="Made from the name when left empty.",
    )
    bio = TextAreaField("About", [within(User.bio)], render_kw={"rows": 3}, default="")


class UserScreen(Screen):
    name, title, noun, model, form = "users", "Users", "user", User, UserForm
    columns = (
        LinkColumn("name", note="email", sortable=True),
        StatusColumn("role", looks={}, sortable=True),
        StatusColumn("state", looks=STATES, value=state_of),
        DateColumn("last_login_at", "Signed in", sortable=True),
        DateColumn("created_at", "Since", sortable=True),
    )
    search, order = ("name", "email"), "name"
    filters = (ChoiceFilter(name="role", title="Role", options=ROLES, where=same(User.role)),)
    actions = (
        Action(
            name="link",
            label="Make a password link",
            ask="Make a new password link? Earlier ones end.",
            done="Link made",
            verb=give_link,
            permissions=MAY,
            offered=lambda user: user.disabled_at is None,
        ),
        Action(
            name="disable",
            label="Disable",
            ask="Disable this account? Its sessions end at once.",
            done="Disabled",
            verb=lambda user, work: disable_user(user, work=work),
            permissions=MAY,
            danger=True,
            offered=lambda user: user.disabled_at is None,
        ),
        Action(
            name="enable",
            label="Enable",
            ask="Let this account in again?",
            done="Enabled",
            verb=lambda user, work: enable_user(user, work=work),
            permissions=MAY,
            offered=lambda user: user.disabled_at is not None,
        ),
    )
    read = edit = MAY

    def save(self, row: User, form: VersionedForm) -> None:
        invited = is_new(row)
        form.populate_obj(row)
        unit = work()
        save_user(row, version=form.base_version, work=unit)
        if invited:
            give_link(row, unit)
