"""The forms of signing in and of one's own account."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, EqualTo

from admin.forms import Form, VersionedForm, choices_of, within
from shared.models import User
from shared.words import LANGUAGES

NEW = {"autocomplete": "new-password"}


class LoginForm(Form):
    """E-mail address and password; `resume` carries a form that was posted while signed out."""

    email = EmailField(
        _l("E-mail address"),
        [DataRequired(_l("Give your e-mail address."))],
        render_kw={"autocomplete": "username webauthn"},
    )
    password = PasswordField(
        _l("Password"),
        [DataRequired(_l("Give your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    resume = HiddenField()


class SecondForm(Form):
    """A code of an app, or a recovery code."""

    code = StringField(
        _l("One-time code"),
        [DataRequired(_l("Give a code."))],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none", "maxlength": 40},
    )
    next = HiddenField()
    resume = HiddenField()


class TotpForm(Form):
    """The first code of an app, and the secret that it was made from."""

    code = StringField(
        _l("One-time code"),
        [DataRequired(_l("Give the code that the app shows."))],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 10},
    )
    secret = HiddenField()
    next = HiddenField()


class PasskeyNameForm(Form):
    """The name of a passkey."""

    name = StringField(_l("Name"), render_kw={"maxlength": 100, "autocomplete": "off"})


class PasskeyForm(PasskeyNameForm):
    """A new passkey: its name, and what the browser made."""

    answer = HiddenField()


class NewPasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(
        _l("New password"), [DataRequired(_l("Give a password."))], render_kw=NEW
    )
    repeat = PasswordField(
        _l("The same once more"),
        [EqualTo("password", _l("The two are not the same."))],
        render_kw=NEW,
    )


class InvitationForm(NewPasswordForm):
    """What an invited person chooses."""

    name = StringField(
        _l("Your name"),
        [DataRequired(_l("Give your name.")), within(User.name)],
        render_kw={"autocomplete": "name"},
    )


class ForgottenForm(Form):
    """The address of someone who forgot the password."""

    email = EmailField(
        _l("E-mail address"),
        [DataRequired(_l("Give your e-mail address.")), within(User.email)],
        render_kw={"autocomplete": "username"},
    )


class ChangePasswordForm(NewPasswordForm):
    """The password of today, and a new one."""

    current = PasswordField(
        _l("Current password"),
        [DataRequired(_l("Give your current password."))],
        render_kw={"autocomplete": "current-password"},
    )


class SetupForm(NewPasswordForm):
    """The first owner and the name of the site."""

    site_title = StringField(_l("Title of the site"), [DataRequired(_l("Give the site a title."))])
    name = StringField(
        _l("Your name"),
        [DataRequired(_l("Give your name.")), within(User.name)],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _l("E-mail address"),
        [DataRequired(_l("Give your e-mail address.")), within(User.email)],
        render_kw={"autocomplete": "username"},
    )


class ProfileForm(VersionedForm):
    """What the site tells about its author."""

    name = StringField(_l("Name"), [DataRequired(_l("Give your name.")), within(User.name)])
    slug = StringField(_l("Address of your author page"), [within(User.slug)])
    bio = TextAreaField(_l("About you"), [within(User.bio)], render_kw={"rows": 4})
    language = SelectField(
        _l("Language of the console"),
        choices=choices_of([("", _l("As the browser asks")), *LANGUAGES.items()]),
    )
    comment_mail = BooleanField(_l("Mail me when visitors comment on what I wrote"))
