"""What must not be written anywhere in the project."""

import re

import pytest

from tests.guards.sources import files, lines, short, source, with_suffix

BINARY = {".png", ".jpg", ".webp", ".avif", ".gif", ".ico", ".woff2", ".gz", ".zip"}
# Written in two halves, so that this file does not find itself.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.-])/(?:wo" r"rk|ro" r"ot)/\w",
    "the address of a package registry": r"registry\.npm" r"js|pypi\." r"org|python" r"hosted",
    "a word about how the project is made": r"\bCE" r"O\b|\bClau" r"de\b|\bsub-?ag" r"ent",
    "an issue's number, where a reason belongs": r"\bissue" r" #?\d+\b",
    "something left to do": r"\bTO" r"DO\b|\bFIX" r"ME\b|\bXX" r"X\b",
}
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "services", "misc", "base_utils"}


def found(pattern, paths):
    search = re.compile(pattern).search
    return [
        f"{short(path)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(lines(path), 1)
        if search(line)
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_speaks_of(what):
    texts = [path for path in files() if path.suffix not in BINARY]
    assert found(FORBIDDEN[what], texts) == []


def test_no_module_is_a_junk_drawer():
    names = {short(path): {path.stem, path.parent.name} for path in source()}
    assert [path for path, parts in names.items() if parts & JUNK_DRAWERS] == []


def test_no_test_can_be_skipped_or_expected_to_fail():
    pattern = r"pytest\.(sk" r"ip|xfa" r"il|importorsk" r"ip)|mark\.(sk" r"ip|xfa" r"il)"
    assert found(pattern, with_suffix(".py")) == []


def test_no_test_mocks_what_is_ours():
    pattern = r"unittest(\.| import )mo" r"ck|\bMagicMo" r"ck\b|\bmocker\b"
    assert found(pattern, with_suffix(".py")) == []


def test_a_silenced_check_names_its_code_and_its_reason():
    pattern = r"# no" r"qa(?!: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)* - \S)"
    ignored = r"# type: ig" r"nore(?!\[[a-z-]+(, ?[a-z-]+)*\]\s+# \S)"
    assert found(f"{pattern}|{ignored}", with_suffix(".py")) == []


def test_templates_hold_no_inline_script_style_or_foreign_address():
    templates = [path for path in with_suffix(".html") if "templates" in path.parts]
    inline = (
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")"
        r"|<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:|(src|href)=[\"'](https?:)?//"
    )
    assert found(inline, templates) == []
