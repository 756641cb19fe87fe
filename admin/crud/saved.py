"""Saved views of a list: kept, renamed, shared, made the first to see, and deleted."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.acting import actor, work
from admin.crud.screen import Screen
from admin.crud.wishes import Arranged, Wishes, arrange, key_of, read_wishes
from admin.languages import told
from admin.undoing import flash_done, offer, remember_all
from shared.domain.errors import DomainError, Invalid
from shared.domain.preferences import prefer
from shared.domain.saved_views import delete_view, get_view, may_change, save_view
from shared.domain.undo import UndoOffer
from shared.models import SavedView
from shared.saying import say
from shared.web import commit, session


def keep(screen: Screen) -> ResponseReturnValue:
    """Ask for a name, then keep the list as it is shown."""
    wishes = read_wishes(session(), screen, actor().user_id)
    listed = arrange(screen, request.args, wishes)
    view = SavedView(screen=screen.name, name="", is_shared=False)
    if request.method == "POST":
        fill(view)
        error = stored(view, as_document(listed), None)
        if not error:
            remember(screen, wishes, view)
            return leave(screen, view.id, _("The view %(name)s is kept.", name=view.name))
        flash(error, "error")
    return show(screen, view, listed=listed, wishes=wishes)


def change(screen: Screen, id: int) -> ResponseReturnValue:
    """Rename a view, share it, take the list as it is shown into it, or delete it."""
    wishes = read_wishes(session(), screen, actor().user_id)
    view = get_view(session(), id, screen=screen.name, user_id=actor().user_id)
    listed = arrange(screen, request.args or {"view": str(id)}, wishes)
    if request.method != "POST":
        return show(screen, view, listed=listed, wishes=wishes)
    if "delete" in request.form:
        name, steps = view.name, remember_all(view)
        delete_view(view, work=work())
        offered = offer(say("Deleted: %(what)s", what=name), steps)
        commit()
        return leave(screen, 0, _("The view %(name)s is deleted.", name=name), offered)
    if may_change(view, work=work()):
        fill(view)
        state = as_document(listed) if "again" in request.form else dict(view.state)
        if error := stored(view, state, version_of_form()):
            flash(error, "error")
            return show(screen, view, listed=listed, wishes=wishes)
    remember(screen, wishes, view)
    return leave(screen, view.id, _("The view %(name)s is kept.", name=view.name))


def show(screen: Screen, view: SavedView, **more: Any) -> ResponseReturnValue:
    """Show the form of a view."""
    is_new = view.id is None
    mine = is_new or may_change(view, work=work())
    return render_template(
        "crud/view.html", screen=screen, view=view, is_new=is_new, may_change=mine, **more
    )


def fill(view: SavedView) -> None:
    """Take the name from the form, and whether the view is everyone's."""
    view.name = request.form.get("name", "")
    view.is_shared = "shared" in request.form


def version_of_form() -> int | None:
    """Return the version that the form was filled from."""
    word = request.form.get("version", "")
    return int(word) if word.isdecimal() else None


def stored(view: SavedView, state: dict[str, Any], version: int | None) -> str:
    """Store a view; return what stands against it, empty when nothing does."""
    try:
        save_view(view, state, version=version, work=work())
    except Invalid as error:
        return " ".join(map(told, error.errors.values()))
    except DomainError as error:
        return told(error.message)
    return ""


def remember(screen: Screen, wishes: Wishes, view: SavedView) -> None:
    """Remember whether this view is the first to see, and let go of columns chosen beside it."""
    before = wishes.chosen.get("default")
    first = view.id if "first" in request.form else None if before == view.id else before
    columns = dict(wishes.chosen.get("columns", {}))
    if "again" in request.form:
        columns.pop(str(view.id), None)
    prefer(key_of(screen), {"columns": columns, "default": first}, work=work())
    commit()


def as_document(listed: Arranged) -> dict[str, Any]:
    """Return what a view keeps of a list."""
    return {"query": listed.state.wishes, "columns": [column.name for column in listed.columns]}


def leave(
    screen: Screen, view_id: int, said: str, offered: UndoOffer | None = None
) -> ResponseReturnValue:
    """Go back to the list, and say what was done."""
    flash_done(said, offered)
    return redirect(url_for(f"{screen.name}.index") + f"?view={view_id}", 303)
