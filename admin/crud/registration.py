"""A screen's views, registered at the rules of its name, each with the permissions it needs."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from flask import Flask
from flask.typing import ResponseReturnValue

from admin.access import requires
from admin.account.proving import recently_proved
from admin.crud import arranging, bulk, cells, exporting, running, saved, views
from admin.crud.screen import Screen
from shared.domain.permissions import Permission
from shared.urls import ROUTES

READING, WRITING = ("GET",), ("GET", "POST")
# Whoever may do these could let others in: they prove who they are before each change.
DANGEROUS = frozenset({Permission.CLIENTS_EDIT, Permission.USERS_EDIT})
CHANGING = frozenset({"bulk", "cell", "run", "delete", "edit", "new"})
Rule = tuple[str, Callable[..., Any], tuple[str, ...], tuple[Permission, ...]]


def register_screen(app: Flask, screen: Screen) -> None:
    """Register the views that a screen has."""
    for name, function, methods, permissions in rules(screen):
        view = bind(function, screen)
        if name in CHANGING and not DANGEROUS.isdisjoint(permissions):
            view = recently_proved(view)
        view = requires(*permissions)(view)
        endpoint = f"{screen.name}.{name}"
        app.add_url_rule(ROUTES["admin"][endpoint], endpoint, view, methods=list(methods))


def bind(function: Callable[..., Any], screen: Screen) -> Callable[..., Any]:
    """Return a view of one screen."""

    @wraps(function)
    def view(**parts: Any) -> ResponseReturnValue:
        answer: ResponseReturnValue = function(screen, **parts)
        return answer

    return view


def rules(screen: Screen) -> Iterator[Rule]:
    """Return name, view, methods and permissions of each view that a screen has."""
    yield "index", views.index, READING, screen.read
    yield "filter", arranging.choose_filters, READING, screen.read
    yield "columns", arranging.choose_columns, WRITING, screen.read
    yield "keep", saved.keep, WRITING, screen.read
    yield "saved", saved.change, WRITING, screen.read
    yield "export", exporting.export, WRITING, screen.read
    if editors := [column.edit for column in screen.columns if column.edit is not None]:
        writers = dict.fromkeys(p for edit in editors for p in edit.permissions)
        yield "cell", cells.cell, WRITING, tuple(writers)
    if screen.actions:
        allowed = dict.fromkeys(p for action in screen.actions for p in action.permissions)
        yield "bulk", bulk.bulk, ("POST",), tuple(allowed)
        yield "run", running.run, WRITING, tuple(allowed)
    if screen.form is not None:
        yield "edit", views.edit, WRITING, screen.edit
        if screen.has("new"):
            yield "new", views.new, WRITING, screen.edit
        if screen.has("delete"):
            yield "delete", views.delete, WRITING, screen.edit
    elif screen.has("show"):
        yield "show", views.show, READING, screen.read
