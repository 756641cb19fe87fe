"""The console's languages: whose turn it is, and what a sentence of the domain is in it."""

from collections.abc import Mapping
from typing import Final

from flask import Flask, request
from flask_babel import Babel, get_locale, gettext
from flask_babel import lazy_gettext as _l

from shared.saying import Saying

# By the tags of the web; Babel names its catalogues with an underscore.
LANGUAGES: Final = {"en": "English", "zh-Hans": "简体中文"}
# What browsers ask for, and which of ours they get.
ASKED: Final = {"en": "en", "zh": "zh-Hans", "zh-Hans": "zh-Hans", "zh-CN": "zh-Hans"}

ROLE_NAMES: Final = {
    "owner": _l("Owner"),
    "editor": _l("Editor"),
    "author": _l("Author"),
    "contributor": _l("Contributor"),
    "reader": _l("Reader"),
}
ORIGIN_NAMES: Final = {
    "autosave": _l("Saved while writing"),
    "create": _l("Begun"),
    "import": _l("Imported"),
    "restore": _l("Restored"),
    "save": _l("Saved"),
}


def register_languages(app: Flask) -> None:
    """Let the console speak the language of whoever sits at it."""
    Babel(app, locale_selector=choose)
    app.add_template_filter(told)
    app.add_template_filter(role_name)
    app.add_template_filter(origin_name)
    app.add_template_global(language_tag)


def choose() -> str:
    """Return Babel's name of the language that the person set, else asks for; else English."""
    return (asked() or accepted()).replace("-", "_")


def asked() -> str:
    """Return the language that the address asks for with `?language=`, empty where it does not."""
    wanted = request.args.get("language", "")
    return wanted if wanted in LANGUAGES else ""


def accepted() -> str:
    """Return the language of ours that the browser would like most."""
    return ASKED[request.accept_languages.best_match(list(ASKED), "en")]


def language_tag() -> str:
    """Return the language at hand for `<html lang>`."""
    return str(get_locale()).replace("_", "-")


def told(sentence: str) -> str:
    """Return a sentence of the domain in the language at hand; any other text as it is."""
    if not isinstance(sentence, Saying):
        return str(sentence)
    values = {
        name: told(value) if isinstance(value, Saying) else value
        for name, value in sentence.values.items()
    }
    return str(gettext(sentence.pattern, **values))


def role_name(role: str) -> str:
    """Return what a role is called."""
    return _named(ROLE_NAMES, role)


def origin_name(origin: str) -> str:
    """Return how a revision came to be."""
    return _named(ORIGIN_NAMES, origin)


def _named(names: Mapping[str, object], key: str) -> str:
    return str(names.get(key, key))
