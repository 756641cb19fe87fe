"""Every word of the console can be translated."""

import pytest
from jinja2 import DictLoader, Environment

from tests.guards.sources import ROOT, short
from tests.guards.wrapping import bare_strings, unwrapped

CONSOLE = ROOT / "admin"
# Commands of operators, the examination of an installation, and importers speak English.
ENGLISH = {"cli", "doctor", "transfer"}
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"], loader=DictLoader({}), autoescape=True)


def test_templates_hold_no_text_outside_of_gettext():
    templates = sorted((CONSOLE / "templates").rglob("*.html"))
    left = {short(path): list(unwrapped(path, ENVIRONMENT)) for path in templates}

    assert {path: words for path, words in left.items() if words} == {}


def test_python_shows_no_string_outside_of_gettext():
    files = [
        path
        for path in sorted(CONSOLE.rglob("*.py"))
        if path.relative_to(CONSOLE).parts[0] not in ENGLISH
    ]
    left = {short(path): list(bare_strings(path)) for path in files}

    assert {path: words for path, words in left.items() if words} == {}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>{{ _('Well') }}</p>", []),
        ("<p>Well done</p>", ["Well done"]),
        ("<p>{{ n }} tags</p>", ["tags"]),
        ("<p title='Tell {{ n }}'></p>", ["Tell"]),
        ("<p>{{ 'New ' ~ noun }}</p>", ["New "]),
        ("{% trans %}Well done{% endtrans %}", []),
        ("<code>make run</code> {{ kind == 'post' }}", []),
        ("{{ submit('Save') }}", ["Save"]),
        ("<p data-trouble='It broke' data-kind='post'></p>", ["It broke"]),
        ("{% if post %}<b>Post</b>{% else %}{{ _('No') }}{% endif %}", ["Post"]),
    ],
)
def test_reader_of_templates_finds_what_is_not_wrapped(tmp_path, template, words):
    path = tmp_path / "template.html"
    path.write_text(template, encoding="utf-8")

    assert list(unwrapped(path, ENVIRONMENT)) == words
