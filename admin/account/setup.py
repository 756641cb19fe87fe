"""The first owner: a link that works once, printed where the server was started."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import open_to_everyone
from admin.account.forms import SetupForm
from admin.account.routes import route
from admin.account.signing_in import begin_session
from admin.acting import system_work
from shared.domain import sessions
from shared.domain.errors import DomainError, Invalid
from shared.domain.site import Site, load_site, save_site
from shared.domain.users import create_user, has_owner
from shared.domain.work import SYSTEM, Work
from shared.models import OneTimeLink, User
from shared.own_places import console_address
from shared.runtime import Runtime
from shared.urls import MOUNTS, path_to
from shared.web import commit, now, session


def offer_link(runtime: Runtime) -> str | None:
    """Return the address at which the first owner is made, None when there is one already."""
    with runtime.database.writing() as writing:
        if has_owner(writing):
            return None
        work = Work(session=writing, actor=SYSTEM, at=runtime.clock())
        token = sessions.offer_link("setup", work=work)
        writing.commit()
    return (
        console_address(runtime.settings)
        + path_to("admin", "account.setup", token=token)[len(MOUNTS["admin"]) :]
    )


@route("setup", methods=["GET", "POST"])
@open_to_everyone
def setup(token: str) -> ResponseReturnValue:
    """Make the first owner, name the site, and sign the owner in."""
    link = sessions.find_link(session(), "setup", token, at=now())
    if link is None or has_owner(session()):
        return make_response(render_template("account/setup_spent.html"), 410)
    form = SetupForm(site_title=load_site(session()).title)
    if form.validate_on_submit():
        try:
            begin_session(found_site(form, link), work=system_work())
        except Invalid as error:
            form.take_errors(error)
        except DomainError as error:
            form.form_errors.append(error.message)
        else:
            commit()
            flash(_("Welcome. The site is yours now."), "success")
            return redirect(url_for("dashboard.index"), 303)
        session().rollback()
    page = render_template("account/setup.html", form=form)
    return make_response(page, 422 if form.is_submitted() else 200)


def found_site(form: SetupForm, link: OneTimeLink) -> User:
    """Spend the link, make the owner, and give the site its title."""
    work = system_work()
    sessions.use_link(link, work=work)
    owner = create_user(
        email=form.email.data,
        name=form.name.data,
        role="owner",
        password=form.password.data,
        work=work,
    )
    known = load_site(work.session)
    site = Site(**{**vars(known), "title": form.site_title.data.strip()})
    save_site(site, work=sessions.as_user(owner, work))
    return owner
