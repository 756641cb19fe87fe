"""RFC 9110, 13 and 14, case by case."""

import pytest

from shared.wsgi.conditions import find_range, is_known, is_refused, names

DATE = "Mon, 23 Nov 2026 12:00:00 GMT"
EARLIER, LATER = DATE.replace("12:", "11:"), DATE.replace("12:", "13:")
AT = 1_795_435_200  # DATE
TAG = '"a"'


def environ(method: str = "GET", **headers: str) -> dict[str, str]:
    return {"REQUEST_METHOD": method} | {f"HTTP_{name}": text for name, text in headers.items()}


def wanted(text: str, size: int = 100, method: str = "GET", **headers: str):
    return find_range(environ(method, RANGE=text, **headers), size, TAG, DATE)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ("", False),
    ],
)
def test_a_tag_is_named_weakly_or_by_a_star(given, named):
    assert names(given, TAG) is named


@pytest.mark.parametrize(
    ("headers", "known"),
    [
        ({}, False),
        ({"IF_NONE_MATCH": '"a"'}, True),
        ({"IF_MODIFIED_SINCE": DATE}, True),
        ({"IF_MODIFIED_SINCE": LATER}, True),
        ({"IF_MODIFIED_SINCE": EARLIER}, False),
        ({"IF_MODIFIED_SINCE": "yesterday"}, False),
        ({"IF_MODIFIED_SINCE": DATE, "IF_NONE_MATCH": '"b"'}, False),
    ],
)
def test_a_state_is_known_by_its_tag_before_its_date(headers, known):
    assert is_known(environ(**headers), TAG, AT) is known


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, False),
        ({"IF_MATCH": '"b", "a"'}, False),
        ({"IF_MATCH": "*"}, False),
        ({"IF_MATCH": '"b"'}, True),
        ({"IF_MATCH": 'W/"a"'}, True),
        ({"IF_UNMODIFIED_SINCE": DATE}, False),
        ({"IF_UNMODIFIED_SINCE": EARLIER}, True),
        ({"IF_UNMODIFIED_SINCE": EARLIER, "IF_MATCH": '"a"'}, False),
        ({"IF_UNMODIFIED_SINCE": "never"}, False),
    ],
)
def test_a_request_for_another_state_is_refused(headers, refused):
    assert is_refused(environ(**headers), TAG, AT) is refused


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=10-19", (10, 10)),
        ("bytes=90-", (90, 10)),
        ("bytes=90-500", (90, 10)),
        ("bytes=-10", (90, 10)),
        ("bytes=-500", (0, 100)),
        ("BYTES = 1-2", (1, 2)),
        ("bytes=100-", (100, 0)),
        ("bytes=100-200", (100, 0)),
        ("bytes=-0", (100, 0)),
    ],
)
def test_a_single_range_is_found(text, part):
    assert wanted(text) == part


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=9-1",
        "bytes=0-1,5-6",
        "bytes=a-b",
        "bytes=--1",
        "bytes=1-2-3",
        "bytes=٣-٤",
        "bytes=0-" + "9" * 40,
        "lines=1-2",
    ],
)
def test_any_other_range_means_the_whole(text):
    assert wanted(text) is None


def test_ranges_are_for_get_and_for_files_with_content():
    assert wanted("bytes=0-1", method="HEAD") is None
    assert wanted("bytes=0-1", size=0) is None


def test_a_range_of_another_state_means_the_whole():
    assert wanted("bytes=0-1", IF_RANGE=TAG) == (0, 2)
    assert wanted("bytes=0-1", IF_RANGE=DATE) == (0, 2)
    assert wanted("bytes=0-1", IF_RANGE='"b"') is None
    assert wanted("bytes=0-1", IF_RANGE=f"W/{TAG}") is None
    assert wanted("bytes=0-1", IF_RANGE=LATER) is None
