"""The vocabulary of screens is frozen: what needs more is a view of its own."""

import pytest
from flask import Flask

from admin.access import access_of
from admin.crud import Column, Screen, register_screen
from admin.screens import SCREENS
from shared.models import Tag
from shared.urls import _ARRANGED, ROUTES
from shared.urls import SCREENS as TABLE

FROZEN = {
    "name",
    "title",
    "noun",
    "model",
    "columns",
    "order",
    "form",
    "search",
    "filters",
    "actions",
    "read",
    "edit",
    "query",
    "scope",
    "save",
    "delete",
    "label",
    "url",
    "url_new",
    "has",
}


def public(owner):
    return {name for name in owner if not name.startswith("_")}


def test_attributes_of_a_screen_are_frozen():
    assert public(vars(Screen)) | public(Screen.__annotations__) == FROZEN


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_no_screen_adds_to_them(screen):
    assert public(vars(screen)) - FROZEN == set()
    assert screen.__mro__[1] is Screen


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_order_and_search_are_columns_of_the_model(screen):
    known = set(screen.model.__table__.columns.keys())
    sortable = {column.name for column in screen.columns if column.sortable}

    search = getattr(screen.search, "columns", screen.search)
    assert {screen.order.removeprefix("-"), *search, *sortable} <= known


def test_screen_without_permissions_is_closed():
    class Forgotten(Screen):
        name, title, noun, model, order = "tags", "Tags", "tag", Tag, "name"
        columns = (Column("name"),)

    app = Flask(__name__, static_folder=None)
    register_screen(app, Forgotten())

    assert {name: access_of(view) for name, view in app.view_functions.items()} == {
        f"tags.{view}": frozenset() for view in (*_ARRANGED,)
    }


def test_screens_register_what_the_table_of_urls_says(app):
    own = {screen.name for screen in SCREENS}
    table = {f"{name}.{view}" for name, views in TABLE.items() for view in views}

    assert table <= set(app.view_functions)
    assert own == set(TABLE)
    assert set(app.view_functions) == set(ROUTES["admin"])
