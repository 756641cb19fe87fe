from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.crud.cursor import Place, decode, encode

VALUES = (
    st.none()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))
    | st.datetimes(timezones=st.just(UTC))
)


@given(VALUES, st.integers(0, 2**63 - 1))
def test_place_is_read_back(value, number):
    word = encode(Place(value, number))

    assert decode(word) == Place(value, number)
    assert word.isascii()


@given(st.text(max_size=60))
def test_any_other_word_is_nothing_or_a_place(word):
    found = decode(word)

    assert found is None or isinstance(found.id, int)


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 6_000,
        b'["\\ud800",1]',
        b'[{"at":"0001-01-01T00:00:00+12:00"},1]',
        b'[{"at":"9999-12-31T23:59:59-12:00"},1]',
    ],
)
def test_hostile_words_are_nothing(text):
    assert decode(urlsafe_b64encode(text).decode()) is None


def test_foreign_words_are_nothing():
    naive = encode(Place(datetime(2026, 1, 1), 1))  # noqa: DTZ001 - the naive one is the point
    odd = [naive, encode(Place("\0", 1)), encode(Place(2**63, 1)), encode(Place(1, 2**63))]

    assert [decode(word) for word in ("", None, "W10", "e30", "bnVsbA", "====", *odd)] == [
        None
    ] * 10
