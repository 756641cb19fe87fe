from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.content.frontmatter import FrontMatterError, dump, parse

VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()) | st.dates()


def test_parse_keeps_dates_and_lists():
    meta, body = parse(
        "---\ntitle: 标题\ndate: 2019-01-08\nat: 2019-01-08 10:00:00 +08:00\n"
        "tags: [a, b]\n---\n\nBody\n"
    )
    assert meta == {
        "title": "标题",
        "date": date(2019, 1, 8),
        "at": datetime(2019, 1, 8, 10, tzinfo=timezone(timedelta(hours=8))),
        "tags": ["a", "b"],
    }
    assert body == "Body\n"


def test_value_that_stands_twice_is_written_twice():
    tags, moment = ["a"], datetime(2019, 1, 8, 10, tzinfo=UTC)
    meta = {"tags": tags, "again": tags, "date": moment, "updated": moment}
    assert parse(dump(meta, "B")) == (meta, "B")


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("", ({}, "")),
        ("Body", ({}, "Body")),
        ("---\n---\nBody", ({}, "Body")),
        ("---\r\na: 1\r\n---\r\nB\r\nC", ({"a": 1}, "B\nC")),
        ("\ufeff---\na: 1\n---\nB", ({"a": 1}, "B")),
        ("---\na: 1\n---\n\n    code\n", ({"a": 1}, "    code\n")),
        ("---\na: 1\n---\nb\n---\nc", ({"a": 1}, "b\n---\nc")),
        ("---\nno end", ({}, "---\nno end")),
        ("text\n---\na: 1\n---\n", ({}, "text\n---\na: 1\n---\n")),
        ("---\n1: a\n---\n", ({"1": "a"}, "")),
    ],
)
def test_parse(text, parsed):
    assert parse(text) == parsed


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("---\ntitle: a\ntags: [b\n---\nBody", 4, "expected"),
        ("---\ntitle: a\n\tb: c\n---\n", 3, "found character"),
        ("---\n- a\n- b\n---\n", 2, "fields with values"),
        ("---\na: &x [1]\nb: *x\n---\n", 3, "aliases are not allowed"),
        ("---\na: !!python/object:os.system x\n---\n", 2, "could not determine a constructor"),
        ("---\ndate: 2019-13-41\n---\n", 1, "month"),
        ("---\na: " + "x" * 100_001 + "\n---\n", 1, "100,000 characters"),
    ],
)
def test_parse_names_the_line_of_an_error(text, line, problem):
    with pytest.raises(FrontMatterError, match=problem) as caught:
        parse(text)
    assert caught.value.line == line


def test_dump_keeps_order_and_chinese():
    text = dump({"title": "标题", "at": datetime(2026, 1, 2, tzinfo=UTC), "a": None}, "Body\n")
    assert text == "---\ntitle: 标题\nat: 2026-01-02 00:00:00+00:00\na: null\n---\n\nBody\n"


def test_dump_without_fields_is_the_body():
    assert dump({}, "Body") == "Body"
    assert parse(dump({}, "---\na: 1\n---\nBody")) == ({}, "---\na: 1\n---\nBody")


@given(
    st.dictionaries(st.text(min_size=1), VALUES, min_size=1),
    st.text(st.characters(exclude_characters="\r", codec="utf-8")),
)
def test_dump_is_read_back(meta, body):
    assert parse(dump(meta, body)) == (meta, body.lstrip("\n"))
