"""What people are told in their own language where no console speaks to them: in mails.

The catalogues are the console's, which `make words` keeps. A sentence is a `Saying`; where a
catalogue was never compiled, or does not know it, it stays in English.
"""

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Final

from shared.saying import Saying

# By the tags of the web; gettext names its catalogues with an underscore.
LANGUAGES: Final = {"en": "English", "zh-Hans": "简体中文"}
FOLDER: Final = Path(__file__).parent.parent / "admin" / "translations"


def language_for(chosen: str, site: str) -> str:
    """Return the language to write in: what the reader chose, else the site's, else English."""
    if chosen in LANGUAGES:
        return chosen
    wanted = site.partition("-")[0]
    return next((tag for tag in LANGUAGES if tag.partition("-")[0] == wanted), "en")


def spoken(sentence: str, language: str) -> str:
    """Return a sentence in a language; a text that is none stays as it is."""
    if not isinstance(sentence, Saying):
        return sentence
    values = {name: _value(value, language) for name, value in sentence.values.items()}
    pattern = _catalogue(language).gettext(sentence.pattern)
    return pattern % values if values else pattern


def _value(value: object, language: str) -> object:
    return spoken(value, language) if isinstance(value, str) else value


@cache
def _catalogue(language: str) -> NullTranslations:
    named = language.replace("-", "_")
    return translation("messages", FOLDER, languages=[named], fallback=True)
