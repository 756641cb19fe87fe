"""Controls of forms as HTML: what WTForms' widgets write, in a quarter of their time."""

from collections.abc import Mapping
from typing import Any, cast

from flask import Flask
from markupsafe import Markup, escape
from wtforms import Field
from wtforms.widgets import Input, Select, TextArea
from wtforms.widgets.core import clean_key

Attributes = dict[str, Any]


def register_controls(app: Flask) -> None:
    """Give the templates `control` and `describe`."""
    app.add_template_global(control)
    app.add_template_global(describe)


def describe(field: Field, hint: str = "") -> str:
    """Return the ids of what describes a field: its hint, its errors."""
    hinted, wrong = f"{field.id}-hint" if hint else "", f"{field.id}-error" if field.errors else ""
    return " ".join(filter(None, (hinted, wrong)))


def control(field: Field, hint: str = "", **attributes: Any) -> Markup:
    """Return a field's control, tied to its hint and its errors."""
    if described_by := describe(field, hint):
        attributes["aria-describedby"] = described_by
    if field.errors:
        attributes["aria-invalid"] = "true"
    return cast("Markup", field(**attributes))


def write_control(field: Field, given: Mapping[str, Any]) -> Markup:
    """Return a field's control with these attributes besides its own."""
    both = {**(field.render_kw or {}), **given}
    attributes = {clean_key(name): value for name, value in both.items()}
    widget = field.widget
    if type(widget) is TextArea:
        return _write_text_area(field, attributes)
    if type(widget) is Select and not field.has_groups():
        return _write_select(field, attributes)
    if isinstance(widget, Input) and type(widget).__call__ is Input.__call__:
        return _write_input(field, attributes)
    return cast("Markup", widget(field, **attributes))


def _write_input(field: Field, attributes: Attributes) -> Markup:
    attributes.setdefault("type", field.widget.input_type)
    if "value" not in attributes:
        attributes["value"] = _text_of(field)
    return Markup(f"<input {_join(field, attributes)}>")  # noqa: S704 - `_join` escapes


def _write_text_area(field: Field, attributes: Attributes) -> Markup:
    text = escape(_text_of(field))
    return Markup(f"<textarea {_join(field, attributes)}>\r\n{text}</textarea>")  # noqa: S704 - escaped


def _write_select(field: Field, attributes: Attributes) -> Markup:
    if field.widget.multiple:
        attributes["multiple"] = True
    options = []
    for choice in field.iter_choices():
        chosen = {"selected": True} if choice.selected else {}
        own = _write({"value": choice.value, **(choice.render_kw or {}), **chosen})
        options.append(f"<option {own}>{escape(choice.label or choice.value)}</option>")
    return Markup(f"<select {_join(field, attributes)}>{''.join(options)}</select>")  # noqa: S704 - escaped


def _text_of(field: Field) -> Any:
    return field._value()  # noqa: SLF001 - what WTForms gives to widgets


def _join(field: Field, attributes: Attributes) -> str:
    """Write attributes with those that every control has, and those that its validators ask for."""
    asked = {
        name: value
        for name, value in vars(field.flags).items()
        if name in field.widget.validation_attrs
    }
    return _write({"id": field.id, **asked, **attributes, "name": field.name})


def _write(attributes: Attributes) -> str:
    """Write attributes in the order of their names; True stands by its name alone, False not."""
    return " ".join(
        name if value is True else f'{name}="{_quote(value)}"'
        for name, value in sorted(attributes.items())
        if value is not False
    )


def _quote(value: Any) -> str:
    """Escape a value for an attribute; HTML that is safe in a text is not so between quotes."""
    return str(escape(value)).replace('"', "&quot;")
