"""What every form of the console has in common."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from sqlalchemy.orm import InstrumentedAttribute
from wtforms import HiddenField
from wtforms.validators import Length

from shared.domain.errors import Invalid


class Form(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """A form that can take the errors of a verb into its fields."""

    def take_errors(self, error: Invalid) -> None:
        """Show what a verb refused beside the fields it named."""
        for name, message in error.errors.items():
            field = self._fields.get(name)
            target = self.form_errors if field is None else field.errors
            if field is not None and not isinstance(target, list):
                field.errors = target = list(target)
            target.append(message)


class VersionedForm(Form):
    """A form that remembers which version of the object it was filled from."""

    version = HiddenField()

    @property
    def base_version(self) -> int | None:
        """The version that the person started from, None for a new object."""
        raw = self.version.data
        return int(raw) if raw and str(raw).isdecimal() else None

    def populate_obj(self, obj: Any) -> None:
        """Give an object the values of every field but the version, which verbs count."""
        for name, field in self._fields.items():
            if name not in {"version", "csrf_token"}:
                field.populate_obj(obj, name)

    @property
    def changed(self) -> Mapping[str, Any]:
        """The values of the visible fields, by name."""
        return {
            name: field.data
            for name, field in self._fields.items()
            if name not in {"version", "csrf_token"}
        }


def within(column: InstrumentedAttribute[str]) -> Length:
    """Return the length check that a column's type asks for."""
    limit: int = column.type.length  # type: ignore[attr-defined]  # only String columns are given
    return Length(max=limit, message=f"Give at most {limit} characters.")
