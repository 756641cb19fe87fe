"""JSON that two readers could read differently, or that no database holds, is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.strict_json import BadJson, parse

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.just("a"), inner),
    max_leaves=10,
)


@given(VALUES)
def test_parse_reads_what_json_writes(value):
    assert parse(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"a": 1, "a": 2}', 'The name "a" stands twice in one object.'),
        (b'[{"b": {"a": 1, "a": 1}}]', 'The name "a" stands twice in one object.'),
        (b'"\\u0000"', "The character NUL is not allowed."),
        (b'{"\\u0000": 1}', "The character NUL is not allowed."),
        (b'"\\ud800"', "A lone surrogate is no character."),
        (b'{"\\udfff": 1}', "A lone surrogate is no character."),
        (b"NaN", "NaN is not JSON."),
        (b"[-Infinity]", "-Infinity is not JSON."),
        (b"1e999", "The body holds a number that is too large."),
        (b"-9223372036854775809", "The body holds a number that is too large."),
        (b"9" * 5000, "The body holds a number that is too large."),
        (b"[" * 100_000, "The body nests deeper than 20 levels."),
        (b"[" * 22 + b"]" * 22, "The body nests deeper than 20 levels."),
        (b'{"a":' * 50_000, "The body nests deeper than 20 levels."),
        (b"\xff", "The body is not UTF-8."),
        ("{}".encode("utf-16"), "The body is not UTF-8."),
        (b"[1,", "The body is not JSON: Expecting value at line 1, column 4."),
        (b"{} {}", "The body is not JSON: Extra data at line 1, column 4."),
    ],
)  # fmt: skip
def test_parse_refuses_what_is_ambiguous(raw, said):
    with pytest.raises(BadJson) as refused:
        parse(raw)
    assert str(refused.value) == said


def test_parse_finds_a_double_among_many_names_at_once():
    names = ",".join(f'"{n}":0' for n in range(50_000))
    with pytest.raises(BadJson, match='"7" stands twice'):
        parse(f'{{{names},"7":1}}'.encode())
