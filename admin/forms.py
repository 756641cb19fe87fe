"""What every form of the console has in common."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from babel.support import Translations
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from sqlalchemy.orm import InstrumentedAttribute
from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.i18n import messages_path
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from admin.controls import write_control
from shared.domain.errors import Invalid

Options = Callable[[], Iterable[tuple[Any, str]]]
UNSEEN = frozenset({"csrf_token", "version"})


class Form(FlaskForm):  # type: ignore[misc]  # WTForms has no types
    """A form that can take the errors of a verb into its fields."""

    is_stale = False

    class Meta:
        """How WTForms is to treat these forms."""

        def get_translations(self, _: FlaskForm) -> Any:
            """Return what WTForms itself says, in the language at hand."""
            return _own_words(str(get_locale() or "en"))

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            """Write a field's control."""
            return write_control(field, render_kw)

    def take_errors(self, error: Invalid) -> None:
        """Show what a verb refused beside the fields it named."""
        for name, message in error.errors.items():
            field = self._fields.get(name)
            if field is None:
                self.form_errors.append(message)
            else:
                field.errors = [*field.errors, message]

    @property
    def visible(self) -> list[Field]:
        """The fields that a person fills."""
        return [field for name, field in self._fields.items() if name not in UNSEEN]

    @property
    def page_status(self) -> int:
        """The status of the page that shows this form: new, refused, or out of date."""
        if not self.is_submitted():
            return 200
        return 409 if self.is_stale else 422


@lru_cache(maxsize=8)
def _own_words(language: str) -> Any:
    """Return WTForms' catalogue, read once: Flask-WTF reads the file for each form."""
    return Translations.load(messages_path(), [language], domain="wtforms")


class VersionedForm(Form):
    """A form that remembers which version of the object it was filled from."""

    submit_label = _l("Save")

    version = HiddenField()

    @property
    def base_version(self) -> int | None:
        """The version that the person started from, None for a new object."""
        raw = str(self.version.data or "")
        return int(raw) if raw.isdecimal() else None

    def populate_obj(self, obj: Any) -> None:
        """Give an object the values of every field but the version, which verbs count."""
        for field in self.visible:
            field.populate_obj(obj, field.name)


class ObjectField(SelectField):  # type: ignore[misc]  # WTForms has no types
    """A choice among objects that `options` reads, the first line meaning none of them."""

    def __init__(
        self,
        label: str,
        *,
        options: Callable[[], Iterable[tuple[Any, str]]],
        none: str,
        **more: Any,
    ) -> None:
        super().__init__(label, coerce=str, **more)
        self._options, self._none = options, none

    def _objects(self) -> dict[str, tuple[Any, str]]:
        if not hasattr(self, "_read"):
            self._read = {str(item.id): (item, name) for item, name in self._options()}
        return self._read

    def iter_choices(self) -> Iterator[Choice]:
        """Return the lines of the control."""
        yield Choice("", str(self._none), not self._key, {})
        for key, (_object, name) in self._objects().items():
            yield Choice(key, name, key == self._key, {})

    def has_groups(self) -> bool:
        """Return False: the lines are not grouped."""
        return False

    def process_data(self, value: Any) -> None:
        """Take the object that the row has."""
        self.data, self._key = value, "" if value is None else str(value.id)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the object that was chosen; raises ValueError for one that is not offered."""
        self._key = valuelist[0] if valuelist else ""
        if self._key and self._key not in self._objects():
            raise ValueError(_("Choose one of the list."))
        self.data = self._objects()[self._key][0] if self._key else None

    def pre_validate(self, form: FlaskForm) -> None:
        """Say nothing more: what is not offered was refused before."""


class ChecklistField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Several of a few choices, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def choices_of(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    """Return values and their words as the choices of a field."""
    return [SelectChoice(value, words) for value, words in pairs]


def shown(field: Field) -> str:
    """Return a field's value in words, to set two of them side by side."""
    if isinstance(field, SelectField) and not isinstance(field, SelectMultipleField):
        return next((str(line.label) for line in field.iter_choices() if line.selected), "")
    if isinstance(field, BooleanField):
        return str(_("yes") if field.data else _("no"))
    if isinstance(field.data, list):
        return ", ".join(map(str, field.data))
    return str(field.data if field.data is not None else "")


def within(column: InstrumentedAttribute[str]) -> Length:
    """Return the length check that a column's type asks for."""
    limit: int = column.type.length
    return Length(max=limit, message=_l("Give at most %(most)s characters.", most=f"{limit:,}"))
