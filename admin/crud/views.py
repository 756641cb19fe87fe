"""The views that every screen shares: list, show, make, change, delete, and act on many."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from admin.acting import actor
from admin.crud.actions import Action
from admin.crud.chips import words_of
from admin.crud.listing import read_page
from admin.crud.related import read_extras
from admin.crud.saving import differences, store
from admin.crud.screen import Screen
from admin.crud.table import headed, list_details, list_lines
from admin.crud.wishes import arrange, read_wishes
from admin.languages import told
from admin.undoing import flash_done, offer, remember_all
from shared.domain.errors import Conflict, NotFound
from shared.saying import say
from shared.web import commit, session


def index(screen: Screen) -> ResponseReturnValue:
    """List what the person may see."""
    wishes = read_wishes(session(), screen, actor().user_id)
    state, columns, view = arrange(screen, request.args, wishes)
    page = read_page(session(), screen, state)
    said = words_of(screen, state)
    extras, names = read_extras(session(), columns, page.rows, said.named)
    lines = list_lines(screen, columns, page.rows, extras)
    return render_template(
        "crud/index.html",
        screen=screen,
        state=state,
        columns=columns,
        wishes=wishes,
        view=view,
        page=page,
        lines=headed(screen, state, page.rows, lines),
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
