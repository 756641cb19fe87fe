"""Our own writing of controls says what WTForms' widgets say, byte for byte."""

import pytest
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    Form,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange

from admin.controls import control, describe, write_control

ODD = """a "quoted" <b>name</b> & 'more' 中文"""
CHOICES = [
    SelectChoice("", "None"),
    SelectChoice("a", ODD),
    SelectChoice(ODD, "b", {"data-depth": "2"}),
]


class Everything(Form):
    title = StringField("Title", [DataRequired(), Length(min=2, max=9)])
    email = EmailField("Mail", render_kw={"autocomplete": "username", "class_": "wide"})
    text = TextAreaField("Text", [Length(max=500)], render_kw={"rows": 3})
    one = SelectField("One", choices=CHOICES)
    many = SelectMultipleField("Many", choices=CHOICES)
    grouped = SelectField("Grouped", choices=[SelectChoice("a", "A", optgroup="G")])
    number = IntegerField("Number", [NumberRange(1, 9)])
    secret = PasswordField("Secret")
    box = BooleanField("Box")
    radio = RadioField("Radio", choices=CHOICES)
    kept = HiddenField("Kept")


def filled():
    values = dict.fromkeys(("title", "email", "text", "one", "many", "kept", "radio"), ODD)
    return Everything(MultiDict(values | {"number": "x", "box": "y", "secret": ODD}))


@pytest.mark.parametrize("form", [Everything(), filled()], ids=["empty", "filled"])
@pytest.mark.parametrize("name", [name for name in dir(Everything()) if name in Everything()])
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"class_": "x", "data_a_b": ODD, "aria-invalid": "true", "autofocus": True},
        {"hidden": False, "id": "own", "value": Markup('safe " & <b>'), "maxlength": 3},
    ],
)
def test_control_is_what_the_widget_of_wtforms_writes(form, name, given):
    field = form[name]

    assert write_control(field, given) == field(**given)


def test_control_escapes_what_was_typed():
    html = str(write_control(filled().title, {}))

    assert 'value="a &#34;quoted&#34; &lt;b&gt;name&lt;/b&gt; &amp; &#39;more&#39; 中文"' in html


def test_control_is_tied_to_its_hint_and_its_error():
    form = filled()
    form.validate()

    assert describe(form.kept) == ""
    assert describe(form.title, "A hint") == "title-hint title-error"
    assert 'aria-describedby="title-hint title-error" aria-invalid="true"' in control(
        form.title, "A hint"
    )
    assert "aria-" not in control(form.kept)
