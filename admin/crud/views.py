"""The views that every screen shares: list, show, make, change, delete, and act on many."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, inspect, select

from admin.account.safe_next import is_safe
from admin.acting import actor
from admin.crud.actions import Action, Outcome, carry_out
from admin.crud.chips import words_of
from admin.crud.listing import read_page
from admin.crud.narrowing import opaque
from admin.crud.related import read_extras
from admin.crud.saving import differences, store
from admin.crud.screen import Screen
from admin.crud.table import list_details, list_lines
from admin.crud.wishes import arrange, read_wishes
from admin.languages import told
from admin.undoing import flash_done, offer, remember_all
from shared.domain.errors import Conflict, Forbidden, NotFound
from shared.domain.undo import UndoOffer
from shared.saying import say
from shared.web import commit, session

MOST_AT_ONCE = 200


def index(screen: Screen) -> ResponseReturnValue:
    """List what the person may see."""
    wishes = read_wishes(session(), screen, actor().user_id)
    state, columns, view = arrange(screen, request.args, wishes)
    page = read_page(session(), screen, state)
    said = words_of(screen, state)
    extras, names = read_extras(session(), columns, page.rows, said.selects)
    return render_template(
        "crud/index.html",
        screen=screen,
        state=state,
        columns=columns,
        wishes=wishes,
        view=view,
        page=page,
        lines=list_lines(screen, columns, page.rows, extras),
        chips=said.chips(names),
        actions=[action for action in screen.actions if action.allowed],
    )


def show(screen: Screen, id: int) -> ResponseReturnValue:
    """Show one row that nobody edits."""
    row = get_row(screen, id)
    details = list_details(screen, row, session())
    return render_template("crud/show.html", screen=screen, row=row, details=details)


def new(screen: Screen) -> ResponseReturnValue:
    """Make a row."""
    assert screen.form is not None
    return form_page(
        screen, screen.model(), screen.form(), title=_("New %(noun)s", noun=screen.noun)
    )


def edit(screen: Screen, id: int) -> ResponseReturnValue:
    """Change a row."""
    assert screen.form is not None
    row = get_row(screen, id)
    return form_page(screen, row, screen.form(obj=row), title=screen.label(row))


def form_page(screen: Screen, row: Any, form: Any, *, title: str) -> ResponseReturnValue:
    """Store a valid form and go back to the list; else show it, with what stands against it."""
    known = row.id
    if form.validate_on_submit() and store(screen, row, form):
        flash(_("%(name)s is saved.", name=screen.label(row)), "success")
        return redirect(url_for(f"{screen.name}.index"), 303)
    theirs = differences(screen, form, get_row(screen, known)) if form.is_stale else []
    current = get_row(screen, known) if known is not None and form.is_submitted() else row
    page = render_template(
        "crud/edit.html",
        screen=screen,
        row=current if known is not None else None,
        form=form,
        title=title,
        theirs=theirs,
        actions=[] if known is None else offered(screen, current),
    )
    return make_response(page, form.page_status)


def delete(screen: Screen, id: int) -> ResponseReturnValue:
    """Ask, then remove a row."""
    row = get_row(screen, id)
    label = screen.label(row)
    if request.method == "POST":
        steps = remember_all(row)
        try:
            screen.delete(row)
        except Conflict as error:
            flash(told(error.message), "error")
            return redirect(screen.url(row), 303)
        offered = offer(say("Deleted: %(what)s", what=label), steps)
        commit()
        flash_done(_("%(name)s is deleted.", name=label), offered)
        return redirect(url_for(f"{screen.name}.index"), 303)
    return render_template("crud/delete.html", screen=screen, row=row, label=label)


def bulk(screen: Screen) -> ResponseReturnValue:
    """Ask, then do one action to every chosen row."""
    action = chosen_action(screen)
    is_confirmed = "confirmed" in request.form
    rows = chosen_rows(screen, select(screen.model) if is_confirmed else screen.query())
    back = request.form.get("next", "")
    if not is_safe(back, root=request.script_root):
        back = url_for(f"{screen.name}.index")
    if not rows:
        flash(_("Choose at least one line first."), "warning")
        return redirect(back, 303)
    if not is_confirmed:
        return render_template(
            "crud/confirm.html", screen=screen, action=action, rows=rows, back=back
        )
    done = carry_out(action, rows)
    offered = offer(action.told(summed_up(screen, done)), done.steps) if action.told else None
    commit()
    report(screen, action, done, offered)
    if any(inspect(row).detached for row in done.done):
        back = url_for(f"{screen.name}.index")  # the page that it came from may be of what is gone
    return redirect(back, 303)


def chosen_action(screen: Screen) -> Action:
    """Return the action that was asked for; raises NotFound and Forbidden."""
    name = request.form.get("action", "")
    action = next((item for item in screen.actions if item.name == name), None)
    if action is None:
        raise NotFound(say("There is no action “%(name)s” here.", name=name[:40]))
    if not action.allowed:
        raise Forbidden(min(action.permissions))
    return action


def chosen_rows(screen: Screen, query: Select[Any]) -> list[Any]:
    """Return what a query selects of the rows that were ticked and that the person may see."""
    ids = [int(word) for word in request.form.getlist("ids") if word.isdecimal()][:MOST_AT_ONCE]
    ticked = query.where(screen.model.id.in_(ids), opaque(screen.scope()))
    return list(session().scalars(ticked.order_by(screen.model.id)))


def summed_up(screen: Screen, outcome: Outcome) -> str:
    """Return the name of the one row that was done, else how many were."""
    done = outcome.done
    return screen.label(done[0]) if len(done) == 1 else str(len(done))


def report(
    screen: Screen, action: Action, outcome: Outcome, offered: UndoOffer | None = None
) -> None:
    """Say what was done and what was not."""
    if outcome.done:
        names = summed_up(screen, outcome)
        flash_done(_("%(done)s: %(names)s.", done=action.done, names=names), offered)
    for row, reason in outcome.refused[:5]:
        flash(_("%(name)s: %(reason)s", name=screen.label(row), reason=told(reason)), "error")
    if more := len(outcome.refused[5:]):
        said = ngettext(
            "And %(num)s more, for a like reason.", "And %(num)s more, for like reasons.", more
        )
        flash(said, "error")


def offered(screen: Screen, row: Any) -> list[Action]:
    """Return the actions that are offered on a row's own page."""
    return [action for action in screen.actions if action.allowed and action.offered(row)]


def get_row(screen: Screen, row_id: int) -> Any:
    """Return a row that the person may see; raises NotFound."""
    found = select(screen.model).where(screen.model.id == row_id, screen.scope())
    row = session().scalar(found)
    if row is None:
        raise NotFound(_("There is no %(noun)s %(id)s.", noun=screen.noun, id=row_id))
    return row
