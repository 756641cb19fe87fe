"""A list as a file: every row that matches, with the columns that are shown."""

from collections.abc import Iterator

from flask import Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from admin.acting import actor, work, zone
from admin.crud.listing import walk
from admin.crud.related import read_extras
from admin.crud.screen import Screen
from admin.crud.sheets import FORMS, Record, Table
from admin.crud.wishes import Arranged, arrange, read_wishes
from shared.domain.errors import NotFound
from shared.saying import say
from shared.web import commit, now, runtime, session

CHUNK = 500


def export(screen: Screen) -> ResponseReturnValue:
    """Ask in which form, then send the list while it is read; the request is on record before."""
    wishes = read_wishes(session(), screen, actor().user_id)
    listed = arrange(screen, request.args, wishes)
    if request.method != "POST":
        return render_template("crud/export.html", screen=screen, listed=listed, forms=FORMS)
    form = FORMS.get(request.form.get("form", ""))
    if form is None:
        raise NotFound(say("There is no such form of a list."))
    # The log forgets nothing, so an e-mail address that was searched for stays out of it.
    query = {name: value for name, value in listed.state.wishes.items() if "@" not in value}
    told = {"form": form.name, "query": query}
    work().record("list.exported", screen.model.__tablename__, str(screen.title), **told)
    commit()
    table = Table(
        names=[column.name for column in listed.columns],
        heads=[str(column.title) for column in listed.columns],
        records=read(screen, listed),
        zone=zone(),
    )
    body = stream_with_context(form.write(table))
    answer = Response(body, mimetype=form.mimetype, direct_passthrough=True)
    name = f"{screen.name}-{now():%Y-%m-%d}.{form.name}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def read(screen: Screen, listed: Arranged) -> Iterator[Record]:
    """Read the rows in the order of the list, some at a time, each as plain values."""
    with runtime().database.reading() as reading:
        for rows in walk(reading, screen, listed.state, CHUNK):
            extras, _ = read_extras(reading, listed.columns, rows, whole=True)
            for row in rows:
                yield [column.plain(row, extras[column.name]) for column in listed.columns]
