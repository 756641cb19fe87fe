"""Chinese is told from other languages, and its two scripts from each other."""

import pytest

from shared.content.languages import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("一个由python实现的web框架，这些功能可以添加", "zh-Hans"),
        ("這個框架由 Python 實現，可以添加這些功能", "zh-Hant"),
        ("A web framework, in Chinese 框架, and nothing more of it to be said here", ""),
        ("これはPythonで書かれたウェブフレームワークです", ""),
        ("", ""),
    ],
)
def test_language_of_a_text_is_guessed(text: str, language: str) -> None:
    assert guess_language(text) == language
