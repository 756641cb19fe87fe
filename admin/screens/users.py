"""Users: people are invited by a link that works once; nobody gives out passwords."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from admin.account.letters import mail_link, send_link, sends_mail, show_link, tell
from admin.acting import work
from admin.crud import Action, Ask, ChoiceFilter, DateColumn, LinkColumn, Screen, StatusColumn
from admin.crud.conditions import same
from admin.forms import VersionedForm, choices_of, within
from admin.languages import ROLE_NAMES
from shared.domain.erasure import erase_user, is_erased
from shared.domain.factors import reset_factors
from shared.domain.invitations import is_invited, revoke_invitation
from shared.domain.permissions import Permission
from shared.domain.users import disable_user, enable_user, save_user, set_role
from shared.domain.work import Work, is_new
from shared.models import User
from shared.saying import say

ROLES = (
    ("owner", _l("Owner: everything")),
    ("editor", _l("Editor: all content, publishes")),
    ("author", _l("Author: own posts, publishes them")),
    ("contributor", _l("Contributor: own drafts")),
    ("reader", _l("Reader: reads what is shared")),
)
STATES = {
    "active": ("good", _l("Active")),
    "invited": ("warn", _l("Invited")),
    "disabled": ("bad", _l("Disabled")),
    "deleted": ("", _l("Deleted")),
}
ROLE_LOOKS = {role: ("", words) for role, words in ROLE_NAMES.items()}
MAY = (Permission.USERS_EDIT,)


def state_of(user: User) -> str:
    """Return `active`, `invited` (no password yet) or `disabled`."""
    if is_erased(user):
        return "deleted"
    if user.disabled_at is not None:
        return "disabled"
    return "invited" if is_invited(user) else "active"


def reset_second_step(user: User, unit: Work) -> None:
    """Take every second factor away from someone who lost them, and let them know."""
    reset_factors(user, work=unit)
    tell(user, _l("An owner reset the second step of your account."), unit=unit)


def facts(user: User) -> dict[str, str]:
    """Return what actions change of an account, in words."""
    return {
        str(_l("Role")): str(ROLE_NAMES[user.role]),
        str(_l("State")): str(STATES[state_of(user)][1]),
    }


class UserForm(VersionedForm):
    """An account, without its password."""

    email = EmailField(
        _l("E-mail address"), [DataRequired(_l("Give an e-mail address.")), within(User.email)]
    )
    name = StringField(_l("Name"), [DataRequired(_l("Give a name.")), within(User.name)])
    role = SelectField(_l("Role"), choices=choices_of(ROLES), default="author")
    slug = StringField(
        _l("Address of the author page"),
        [within(User.slug)],
        description=_l("Made from the name when left empty."),
    )
    bio = TextAreaField(_l("About"), [within(User.bio)], render_kw={"rows": 3}, default="")


class UserScreen(Screen):
    name, title, noun, model, form = "users", _l("Users"), _l("user"), User, UserForm
    columns = (
        LinkColumn("name", _l("Name"), note="email", sortable=True),
        StatusColumn("role", _l("Role"), looks=ROLE_LOOKS, sortable=True),
        StatusColumn("state", _l("State"), looks=STATES, value=state_of),
        DateColumn("last_login_at", _l("Signed in"), sortable=True),
        DateColumn("created_at", _l("Since"), sortable=True),
    )
    search, order = ("name", "email"), "name"
    filters = (ChoiceFilter(name="role", title=_l("Role"), options=ROLES, where=same(User.role)),)
    actions = (
        Action(
            name="link",
            label=_l("Make a link to come in"),
            ask=_l("Make a new link by which this person comes in? Earlier ones end."),
            done=_l("Link made"),
            verb=show_link,
            permissions=MAY,
            offered=lambda user: user.disabled_at is None,
        ),
        Action(
            name="mail",
            label=_l("Send a link by mail"),
            ask=_l("Send a new link by which this person comes in? Earlier ones end."),
            done=_l("Link sent"),
            verb=mail_link,
            permissions=MAY,
            offered=lambda user: user.disabled_at is None and sends_mail(),
        ),
        Action(
            name="revoke",
            label=_l("Take the invitation back"),
            ask=_l("Take this invitation back? Its link ends at once."),
            done=_l("Invitation taken back"),
            verb=lambda user, work: revoke_invitation(user, work=work),
            permissions=MAY,
            danger=True,
            offered=is_invited,
        ),
        Action(
            name="reset",
            label=_l("Reset the second step"),
            ask=_l("Take one-time codes, passkeys and recovery codes away from this account?"),
            done=_l("Second step reset"),
            verb=reset_second_step,
            permissions=MAY,
            danger=True,
            offered=lambda user: user.disabled_at is None and not is_invited(user),
        ),
        Action(
            name="disable",
            label=_l("Disable"),
            ask=_l("Disable this account? Its sessions end at once."),
            done=_l("Disabled"),
            verb=lambda user, work: disable_user(user, work=work),
            permissions=MAY,
            danger=True,
            offered=lambda user: user.disabled_at is None,
            facts=facts,
            told=lambda what: say("Disabled: %(what)s", what=what),
        ),
        Action(
            name="enable",
            label=_l("Enable"),
            ask=_l("Let this account in again?"),
            done=_l("Enabled"),
            verb=lambda user, work: enable_user(user, work=work),
            permissions=MAY,
            offered=lambda user: user.disabled_at is not None and not is_erased(user),
            facts=facts,
            told=lambda what: say("Enabled: %(what)s", what=what),
        ),
        Action(
            name="role",
            label=_l("Set the role"),
            ask=_l("Which role shall these have? Their sessions end."),
            done=_l("Role set"),
            verb=lambda user, work, given: set_role(user, given, work=work),
            permissions=MAY,
            offered=lambda _: False,
            asks=Ask(label=_l("Role"), options=lambda _: ROLES),
            facts=facts,
            told=lambda what: say("Role set: %(what)s", what=what),
        ),
        Action(
            name="erase",
            label=_l("Delete for good"),
            ask=_l("Delete this account? What the person wrote stays, under the same name."),
            done=_l("Deleted"),
            verb=lambda user, work: erase_user(user, work=work),
            permissions=MAY,
            danger=True,
            offered=lambda user: user.disabled_at is not None and not is_erased(user),
        ),
    )
    read = edit = MAY

    def save(self, row: User, form: VersionedForm) -> None:
        invited, before = is_new(row), row.email
        form.populate_obj(row)
        unit = work()
        save_user(row, version=form.base_version, work=unit)
        if before and before != row.email:
            said = _l("The address of your account was changed to %(address)s.", address=row.email)
            tell(row, said, unit=unit, to=before)
        if invited:
            send_link(row, unit)
