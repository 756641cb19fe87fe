import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.content.slugs import MAX_BYTES, SlugError, check_slug, first_free, numbered, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("flask学习", "flask学习"),
        ("Flask 学习笔记", "flask-学习笔记"),
        ("“Hello，World” Flask应用", "hello-world-flask应用"),
        ("Don't panic — it’s fine!", "dont-panic-its-fine"),
        ("Ça va à Köln", "ça-va-à-köln"),
        ("Ｆｕｌｌ　ｗｉｄｔｈ", "full-width"),
        ("a_b/c.d", "a-b-c-d"),
        ("한국어 제목", "한국어-제목"),
        ("हिन्दी", "हिन्दी"),
        ("a😀b\u200bc\u202ed", "a-bcd"),
        ("p\u0430ypal", "p-а-ypal"),
        ("--- ???", ""),
        ("e\u0301", "é"),
    ],
)
def test_slugify(text, slug):
    assert slugify(text) == slug


def test_slugify_cuts_at_a_hyphen():
    assert slugify("one two three four", limit=12) == "one-two"
    assert slugify("one two three", limit=7) == "one-two"
    assert slugify("abcdefghijkl", limit=5) == "abcde"


def test_slugify_stays_within_bytes():
    assert len(slugify("学" * 300, limit=300).encode()) <= MAX_BYTES


@given(st.text())
def test_slugify_is_idempotent_and_valid_or_empty(text):
    slug = slugify(text)
    assert slugify(slug) == slug
    assert len(slug) <= 80
    assert slug == unicodedata.normalize("NFC", slug)
    if slug:
        check_slug(slug)


@given(st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "Cf"))))
def test_slugify_of_letters_of_all_scripts_is_valid_or_empty(text):
    slug = slugify(text)
    assert slugify(slug) == slug
    if slug:
        check_slug(slug)


@pytest.mark.parametrize(
    "slug", ["a", "flask学习", "v1.2", "a_b", "2026", "日本語テキスト", "привет", "ωμέγα"]
)
def test_check_slug_accepts(slug):
    assert check_slug(slug) is None


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("", "must not be empty"),
        ("A", "lower case"),
        ("e\u0301", "normal form"),
        ("ｆull", "normal form"),
        ("a b", "U\\+0020 SPACE is not allowed"),
        ("a/b", "“/” is not allowed; allowed are lower-case letters"),
        ("a\u200bb", "U\\+200B ZERO WIDTH SPACE is not allowed"),
        ("a\u202eb", "U\\+202E"),
        ("a\ufe0fb", "is not allowed"),
        ("\u3164", "is not allowed"),
        ("a?b", "“\\?” is not allowed"),
        ("-a", "starts, ends or doubles"),
        ("a-", "starts, ends or doubles"),
        ("a--b", "starts, ends or doubles"),
        (".", "starts, ends or doubles"),
        ("..", "starts, ends or doubles"),
        ("\u0301a", "starts, ends or doubles"),
        ("p\u0430ypal", "mixes Cyrillic and Latin"),
        ("αlpha", "mixes Greek and Latin"),
        ("学" * 67, "200 bytes"),
        ("\ud800", "is not allowed"),
    ],
)
def test_check_slug_refuses_with_reason(slug, reason):
    with pytest.raises(SlugError, match=reason):
        check_slug(slug)


def test_check_slug_takes_alphabets_word_by_word():
    assert check_slug("привет-world") is None


def test_check_slug_nested():
    check_slug("a/b/c/d/e", nested=True)
    with pytest.raises(SlugError, match="At most 5 segments"):
        check_slug("a/b/c/d/e/f", nested=True)
    with pytest.raises(SlugError, match="empty"):
        check_slug("a//b", nested=True)
    with pytest.raises(SlugError, match="starts"):
        check_slug("a/../b", nested=True)


def test_check_slug_reserves_the_first_segment_only():
    reserved = frozenset({"admin"})
    check_slug("about/admin", nested=True, reserved=reserved)
    with pytest.raises(SlugError, match="“admin” is used by the site itself"):
        check_slug("admin/about", nested=True, reserved=reserved)


def test_numbered_takes_the_first_free_one():
    taken = {"a", "a-2", "a-3"}
    assert numbered("a", taken.__contains__) == "a-4"
    assert numbered("b", taken.__contains__) == "b"


def test_numbered_leaves_room_within_the_bytes():
    slug = "学" * 66
    check_slug(numbered(slug, {slug}.__contains__))


@pytest.mark.parametrize("taken", [set(), {"a"}, {"a", "a-2", "a-4"}, {"a-2"}])
def test_first_free_slug_is_that_of_numbering_one_by_one(taken):
    found = first_free("a", taken.intersection)
    assert found == numbered("a", lambda slug: slug in taken)


def test_first_free_slug_is_found_past_a_thousand():
    taken = {"a", *(f"a-{number}" for number in range(2, 2_100))}
    assert first_free("a", taken.intersection) == "a-2100"
