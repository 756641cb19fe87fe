"""Compressed forms: made once, found by what the plain bytes are, used when they are whole."""

import gzip

import brotli
import pytest

from shared.wsgi.static_forms import digest_of, digest_of_file, find_forms, make_forms

CSS = b"body { color: red; }\n" * 100
JS = b"export const one = 1;\n" * 100
FILES = ((CSS, "text/css"), (JS, "text/javascript"), (b"small", "text/css"), (JS, "image/png"))
RESTORE = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "forms"


def bodies(folder, plain):
    found = find_forms(folder, digest_of(plain))
    return {coding: RESTORE[coding](path.read_bytes()) for coding, path in found.items()}


def test_each_file_has_both_forms_once(folder):
    assert make_forms(folder, FILES) == 2
    assert bodies(folder, CSS) == {"br": CSS, "gzip": CSS}
    assert bodies(folder, JS) == {"br": JS, "gzip": JS}
    assert bodies(folder, b"small") == {}
    assert len(list(folder.iterdir())) == 4


def test_a_second_run_writes_nothing(folder):
    make_forms(folder, FILES)
    before = {path: path.stat().st_ino for path in folder.iterdir()}
    assert make_forms(folder, FILES) == 0
    assert {path: path.stat().st_ino for path in folder.iterdir()} == before


def test_forms_of_changed_files_go(folder):
    make_forms(folder, FILES)
    assert make_forms(folder, [(CSS + b"p {}", "text/css")]) == 1
    assert (bodies(folder, CSS), bodies(folder, JS)) == ({}, {})
    assert set(bodies(folder, CSS + b"p {}")) == {"br", "gzip"}


@pytest.mark.parametrize("damage", [b"", b"\x00", brotli.compress(JS), gzip.compress(JS, mtime=0)])
def test_a_form_that_is_not_whole_is_not_used_and_made_again(folder, damage):
    make_forms(folder, FILES)
    for path in find_forms(folder, digest_of(CSS)).values():
        path.write_bytes(damage)
    assert bodies(folder, CSS) == {}
    assert make_forms(folder, FILES) == 1
    assert bodies(folder, CSS) == {"br": CSS, "gzip": CSS}


def test_a_form_that_was_cut_off_is_not_used(folder):
    make_forms(folder, FILES)
    path = find_forms(folder, digest_of(CSS))["br"]
    path.write_bytes(path.read_bytes()[:-1])
    assert set(bodies(folder, CSS)) == {"gzip"}


def test_forms_that_cannot_be_written_leave_nothing(folder, monkeypatch):
    folder.parent.joinpath("forms").write_text("a file in the way")
    with pytest.raises(OSError, match="exists"):
        make_forms(folder, FILES)
    assert find_forms(folder, digest_of(CSS)) == {}


def test_other_files_in_the_folder_do_no_harm(folder):
    make_forms(folder, FILES)
    for name in ("a", "a.b", "a.b.c", "a.b.c.d", f"{digest_of(CSS)}.x.zip"):
        (folder / name).write_bytes(b"")
    (folder / f"{digest_of(CSS)}.0123456789abcdef.br").mkdir()
    assert set(bodies(folder, JS)) == {"br", "gzip"}


def test_a_file_has_the_digest_of_its_bytes(tmp_path):
    (tmp_path / "a.css").write_bytes(CSS)
    assert digest_of_file(tmp_path / "a.css") == digest_of(CSS)
