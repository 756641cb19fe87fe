"""Columns of a row as a JSON document, and back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.orm import Session

from shared.models import Base, UtcDateTime


def columns_of(model: type[Base]) -> dict[str, Any]:
    """Return a model's columns by the names of its attributes."""
    return {item.key: item.columns[0] for item in inspect(model).column_attrs}


def dump(row: Base, names: Iterable[str]) -> dict[str, Any]:
    """Return these columns of a row."""
    return _plain({name: getattr(row, name) for name in names})


def describe(
    model: type[Base], wanted: ColumnElement[bool], session: Session
) -> list[dict[str, Any]]:
    """Return all columns of some rows, as the database has them."""
    columns = columns_of(model)
    rows = session.execute(select(*columns.values()).where(wanted))
    return [_plain(dict(zip(columns, row, strict=True))) for row in rows]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def load(model: type[Base], document: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a document; columns that are gone since are passed over."""
    columns = columns_of(model)
    return {
        name: datetime.fromisoformat(value)
        if value is not None and isinstance(columns[name].type, UtcDateTime)
        else value
        for name, value in document.items()
        if name in columns
    }
