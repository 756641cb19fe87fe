"""The forms of signing in and of one's own account."""

from wtforms import EmailField, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, EqualTo

from admin.forms import Form, VersionedForm, within
from shared.models import User

NEW = {"autocomplete": "new-password"}


class LoginForm(Form):
    """E-mail address and password; `resume` carries a form that was posted while signed out."""

    email = EmailField(
        "E-mail address",
        [DataRequired("Give your e-mail address.")],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        "Password",
        [DataRequired("Give your password.")],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    resume = HiddenField()


class NewPasswordForm(Form):
    """A new password, twice."""

    password = PasswordField("New password", [DataRequired("Give a password.")], render_kw=NEW)
    repeat = PasswordField(
        "The same once more", [EqualTo("password", "The two are not the same.")], render_kw=NEW
    )


class ChangePasswordForm(NewPasswordForm):
    """The password of today, and a new one."""

    current = PasswordField(
        "Current password",
        [DataRequired("Give your current password.")],
        render_kw={"autocomplete": "current-password"},
    )


class SetupForm(NewPasswordForm):
    """The first owner and the name of the site."""

    site_title = StringField("Title of the site", [DataRequired("Give the site a title.")])
    name = StringField(
        "Your name",
        [DataRequired("Give your name."), within(User.name)],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        "E-mail address",
        [DataRequired("Give your e-mail address."), within(User.email)],
        render_kw={"autocomplete": "username"},
    )


class ProfileForm(VersionedForm):
    """What the site tells about its author."""

    name = StringField("Name", [DataRequired("Give your name."), within(User.name)])
    slug = StringField("Address of your author page", [within(User.slug)])
    bio = TextAreaField("About you", [within(User.bio)], render_kw={"rows": 4})
