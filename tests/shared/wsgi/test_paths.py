import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.wsgi import paths
from shared.wsgi.paths import LONGEST, find_trouble


def wsgi(text: str) -> str:
    return text.encode().decode("latin-1")


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("/", "/"),
        ("/", ""),
        ("/page/hello-world/", "/page/hello-world/"),
        ("/.well-known/security.txt", "/.well-known/security.txt"),
        ("/a.b/..c/d../...", "/a.b/..c/d../..."),
        (wsgi("/page/flask学习/"), "/page/flask%E5%AD%A6%E4%B9%A0/"),
        ("/a b", "/a%20b"),
        ("/100%", "/100%25"),
        ("/a.b", "/a%2Eb"),
        ("/x" * 4000, "/x" * 4000),
    ],
)
def test_find_trouble_lets_a_plain_path_in(path, raw):
    assert find_trouble(path, raw) is None


@pytest.mark.parametrize(
    ("path", "raw", "trouble"),
    [
        ("/admin/x", "/admin%2Fx", paths.ENCODED_SLASH),
        ("/admin/x", "/admin%2fx", paths.ENCODED_SLASH),
        ("/admin%2Fx", "/admin%252Fx", paths.ENCODED_SLASH),
        ("/a\\b", "/a%5Cb", paths.BACKSLASH),
        ("/a\\b", "", paths.BACKSLASH),
        ("/a%5cb", "/a%255cb", paths.BACKSLASH),
        ("//admin/", "//admin/", paths.EMPTY_SEGMENT),
        ("/a//b", "/a//b", paths.EMPTY_SEGMENT),
        ("/a/b", "/a//b", paths.EMPTY_SEGMENT),
        ("/a/../b", "/a/../b", paths.DOT_SEGMENT),
        ("/a/..", "/a/%2e%2E", paths.DOT_SEGMENT),
        ("/./a", "/./a", paths.DOT_SEGMENT),
        ("/%2e%2e/a", "/%252e%252e/a", paths.DOT_SEGMENT),
        ("/a\x00", "/a%00", paths.CONTROL),
        ("/a\nb", "/a%0Ab", paths.CONTROL),
        ("/a\x7f", "/a%7F", paths.CONTROL),
        ("/a%0ab", "/a%250ab", paths.CONTROL),
        (wsgi("/a\x85b"), "/a%C2%85b", paths.CONTROL),
        ("/\xff", "/%FF", paths.NOT_UTF8),
        ("/\xc0\xaf", "/%C0%AF", paths.NOT_UTF8),
        ("/\xed\xa0\x80", "/%ED%A0%80", paths.NOT_UTF8),
        ("/中", "", paths.NOT_UTF8),
        ("/100%", "/100%", paths.MALFORMED),
        ("/a%zz", "/a%zz", paths.MALFORMED),
        ("admin", "admin", paths.MALFORMED),
        ("", "", paths.MALFORMED),
        ("/" + "x" * LONGEST, "", paths.TOO_LONG),
        ("/x", "/" + "%78" * LONGEST, paths.TOO_LONG),
    ],
)
def test_find_trouble_names_what_is_wrong(path, raw, trouble):
    assert find_trouble(path, raw) == trouble


@settings(deadline=None)
@given(st.binary(max_size=60), st.text(max_size=60))
def test_what_is_let_in_has_one_reading(sent, raw):
    path = "/" + sent.decode("latin-1")
    if find_trouble(path, raw) is None:
        text = path.encode("latin-1").decode()
        segments = text.split("/")[1:]
        assert not {".", ".."} & set(segments)
        assert "" not in segments[:-1]
        assert text.isprintable() or not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in text)
        assert "\\" not in text
        assert "%2f" not in raw.lower()
