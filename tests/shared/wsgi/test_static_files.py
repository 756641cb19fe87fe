"""One static file as an answer: from memory or from disk, in every coding."""

import gzip

import brotli
import pytest
from werkzeug.test import run_wsgi_app

from shared.wsgi import static_files
from shared.wsgi.static_files import (
    FOREVER,
    REVALIDATE,
    InMemory,
    OnDisk,
    list_names,
    load,
    type_of,
)
from shared.wsgi.static_forms import find_forms, make_forms

CSS = b"body { color: red; }\n" * 200
SAFE = [("X-Content-Type-Options", "nosniff")]
RESTORE = {"": bytes, "br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "static" / "a.css"
    file.parent.mkdir()
    file.write_bytes(CSS)
    return file


@pytest.fixture
def forms(tmp_path):
    make_forms(tmp_path / "forms", [(CSS, "text/css")])
    return tmp_path / "forms"


@pytest.fixture(params=["memory", "disk"])
def make(request, path):
    """A function that makes the answering file; without forms, where there are none."""

    def make(forms):
        if request.param == "disk":
            return OnDisk(path, path.name, SAFE, forms)
        return InMemory(path.read_bytes(), path.name, SAFE, forms)

    return make


def ask(file, accept="", method="GET", caching=FOREVER, **headers):
    environ = {"REQUEST_METHOD": method, "PATH_INFO": "/", "HTTP_ACCEPT_ENCODING": accept}
    environ |= {f"HTTP_{name}": text for name, text in headers.items()}
    chunks, status, headers = run_wsgi_app(
        lambda environ, start: file.answer(environ, start, caching), environ, buffered=True
    )
    return status, headers, b"".join(chunks)


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_the_form_that_a_client_takes_gives_the_bytes(make, forms, coding):
    status, headers, body = ask(make(forms), coding)
    assert (status, RESTORE[coding](body)) == ("200 OK", CSS)
    assert headers.get("Content-Encoding", "") == coding
    assert headers["Content-Length"] == str(len(body))
    assert headers["Content-Type"] == "text/css; charset=utf-8"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_forms_are_those_that_were_made_beforehand(make, forms):
    made = {
        coding: path.read_bytes() for coding, path in find_forms(forms, make(forms).digest).items()
    }
    file = make(forms)
    assert {coding: ask(file, coding)[2] for coding in made} == made


def test_each_form_has_a_tag_that_is_answered_with_304(make, forms):
    file = make(forms)
    tags = {coding: ask(file, coding)[1]["ETag"] for coding in RESTORE}
    assert len(set(tags.values())) == 3
    for coding, tag in tags.items():
        status, headers, body = ask(file, coding, caching=REVALIDATE, IF_NONE_MATCH=tag)
        assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", tag)
        assert (headers["Cache-Control"], headers["Vary"]) == ("no-cache", "Accept-Encoding")
        assert "Content-Encoding" not in headers
    assert ask(file, "br", IF_NONE_MATCH=tags["gzip"])[0] == "200 OK"


def test_head_has_the_headers_alone(make, forms):
    file = make(forms)
    for coding in RESTORE:
        get, head = ask(file, coding), ask(file, coding, "HEAD")
        assert (head[0], dict(head[1]), head[2]) == (get[0], dict(get[1]), b"")


@pytest.mark.parametrize("damage", ["missing", "broken"])
def test_without_whole_forms_the_bytes_are_right(make, forms, damage):
    for path in forms.iterdir():
        path.write_bytes(b"old bytes") if damage == "broken" else path.unlink()
    file = make(forms)
    for accept in RESTORE:
        _, headers, body = ask(file, accept)
        assert RESTORE[headers.get("Content-Encoding", "")](body) == CSS


def test_forms_that_vanish_while_serving_are_done_without(path, forms):
    file = OnDisk(path, "a.css", SAFE, forms)
    assert ask(file, "br")[1]["Content-Encoding"] == "br"
    for form in forms.iterdir():
        form.unlink()
    _, headers, body = ask(file, "br")
    assert (body, "Content-Encoding" in headers) == (CSS, False)


@pytest.mark.parametrize("accept", ["", "br"])
def test_a_large_file_that_changes_is_sent_as_it_is_and_kept_by_nobody(path, forms, accept):
    file = OnDisk(path, "a.css", SAFE, forms)
    before = ask(file, accept)[1]["ETag"]
    path.write_bytes(b"p { color: blue; }\n")
    status, headers, body = ask(file, accept, IF_NONE_MATCH=before)
    assert (status, body) == ("200 OK", b"p { color: blue; }\n")
    assert (headers["Cache-Control"], "Content-Encoding" in headers) == ("no-cache", False)
    assert ask(file, accept, IF_NONE_MATCH=headers["ETag"])[0] == "304 Not Modified"


def test_a_large_file_that_is_gone_is_missing(path, forms):
    file = OnDisk(path, "a.css", SAFE, forms)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        ask(file)


def test_a_small_file_stays_what_it_was_at_the_start(path, forms):
    file = load(path.parent, SAFE, forms)["a.css"]
    path.write_bytes(b"changed")
    assert {RESTORE[coding](ask(file, coding)[2]) for coding in RESTORE} == {CSS}


def test_small_files_are_kept_in_memory_while_there_is_room(path, forms, monkeypatch):
    (path.parent / "b.css").write_bytes(CSS)
    (path.parent / "large.js").write_bytes(bytes(70_000))
    (path.parent / "z.css").write_bytes(b"")
    monkeypatch.setattr(static_files, "MOST_KEPT", len(CSS) + 10)
    kinds = {name: type(file) for name, file in load(path.parent, SAFE, forms).items()}
    assert kinds == {"a.css": InMemory, "b.css": OnDisk, "large.js": OnDisk, "z.css": InMemory}


def test_one_line_is_logged_for_each_answer(make, forms, caplog):
    file = make(forms)
    with caplog.at_level("INFO", "triptych.access"):
        tag = ask(file)[1]["ETag"]
        ask(file, method="HEAD")
        ask(file, IF_NONE_MATCH=tag)
    lines = [message.split()[:4] for message in caplog.messages]
    assert lines == [
        ["GET", "/", "200", str(len(CSS))],
        ["HEAD", "/", "200", "0"],
        ["GET", "/", "304", "0"],
    ]


def test_names_are_those_of_files_that_are_not_hidden(path):
    folder = path.parent
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "b.js").touch()
    (folder / "deep" / ".swp").touch()
    (folder / ".git").mkdir()
    (folder / ".git" / "config").touch()
    (folder / "link.css").symlink_to(path)
    assert sorted(list_names(folder)) == ["a.css", "deep/er/b.js", "link.css"]


def test_types_are_the_same_everywhere():
    names = ("a.css", "A.JS", "a.svg", "a.woff2", "a.js.map", "LICENSE", "a.tar.gz", "a.png")
    assert [type_of(name) for name in names] == [
        "text/css; charset=utf-8",
        "text/javascript; charset=utf-8",
        "image/svg+xml; charset=utf-8",
        "font/woff2",
        "application/json",
        "application/octet-stream",
        "application/octet-stream",
        "image/png",
    ]
