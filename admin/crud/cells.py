"""Changing one cell of a list in its place, by the same verb as the form of its row."""

from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.acting import may, work
from admin.crud.choosing import load
from admin.crud.columns import Column
from admin.crud.related import read_extras
from admin.crud.screen import Screen
from admin.crud.writing import write_cells
from admin.languages import told
from shared.domain.errors import DomainError, Forbidden, Invalid, NotFound, Stale
from shared.domain.work import compare_version
from shared.saying import say
from shared.web import commit, session


def cell(screen: Screen, id: int, name: str) -> ResponseReturnValue:
    """Tell what a cell holds and of which version; by POST, store another value in it."""
    column = get_column(screen, name)
    rows = load(session(), screen, [id])
    if not rows:
        raise NotFound(say("There is no row %(number)s here.", number=id))
    row = rows[0]
    if request.method != "POST":
        value = held(column, row)
        most = getattr(getattr(screen.model, name).type, "length", None)
        return jsonify(value=value, version=row.version, most=most, title=str(column.title))
    try:
        store(screen, column, row)
        commit()
    except Stale:
        return refused(_("Someone changed this meanwhile. Press Escape and look again."), 409)
    except Invalid as error:
        return refused(" ".join(map(told, error.errors.values())), 422)
    except Forbidden as error:
        return refused(told(error.message), 403)
    except DomainError as error:
        return refused(told(error.message), 422)
    html, is_shown = drawn(screen, column, id), held(column, row) == getattr(row, name)
    kept = _("Kept with the unpublished changes; visitors see it when you publish.")
    return jsonify(html=html, said=_("Saved.") if is_shown else kept)


def get_column(screen: Screen, name: str) -> Column:
    """Return a column whose cells may be changed by the person; raises NotFound and Forbidden."""
    column = next((item for item in screen.columns if item.name == name and item.edit), None)
    if column is None or column.edit is None:
        raise NotFound(say("There is no cell “%(name)s” to change here.", name=name[:40]))
    if not may(*column.edit.permissions):
        raise Forbidden(min(column.edit.permissions))
    return column


def held(column: Column, row: Any) -> Any:
    """Return what a cell's field begins with: what its verb changes."""
    read = column.edit.read if column.edit else None
    return read(row) if read else getattr(row, column.name)


def store(screen: Screen, column: Column, row: Any) -> None:
    """Give the row the value of the form by the column's verb, if it is still of that version."""
    assert column.edit is not None
    version = request.form.get("version", "")
    compare_version(row, int(version) if version.isdecimal() else 0)
    value = " ".join(request.form.get("value", "").replace("\0", "").split())
    most = getattr(getattr(screen.model, column.name).type, "length", None)
    if most and len(value) > most:
        raise Invalid({column.name: say("Give at most %(most)s characters.", most=most)})
    column.edit.verb(row, value, work())


def drawn(screen: Screen, column: Column, row_id: int) -> str:
    """Return the inside of a cell as the list shows it."""
    session().expire_all()
    [row] = session().scalars(screen.query().where(screen.model.id == row_id))
    extras, _names = read_extras(session(), [column], [row])
    [shown] = column.cells([row], extras[column.name], screen.url)
    return write_cells([shown])


def refused(reason: str, status: int) -> Response:
    """Say why a value is not stored."""
    answer = jsonify(error=reason)
    answer.status_code = status
    return answer
