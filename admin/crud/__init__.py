"""The screen layer: lists and forms of a model from one small class that says what is special."""

from admin.crud.actions import Action
from admin.crud.columns import Column, CountColumn, DateColumn, LinkColumn, StatusColumn
from admin.crud.filters import ChoiceFilter, RelationFilter, TextFilter
from admin.crud.registration import register_screen
from admin.crud.screen import Screen

__all__ = [
    "Action",
    "ChoiceFilter",
    "Column",
    "CountColumn",
    "DateColumn",
    "LinkColumn",
    "RelationFilter",
    "Screen",
    "StatusColumn",
    "TextFilter",
    "register_screen",
]
