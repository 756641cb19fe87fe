import pytest

from shared.content.scripts import count_words, is_unspaced, reads_as_chinese, width


@pytest.mark.parametrize("char", "中，。「かア々〇ー！Ａ㐀𠀀")
def test_unspaced_characters(char):
    assert is_unspaced(char)


@pytest.mark.parametrize("char", "aé “”…—한я1.")
def test_other_characters(char):
    assert not is_unspaced(char)


@pytest.mark.parametrize(
    ("char", "columns"), [("a", 1), ("中", 2), ("，", 2), ("\u0301", 0), ("é", 1)]
)
def test_width(char, columns):
    assert width(char) == columns


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("two words", 2),
        ("it’s well-known", 2),
        ("中文字", 3),
        ("用Flask写2个app", 6),
        ("— … !", 0),
    ],
)
def test_count_words(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "chinese"),
    [("", False), ("only English 中", False), ("用 Flask 写网站", True)],
)
def test_reads_as_chinese(text, chinese):
    assert reads_as_chinese(text) is chinese
