"""Files below a folder: which are found, and how they are sent."""

import os
import socket
from contextlib import closing

import pytest

from shared.wsgi.files import Folder, OpenFile, Part

BYTES = bytes(range(256)) * 1_000


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "media"
    (inside / "a").mkdir(parents=True)
    (inside / "a" / "file.bin").write_bytes(BYTES)
    (inside / "门 1.txt").write_text("门")
    (inside / ".hidden").write_text("no")
    (inside / ".git").mkdir()
    (inside / ".git" / "config").write_text("no")
    (tmp_path / "secret").write_text("no")
    (tmp_path / "media-too").mkdir()
    (tmp_path / "media-too" / "secret").write_text("no")
    return inside


def read(folder, name):
    found = Folder(folder).find(name)
    return None if found is None else content(found)


def content(file):
    with closing(file.send({})) as body:
        return b"".join(body)


def test_a_file_is_found_by_its_name(folder):
    assert read(folder, "a/file.bin") == BYTES
    assert read(folder, "门 1.txt") == "门".encode()


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/",
        "a",
        "a/",
        "none",
        "a/none",
        "a/file.bin/",
        "a/file.bin/more",
        "a//file.bin",
        "./a/file.bin",
        "a/./file.bin",
        "a/../a/file.bin",
        "../secret",
        "../media-too/secret",
        "..",
        "/etc/passwd",
        ".hidden",
        ".git/config",
        "a\0",
        "\0",
        "x" * 5_000,
        "/".join(["a"] * 3_000),
        "..\\secret",
    ],
)
def test_nothing_else_is(folder, name):
    assert read(folder, name) is None


def test_links_are_followed_inside_the_folder_only(folder, tmp_path):
    (folder / "in").symlink_to(folder / "a" / "file.bin")
    (folder / "out").symlink_to(tmp_path / "secret")
    (folder / "beside").symlink_to(tmp_path / "media-too")
    (folder / "etc").symlink_to("/etc")
    (folder / "round").symlink_to(folder / "round")
    assert read(folder, "in") == BYTES
    names = ("out", "beside/secret", "etc/passwd", "round")
    assert [read(folder, name) for name in names] == [None] * 4


def test_pipes_and_sockets_are_no_files_and_keep_nobody_waiting(folder, monkeypatch):
    os.mkfifo(folder / "pipe")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket")
        assert (read(folder, "pipe"), read(folder, "socket")) == (None, None)


def test_a_folder_that_moves_is_followed(folder, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(folder)
    files = Folder(link)
    assert content(files.find("a/file.bin")) == BYTES
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "b.txt").write_text("b")
    link.unlink()
    link.symlink_to(tmp_path / "new")
    assert content(files.find("b.txt")) == b"b"
    assert files.find("a/file.bin") is None


def test_a_folder_that_is_missing_has_no_files(tmp_path):
    assert read(tmp_path / "none", "a") is None


def test_a_tag_follows_the_state(folder):
    path = folder / "a" / "file.bin"
    tags = []
    for content, moment in ((BYTES, 1), (BYTES, 2), (BYTES[:-1], 2)):
        path.write_bytes(content)
        os.utime(path, ns=(moment, moment))
        with OpenFile(path) as file:
            tags.append(file.etag)
    assert len(set(tags)) == 3


def test_a_part_ends_where_it_ends(folder):
    for start, length in ((0, 10), (100, 1), (255_990, 10), (0, len(BYTES))):
        with OpenFile(folder / "a" / "file.bin") as file:
            body = file.send({}, start, length)
            assert b"".join(body) == BYTES[start : start + length]
            body.close()


def test_a_file_that_grows_is_sent_as_long_as_it_was(folder):
    path = folder / "a" / "file.bin"
    with OpenFile(path) as file, path.open("ab") as more:
        more.write(b"more")
        more.flush()
        body = file.send({})
        assert b"".join(body) == BYTES
        body.close()


def test_the_servers_own_wrapper_gets_a_file_at_the_right_place(folder):
    got = []
    with OpenFile(folder / "a" / "file.bin") as file:
        body = file.send({"wsgi.file_wrapper": lambda part, size: got.append(size) or part}, 100, 9)
    assert isinstance(body, Part)
    assert (os.lseek(body.fileno(), 0, os.SEEK_CUR), body.read(), body.read()) == (
        100,
        BYTES[100:109],
        b"",
    )
    body.close()
    assert got == [65_536]


def test_a_file_is_closed_unless_it_was_sent(folder):
    with OpenFile(folder / "a" / "file.bin") as kept:
        handle = kept._handle
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(handle)
    with OpenFile(folder / "a" / "file.bin") as sent:
        body = sent.send({})
    assert b"".join(body) == BYTES
    body.close()
