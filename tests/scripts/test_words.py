"""The console's catalogues hold every message of the code, with all its parts."""

import re

import pytest
from babel.messages.catalog import Catalog

from scripts.words import FOLDER, LOCALES, collect, compile_all, read, untranslated, update

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@pytest.fixture(scope="module")
def found():
    return collect()


def placeholders(*forms):
    return {name for form in forms for pair in PLACEHOLDER.findall(form) for name in pair if name}


def forms_of(value):
    return (value,) if isinstance(value, str) else tuple(value)


def markup(value):
    """Return the tags and straight quotes, which an attribute would not survive."""
    return sorted(re.findall(r"</?\w+|[\"<>]", forms_of(value)[-1]))


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogue_has_exactly_the_messages_of_the_code(locale, found):
    kept = read(locale)

    assert {message.id for message in kept} == {message.id for message in found}, "run make words"
    assert list(kept.obsolete) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogue_is_complete(locale):
    assert untranslated(read(locale)) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_translations_have_the_placeholders_of_their_messages(locale):
    wrong = {
        message.id: message.string
        for message in read(locale)
        if message.id
        and placeholders(forms_of(message.string)[-1]) != placeholders(forms_of(message.id)[-1])
    }
    assert wrong == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_translations_write_the_markup_of_their_messages_and_no_other(locale):
    wrong = {
        message.id: message.string
        for message in read(locale)
        if message.id and markup(message.string) != markup(message.id)
    }
    assert wrong == {}


def test_catalogues_lie_where_the_console_looks():
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == set(LOCALES)


def test_catalogue_is_compiled_once(tmp_path):
    found = Catalog()
    found.add("Well", None)
    update("zh_Hans", found, tmp_path)
    made = [compile_all(tmp_path), compile_all(tmp_path)]
    compiled = tmp_path / "zh_Hans" / "LC_MESSAGES" / "messages.mo"

    assert made == [1, 0]
    assert compiled.read_bytes()[:4] == b"\xde\x12\x04\x95"


def test_update_keeps_what_is_translated_and_lets_go_of_what_ended(tmp_path):
    first, second = Catalog(), Catalog()
    first.add("Well", None)
    first.add("Ill", None)
    second.add("Well", None)
    second.add("New", None)
    update("zh_Hans", first, tmp_path)
    path = tmp_path / "zh_Hans" / "LC_MESSAGES" / "messages.po"
    path.write_text(
        path.read_text("utf-8").replace('msgid "Well"\nmsgstr ""', 'msgid "Well"\nmsgstr "好"'),
        "utf-8",
    )
    kept = update("zh_Hans", second, tmp_path)

    assert {message.id: message.string for message in kept if message.id} == {
        "New": "",
        "Well": "好",
    }
    assert untranslated(kept) == ["New"]
