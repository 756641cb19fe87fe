"""The console's languages: whose turn it is, and what a sentence of the domain is in it."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Final

from flask import Flask, request, url_for
from flask_babel import Babel, force_locale, get_locale, gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_login import current_user
from sqlalchemy.exc import DBAPIError

from admin.acting import site
from admin.lookups import register_lookups
from shared.models import User
from shared.saying import Saying
from shared.words import LANGUAGES, language_for
from shared.write_gate import DatabaseBusyError

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
    "aside": _l("Set aside"),
    "autosave": _l("Saved while writing"),
    "create": _l("Begun"),
    "import": _l("Imported"),
    "restore": _l("Restored"),
    "save": _l("Saved"),
}


def register_languages(app: Flask) -> None:
    """Let the console speak the language of whoever sits at it."""
    Babel(app, locale_selector=choose)
    register_lookups(app)
    app.add_template_filter(told)
    app.add_template_filter(role_name)
    app.add_template_filter(origin_name)
    app.add_template_global(language_tag)
    app.add_template_global(languages)
    app.add_template_global(asked)


def choose() -> str:
    """Return Babel's name of the language that the person set, else asks for; else English."""
    return _locale(own() or asked() or accepted())


def own() -> str:
    """Return the language that the signed-in person set, empty where there is none."""
    try:
        person = getattr(current_user, "user", None)
    except (DBAPIError, DatabaseBusyError):  # the page of this error is to be shown all the same
        return ""
    language = person.language if person is not None else ""
    return language if language in LANGUAGES else ""


def asked() -> str:
    """Return the language that the address asks for with `?language=`, empty where it does not."""
    # Lists filter their rows by a parameter of the same name.
    wanted = request.args.get("language", "") if request.blueprint == "account" else ""
    return wanted if wanted in LANGUAGES else ""


def accepted() -> str:
    """Return the language of ours that the browser would like most."""
    return ASKED[request.accept_languages.best_match(list(ASKED), "en")]


def language_tag() -> str:
    """Return the language at hand for `<html lang>`."""
    return str(get_locale()).replace("_", "-")


def languages() -> Iterator[tuple[str, str, str]]:
    """Return each language's tag and name, and the address of this page in it."""
    here = {**(request.view_args or {}), **request.args.to_dict()}
    for tag, name in LANGUAGES.items():
        yield tag, name, url_for(request.endpoint or "", **{**here, "language": tag})


def speaking(language: str) -> AbstractContextManager[None]:
    """Speak a language for a while, as the browser asks where it is empty."""
    spoken: AbstractContextManager[None] = force_locale(_locale(language or accepted()))
    return spoken


def speaking_to(reader: User) -> AbstractContextManager[None]:
    """Speak the language of whoever is written to, whatever the one who writes speaks."""
    return speaking(language_for(reader.language, site().language))


def told(sentence: str) -> str:
    """Return a sentence of the domain in the language at hand; any other text as it is."""
    if not isinstance(sentence, Saying):
        return str(sentence)
    values = {
        name: told(value) if isinstance(value, Saying) else value
        for name, value in sentence.values.items()
    }
    return str(gettext(sentence.pattern, **values))


def later(sentence: str) -> LazyString:
    """Return what `told` says whenever it is asked for: for what outlives a request."""
    return LazyString(told, sentence)


def role_name(role: str) -> str:
    """Return what a role is called."""
    return _named(ROLE_NAMES, role)


def origin_name(origin: str) -> str:
    """Return how a revision came to be."""
    return _named(ORIGIN_NAMES, origin)


def _named(names: Mapping[str, object], key: str) -> str:
    return str(names.get(key, key))


def _locale(tag: str) -> str:
    return tag.replace("-", "_")
