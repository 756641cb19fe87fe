"""Choosing filters and columns: pages of their own, which scripts show as dialogs."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.acting import actor, work
from admin.crud.columns import Column
from admin.crud.screen import Screen
from admin.crud.wishes import Wishes, arrange, key_of, pick, read_wishes
from shared.domain.preferences import prefer
from shared.web import commit, session


def choose_filters(screen: Screen) -> ResponseReturnValue:
    """Show every filter of a list; the form leads to the list."""
    wishes = read_wishes(session(), screen, actor().user_id)
    state = arrange(screen, request.args, wishes).state
    filters = [(item, item.choices(session())) for item in screen.filters]
    return render_template("crud/filter.html", screen=screen, state=state, filters=filters)


def choose_columns(screen: Screen) -> ResponseReturnValue:
    """Show which columns a list has, in which order, and remember what a person chooses."""
    wishes = read_wishes(session(), screen, actor().user_id)
    listed = arrange(screen, request.args, wishes)
    order, shown = asked_columns(screen, listed.columns)
    if request.method == "POST" and "move" not in request.form:
        view = str(listed.view.id) if listed.view else ""
        names = [] if "usual" in request.form else shown
        prefer(key_of(screen), with_columns(wishes, view, names), work=work())
        commit()
        return redirect(url_for(f"{screen.name}.index") + listed.state.query(), 303)
    return render_template(
        "crud/columns.html", screen=screen, state=listed.state, order=order, shown=shown
    )


def asked_columns(
    screen: Screen, shown: Sequence[Column]
) -> tuple[Sequence[Column], Sequence[str]]:
    """Return all columns in the order of the form, and the names of those that are ticked."""
    if request.method == "POST":
        order = moved(request.form.getlist("order"), request.form.get("move", ""))
        names = request.form.getlist("column")
        names = [column.name for column in pick(screen, order) if column.name in names]
    else:
        order = names = [column.name for column in shown]
    every = pick(screen, order)
    rest = [column for column in screen.columns if column.listed and column not in every]
    return [*every, *rest], names


def moved(order: Sequence[str], asked: str) -> list[str]:
    """Return names with one of them a place further up or down, such as `tags:up`."""
    names = list(dict.fromkeys(order))
    name, _, way = asked.partition(":")
    if name in names:
        place = names.index(name)
        names.insert(max(place + (1 if way == "down" else -1), 1), names.pop(place))
    return names


def with_columns(wishes: Wishes, view: str, names: Sequence[str]) -> dict[str, object]:
    """Return a person's preference with the columns of one view, or without them."""
    columns = {key: kept for key, kept in wishes.chosen.get("columns", {}).items() if key != view}
    return {**wishes.chosen, "columns": columns | ({view: list(names)} if names else {})}
