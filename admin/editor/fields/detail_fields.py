"""The fields beside the text: authors, translations, cover, words for engines, layout."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from admin.editor.fields.tagging import split_tags
from admin.forms import VersionedForm, choices_of, within
from shared.domain.errors import Invalid
from shared.domain.posts import Content, find_post
from shared.domain.posts.details import find_people
from shared.models import Post, Presentation, User
from shared.saying import say

NUMBERED = re.compile(r"\s*(?:post:)?(\d{1,9})\b")
COMMENTS = (
    ("", _l("As the site has it")),
    ("on", _l("Open")),
    ("closed", _l("Closed")),
    ("off", _l("Off")),
)
TEMPLATES = (("", _l("Usual")), ("wide", _l("Wide")), ("undated", _l("Without date")))
_TEXTS = ("cover", "cover_alt", "seo_title", "seo_description", "social_title")
DETAILS = (*_TEXTS, "social_description", "social_image", "canonical", "comments", "template")
POINT = ("cover_x", "cover_y")


class DetailForm(VersionedForm):
    """What is told of a post besides its text."""

    people: Sequence[Any] = ()  # who may be chosen

    coauthors = StringField(_l("Further authors"))
    translation_of = StringField(_l("Translation of"))
    cover = StringField(_l("Picture"), [within(Presentation.cover)])
    cover_alt = StringField(_l("What it shows"), [within(Presentation.cover_alt)])
    cover_x = IntegerField(_l("Percent from the left"), [InputRequired()])
    cover_y = IntegerField(_l("Percent from the top"), [InputRequired()])
    seo_title = StringField(_l("Title for search engines"), [within(Presentation.seo_title)])
    seo_description = TextAreaField(
        _l("Description for search engines"), [within(Presentation.seo_description)]
    )
    canonical = StringField(_l("Canonical address"), [within(Presentation.canonical)])
    noindex = BooleanField(_l("Ask search engines to leave it out"))
    social_title = StringField(_l("Title when shared"), [within(Presentation.social_title)])
    social_description = TextAreaField(
        _l("Description when shared"), [within(Presentation.social_description)]
    )
    social_image = StringField(_l("Picture when shared"), [within(Presentation.social_image)])
    template = SelectField(_l("Layout"), choices=choices_of(TEMPLATES))
    comments = SelectField(_l("Comments"), choices=choices_of(COMMENTS))


def detail_values(content: Content, session: Session) -> dict[str, object]:
    """Return what the fields show of a content."""
    people = find_people(content.coauthors, session)
    named = [people[number].slug for number in content.coauthors if number in people]
    values = {name: getattr(content, name) for name in (*DETAILS, *POINT, "noindex")}
    return values | {
        "coauthors": ", ".join(named),
        "translation_of": _write_post(content.translation_of, session),
    }


def read_details(form: DetailForm, kind: str, session: Session) -> dict[str, object]:
    """Return the fields as a content has them; raises Invalid for who or what there is not."""
    values: dict[str, object] = {name: form[name].data or "" for name in DETAILS}
    values |= {name: form[name].data for name in POINT} | {"noindex": bool(form.noindex.data)}
    errors: dict[str, str] = {}
    if "coauthors" in form:
        values["coauthors"] = _read_people(form.coauthors.data or "", session, errors)
    values["translation_of"] = _read_post(form.translation_of.data or "", kind, session, errors)
    if errors:
        raise Invalid(errors)
    return values


def _read_people(text: str, session: Session, errors: dict[str, str]) -> tuple[int, ...]:
    slugs = [slug.lower() for slug in split_tags(text)]
    known = {
        user.slug: user.id for user in session.scalars(select(User).where(User.slug.in_(slugs)))
    }
    missing = [slug for slug in slugs if slug not in known]
    if missing:
        errors["coauthors"] = say("There is no account called %(name)s.", name=missing[0])
    return tuple(known[slug] for slug in slugs if slug in known)


def _read_post(text: str, kind: str, session: Session, errors: dict[str, str]) -> int | None:
    if not text.strip():
        return None
    found = NUMBERED.match(text)
    number = int(found[1]) if found else None
    if number is None and (post := find_post(session, kind=kind, slug=text.strip())):
        number = post.id
    if number is None:
        errors["translation_of"] = say("Choose one of the list, or give its address or number.")
    return number


def _write_post(number: int | None, session: Session) -> str:
    if number is None:
        return ""
    post = session.get(Post, number)
    return f"{number}: {post.title}" if post else str(number)
