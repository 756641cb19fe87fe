"""The site's own settings, a page for each group of them, and their history."""

from dataclasses import replace
from zoneinfo import available_timezones

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.account.proving import ask, is_proved, prove
from admin.acting import work
from admin.languages import told
from admin.undoing import flash_done, offer, remember_all
from admin.views.site.settings_form import fill, words_of
from shared.domain.errors import Invalid, NotFound
from shared.domain.permissions import Permission
from shared.domain.site import GROUPS, OPTIONS, list_changes, load_site, put_back, save_site
from shared.saying import say
from shared.web import Routes, commit, session

blueprint = Blueprint("site", __name__)
route = Routes("admin", blueprint)

ZONES = sorted(available_timezones())
FIRST = next(iter(GROUPS))
PAGE = 50
DANGEROUS = frozenset({"security"})


@route("edit", methods=["GET", "POST"])
@route("group", methods=["GET", "POST"])
@requires(Permission.SETTINGS_EDIT)
def edit(group: str = FIRST) -> ResponseReturnValue:
    """Show and change a group of the site's settings."""
    if group not in GROUPS:
        raise NotFound(say("There are no such settings."))
    if request.method == "POST" and group in DANGEROUS and not (is_proved() or prove()):
        return ask()
    stored = load_site(session())
    form = fill(group, stored)
    if form.validate_on_submit():
        seen, steps = replace(stored, **form.known), remember_all(stored)
        try:
            save_site(replace(seen, **form.values), seen=seen, work=work())
        except Invalid as error:
            form.take_errors(error)
            form.remember(stored)
        else:
            steps = [] if load_site(session()) == stored else steps
            offered = offer(say("Changed the settings"), steps)
            commit()
            flash_done(_("The settings are saved."), offered)
            return redirect(
                url_for("site.edit") if group == FIRST else url_for("site.group", group=group), 303
            )
    about = {"form": form, "group": group, "groups": GROUPS, "options": OPTIONS, "zones": ZONES}
    return make_response(render_template("site/edit.html", **about), form.page_status)


@route("history")
@requires(Permission.SETTINGS_EDIT)
def history() -> ResponseReturnValue:
    """Show who changed which setting, and from what."""
    changes = list_changes(session(), before=request.args.get("before", type=int), limit=PAGE)
    saves = {change.event.id for change in changes}
    return render_template(
        "site/history.html",
        changes=changes,
        groups=GROUPS,
        options=OPTIONS,
        words_of=words_of,
        older=min(saves) if len(saves) == PAGE else None,
    )


@route("put_back", methods=["POST"])
@requires(Permission.SETTINGS_EDIT)
def go_back(id: int, name: str) -> ResponseReturnValue:
    """Give a setting the value that it had before a change."""
    group = OPTIONS[name].group if name in OPTIONS else ""
    if group in DANGEROUS and not (is_proved() or prove()):
        return ask()
    change = put_back(id, name, work=work())
    commit()
    title, value = told(OPTIONS[change.name].title), words_of(change.name, change.before)
    said = _("%(title)s is “%(value)s” again.", title=title, value=value)
    flash(said if value else _("%(title)s is empty again.", title=title), "success")
    return redirect(url_for("site.history"), 303)
