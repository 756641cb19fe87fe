"""What must not be written anywhere in the project."""

import re

import pytest

from tests.guards.sources import files, lines, short, source, with_suffix

BINARY = {".png", ".jpg", ".webp", ".avif", ".gif", ".ico", ".woff2", ".gz", ".zip"}
# One letter of each stands in brackets, so that this file does not find itself.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.-])/(?:w[o]rk|ro[o]t)/\w",
    "the address of a package registry": r"registry\.np[m]js|pypi\.o[r]g|pythonh[o]sted",
    "a word about how the project is made": r"\bC[E]O\b|\bC[l]aude\b|\bsub-?a[g]ent",
    "an issue's number, where a reason belongs": r"\bissu[e] #?\d+\b",
    "something left to do": r"\bT[O]DO\b|\bFI[X]ME\b|\bXX[X]\b",
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
    pattern = r"pytest\.(s[k]ip|x[f]ail|importors[k]ip)|mark\.(s[k]ip|x[f]ail)"
    assert found(pattern, with_suffix(".py")) == []


def test_no_test_mocks_what_is_ours():
    pattern = r"unittest(\.| import )m[o]ck|\bMagicM[o]ck\b|\bm[o]cker\b"
    assert found(pattern, with_suffix(".py")) == []


def test_a_silenced_check_names_its_code_and_its_reason():
    pattern = r"# n[o]qa(?!: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)* - \S)"
    ignored = r"# type: ign[o]re(?!\[[a-z-]+(, ?[a-z-]+)*\]\s+# \S)"
    assert found(f"{pattern}|{ignored}", with_suffix(".py")) == []


def test_templates_hold_no_inline_script_style_or_foreign_address():
    templates = [path for path in with_suffix(".html") if "templates" in path.parts]
    inline = (
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")"
        r"|<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:|(src|href)=[\"'](https?:)?//"
    )
    assert found(inline, templates) == []
