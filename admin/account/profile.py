"""One's own profile: what the site tells about its author."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.account.forms import ProfileForm
from admin.account.routes import route
from admin.acting import may, me, work
from admin.languages import speaking
from shared.domain.comments.notices import PREFERENCE, wants_mail
from shared.domain.errors import DomainError, Invalid
from shared.domain.permissions import Permission
from shared.domain.preferences import prefer
from shared.domain.users import get_user, save_user
from shared.models import User
from shared.web import commit, session

MODERATE = (Permission.COMMENTS_MODERATE, Permission.POSTS_PUBLISH_OWN)


@route("profile", methods=["GET", "POST"])
@requires(Permission.CONSOLE_ENTER)
def profile() -> ResponseReturnValue:
    """Change one's own name, author page and description."""
    user = get_user(session(), me().user.id)
    form = ProfileForm(obj=user, comment_mail=wants_mail(session(), user.id))
    if form.validate_on_submit() and saved(form, user):
        with speaking(user.language):
            flash(_("Your profile is saved."), "success")
        return redirect(url_for("account.profile"), 303)
    page = render_template("account/profile.html", form=form, person=me().user)
    return make_response(page, 422 if form.is_submitted() else 200)


def saved(form: ProfileForm, user: User) -> bool:
    """Store the profile, or say in the form why not."""
    form.populate_obj(user)
    try:
        save_user(user, version=form.base_version, work=work())
        if may(*MODERATE):
            prefer(PREFERENCE, {"mail": bool(form.comment_mail.data)}, work=work())
    except Invalid as error:
        form.take_errors(error)
    except DomainError as error:
        form.form_errors.append(error.message)
    else:
        commit()
        return True
    session().rollback()
    return False
