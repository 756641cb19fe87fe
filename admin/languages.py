"""The console's languages, and what a sentence of the domain is in them."""

from typing import Final

from flask import Flask, request
from flask_babel import Babel, gettext

from shared.saying import Saying

LANGUAGES: Final = {"en": "English", "zh_Hans": "简体中文"}


def register_languages(app: Flask) -> None:
    """Let the console speak the language of whoever sits at it."""
    Babel(app, locale_selector=choose)
    app.add_template_filter(told)


def choose() -> str:
    """Return the language that the browser asks for, English where we have none of them."""
    wanted = request.accept_languages.best_match(["en", "zh-Hans", "zh-CN", "zh"])
    return "zh_Hans" if wanted and wanted.startswith("zh") else "en"


def told(sentence: str) -> str:
    """Return a sentence of the domain in the language at hand; any other text as it is."""
    if not isinstance(sentence, Saying):
        return sentence
    return str(gettext(sentence.pattern, **sentence.values))
