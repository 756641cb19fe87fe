import gzip

import brotli
import pytest

from shared.wsgi.codings import choose, compressed

TEXT = b"<p>The same words again and again.</p>" * 60


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("gzip;q=0.5", "gzip"),
        ("identity;q=1, gzip;q=0.5", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("*;q=0, gzip", "gzip"),
        ("identity;q=0", ""),
        ("br; q=1.0", "br"),
        ("br;q=2", ""),
        ("br;level=9", ""),
        ("deflate, zstd", ""),
        (",;=,", ""),
    ],
)
def test_coding_is_the_one_a_client_likes_best(accepted, coding):
    assert choose(accepted) == coding


def test_every_form_is_the_same_text():
    forms = compressed(TEXT, "text/html; charset=utf-8")
    assert forms[""] == TEXT
    assert brotli.decompress(forms["br"]) == TEXT
    assert gzip.decompress(forms["gzip"]) == TEXT


def test_forms_are_the_same_bytes_each_time():
    assert compressed(TEXT, "text/html") == compressed(TEXT, "text/html")


@pytest.mark.parametrize("media_type", ["image/png", "application/zip", "font/woff2"])
def test_what_is_compressed_already_stays_plain(media_type):
    assert compressed(TEXT, media_type) == {"": TEXT}


def test_small_body_stays_plain():
    assert compressed(b"ok", "text/plain") == {"": b"ok"}


@pytest.mark.parametrize(
    "media_type",
    ["application/atom+xml", "application/feed+json", "image/svg+xml", "text/css; charset=utf-8"],
)
def test_text_by_any_name_is_compressed(media_type):
    assert set(compressed(TEXT, media_type)) == {"", "br", "gzip"}
