import re
from pathlib import Path

import frontend
from frontend.wording import CHINESE, ENGLISH
from scripts.code_css import TARGET, code_css

ROOT = Path(frontend.__file__).parent
CSS = {path.name: path.read_text() for path in (ROOT / "static" / "css").glob("*.css")}


def test_every_stylesheet_is_linked_and_there(visit, client, write):
    write(slug="a", comments="on")  # whose sheet other pages do without
    assert "comments" not in "".join(visit("/").rel("stylesheet"))
    sheets = visit("/page/a/").rel("stylesheet")
    names = [re.sub(r"\.[0-9a-f]{10}\.css$", ".css", sheet.rpartition("/")[2]) for sheet in sheets]
    assert sorted(names) == sorted(CSS)
    answers = [client.get(sheet) for sheet in sheets]
    assert {answer.headers["Cache-Control"] for answer in answers} == {
        "public, max-age=31536000, immutable"
    }


def test_the_colours_of_code_are_those_of_the_generator():
    assert TARGET.read_text() == code_css()


def test_colours_are_named_in_one_file():
    strays = {
        name: re.findall(r"#[0-9a-f]{3,8}\b", text)
        for name, text in CSS.items()
        if name not in {"tokens.css", "code.css", "print.css"}
    }
    assert {name: colours for name, colours in strays.items() if colours} == {}


def test_every_token_that_is_used_is_declared():
    declared = {token for text in CSS.values() for token in re.findall(r"(--[\w-]+):", text)}
    used = {token for text in CSS.values() for token in re.findall(r"var\((--[\w-]+)", text)}
    assert used - declared == set()


def test_stylesheets_fetch_nothing():
    assert [name for name, text in CSS.items() if re.search(r"url\(|@import", text)] == []


def test_both_languages_say_the_same_with_the_same_blanks():
    def blanks(words):
        return {
            name: re.findall(r"\{\d?\}", text)
            for name, text in vars(words).items()
            if isinstance(text, str)
        }

    english, chinese = blanks(ENGLISH), blanks(CHINESE)
    assert {name: len(found) for name, found in english.items()} == {
        name: len(found) for name, found in chinese.items()
    }


def test_every_phrase_is_used():
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.*ml"))
    code = "".join(path.read_text() for path in ROOT.rglob("*.py"))
    unused = [name for name in vars(ENGLISH) if f"words.{name}" not in templates + code]
    assert unused == []
