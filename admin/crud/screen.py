"""The base of every screen: the vocabulary, and closed until it is opened."""

from typing import Any, ClassVar

from flask import url_for
from sqlalchemy import ColumnElement, Select, select, true

from admin.acting import may
from admin.addresses import row_url
from admin.crud.actions import Action
from admin.crud.columns import Column
from admin.crud.filters import Filter
from admin.crud.searching import SearchIndex
from admin.forms import VersionedForm
from shared.domain.permissions import Permission
from shared.urls import ROUTES


class Screen:
    """One model's list and form. This list of attributes is frozen: what needs more is a view.

    `name` is the part of the URL, `title` the heading, `noun` one of them; `read` and `edit` are
    the permissions of which one is needed, and empty they open nothing. `order` is a sortable
    column, with a minus for the greatest first.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    noun: ClassVar[str]
    model: ClassVar[type[Any]]
    columns: ClassVar[tuple[Column, ...]]
    order: ClassVar[str]
    form: ClassVar[type[VersionedForm] | None] = None
    search: ClassVar[tuple[str, ...] | SearchIndex] = ()
    filters: ClassVar[tuple[Filter, ...]] = ()
    actions: ClassVar[tuple[Action, ...]] = ()
    read: ClassVar[tuple[Permission, ...]] = ()
    edit: ClassVar[tuple[Permission, ...]] = ()

    def query(self) -> Select[Any]:
        """Select what a list reads of each row: the model, or a bundle of its columns."""
        return select(self.model)

    def scope(self) -> ColumnElement[bool]:
        """Return the condition on the rows that the person at hand may see."""
        return true()

    def save(self, row: Any, form: VersionedForm) -> None:
        """Store a new or changed row by its verb."""
        raise NotImplementedError  # a seam: only a screen that stores rows has a verb for it

    def delete(self, row: Any) -> None:
        """Remove a row by its verb."""
        raise NotImplementedError  # a seam: only a screen that removes rows has a verb for it

    def label(self, row: Any) -> str:
        """Return the name by which a row is known."""
        return str(getattr(row, self.columns[0].name))

    def url(self, row: Any) -> str:
        """Return the address of a row's own page, empty where it has none."""
        view = next((view for view in ("edit", "show") if self.has(view)), None)
        return row_url(f"{self.name}.{view}", row.id) if view else ""

    def url_new(self) -> str:
        """Return the address where one is made, empty where the person may not."""
        return url_for(f"{self.name}.new") if self.has("new") and may(*self.edit) else ""

    def has(self, view: str) -> bool:
        """Tell whether the table of URLs gives this screen a view."""
        return f"{self.name}.{view}" in ROUTES["admin"]
