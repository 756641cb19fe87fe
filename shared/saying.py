"""A sentence of the domain: English as it stands, and what a translator needs of it."""

from typing import Any


class Saying(str):
    """A finished English sentence that remembers its pattern and what was filled in.

    It is a `str`, so the API, the log and the commands use it as it is; the console looks
    `pattern` up in its catalogue and fills in `values` again.
    """

    __slots__ = ("pattern", "values")

    pattern: str
    values: dict[str, Any]


def say(pattern: str, /, **values: Any) -> Saying:
    """Return a sentence made of a pattern such as `Give at most %(most)s characters.`"""
    sentence = Saying(pattern % values if values else pattern)
    sentence.pattern, sentence.values = pattern, values
    return sentence
