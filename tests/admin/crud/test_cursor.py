from datetime import UTC, datetime

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


def test_foreign_words_are_nothing():
    naive = encode(Place(datetime(2026, 1, 1), 1))  # noqa: DTZ001 - the naive one is the point
    odd = [naive, encode(Place("\0", 1)), encode(Place(2**63, 1)), encode(Place(1, 2**63))]

    assert [decode(word) for word in ("", None, "W10", "e30", "bnVsbA", "====", *odd)] == [
        None
    ] * 10
