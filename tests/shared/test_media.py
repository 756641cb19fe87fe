import os
import stat

import pytest

from shared import media
from shared.media import MediaError, address, store

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'


def test_file_is_kept_at_the_address_of_its_content(tmp_path):
    path = store(tmp_path, PNG, "A picture.PNG")
    digest = "f731c2528f4184b386555de339aeb78f"
    assert path == f"/media/f7/{digest}/a-picture.png"
    assert (tmp_path / path[1:]).read_bytes() == PNG


def test_same_file_again_is_left_as_it_is(tmp_path):
    path = store(tmp_path, PNG, "a.png")
    before = (tmp_path / path[1:]).stat()
    assert store(tmp_path, PNG, "a.png") == path
    assert (tmp_path / path[1:]).stat().st_mtime_ns == before.st_mtime_ns
    assert len(list((tmp_path / path[1:]).parent.iterdir())) == 1


def test_file_that_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store(tmp_path, PNG, "a.png")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_file_may_be_read_by_whom_the_umask_allows(tmp_path):
    before = os.umask(0o027)
    try:
        path = store(tmp_path, PNG, "a.png")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / path[1:]).stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        (PNG, "图片 1.png", "图片-1.png"),
        (PNG, "no-ending", "no-ending.png"),
        (PNG, "shell.php", "shell.png"),
        (PNG, "x.html", "x.png"),
        (PNG, "../../etc/passwd", "passwd.png"),
        (PNG, r"C:\me\shot.png", "shot.png"),
        (PNG, ".png", "png.png"),
        (PNG, "…", "file.png"),
        (PNG, "x" * 300 + ".png", "x" * 80 + ".png"),
        (b"\xff\xd8\xff\xe0", "a.jpeg", "a.jpeg"),
        (b"\xff\xd8\xff\xe0", "a.JPG", "a.jpg"),
        (b"GIF89a", "a.gif", "a.gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp", "a.webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a.wav", "a.wav"),
        (b"\x00\x00\x00\x1cftypavif", "a.avif", "a.avif"),
        (b"\x00\x00\x00\x1cftypisom", "a.mp4", "a.mp4"),
        (b"\x00\x00\x00\x1cftypM4A ", "a.m4a", "a.m4a"),
        (b"ID3\x03", "a.mp3", "a.mp3"),
        (b"OggS\x00", "a.opus", "a.opus"),
        (b"\x1aE\xdf\xa3", "a.webm", "a.webm"),
        (b"%PDF-1.7", "a.pdf", "a.pdf"),
        (b"PK\x03\x04", "a.docx", "a.docx"),
        (b"PK\x03\x04", "a.jar", "a.zip"),
        (SVG, "a.svg", "a.svg"),
        (b'<?xml version="1.0"?>' + SVG, "a.xml", "a.svg"),
        ("Text, 文字\n".encode(), "a.txt", "a.txt"),
        (b"a,b\n", "a.csv", "a.csv"),
    ],
)
def test_name_keeps_an_ending_of_what_the_bytes_say(data, name, kept):
    assert address(data, name).rsplit("/", 1)[1] == kept


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.png", "is empty"),
        (b"<!doctype html><p>", "a.txt", "is markup that is not a well-formed SVG picture"),
        (b"<html/>", "a.svg", "is markup, but not an SVG picture"),
        (b"\x7fELF\x00", "a.png", "is of a type that is not taken"),
        (b"caf\xe9", "a.txt", "is of a type that is not taken"),
        (b"a\x00b", "a.txt", "is of a type that is not taken"),
        (SVG[:-6] + b" " * 3_000_000 + SVG[-6:], "a.svg", "is markup of more than 3,000,000 bytes"),
        (b"print(1)", "a.py", "is text; only .txt, .csv, .json, .md, .vtt are taken"),
    ],
)
def test_what_is_not_taken_is_refused_with_the_reason(data, name, reason):
    with pytest.raises(MediaError) as error:
        address(data, name)
    assert str(error.value) == reason


def test_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(media, "MAX_BYTES", 20)
    with pytest.raises(MediaError, match="has more than 20 bytes"):
        address(PNG, "a.png")
