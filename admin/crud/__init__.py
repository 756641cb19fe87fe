"""The screen layer: lists and forms of a model from one small class that says what is special."""

from admin.crud.actions import Action, Ask
from admin.crud.columns import Column, DateColumn, LinkColumn, StatusColumn
from admin.crud.filters import ChoiceFilter, DateFilter, HasFilter, RelationFilter, TextFilter
from admin.crud.inline import Edit
from admin.crud.registration import register_screen
from admin.crud.related import CountColumn, LabelsColumn
from admin.crud.screen import Screen
from admin.crud.searching import Hits, SearchIndex

__all__ = [
    "Action",
    "Ask",
    "ChoiceFilter",
    "Column",
    "CountColumn",
    "DateColumn",
    "DateFilter",
    "Edit",
    "HasFilter",
    "Hits",
    "LabelsColumn",
    "LinkColumn",
    "RelationFilter",
    "Screen",
    "SearchIndex",
    "StatusColumn",
    "TextFilter",
    "register_screen",
]
