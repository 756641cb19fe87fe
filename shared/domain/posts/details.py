"""The fields of a content beside its text: their limits, and what is allowed in each."""

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from shared.models import TEMPLATES, Post, Presentation, User
from shared.saying import say

if TYPE_CHECKING:
    from shared.domain.posts.content import Content

# Closed: what was said stays below the text, and nothing is added; off: there are none.
COMMENTS: Final = ("", "on", "closed", "off")
# The fields that a row of `presentation` keeps.
PRESENTED: Final = tuple(
    column.key for column in inspect(Presentation).column_attrs if column.key != "post_id"
)
LIMITS: Final = {
    "cover": 1000,
    "cover_alt": 500,
    "seo_title": 200,
    "seo_description": 500,
    "social_title": 200,
    "social_description": 500,
    "social_image": 1000,
    "canonical": 2000,
}
MAX_COAUTHORS: Final = 20


def check_details(content: "Content") -> dict[str, str]:
    """Return what is wrong with which field."""
    errors: dict[str, str] = {}
    for name in ("cover", "social_image"):
        if (value := getattr(content, name)) and not is_picture(value):
            errors[name] = say("Give a path such as /media/… or an address with https://.")
    for name in ("cover_x", "cover_y"):
        if not 0 <= getattr(content, name) <= 100:
            errors[name] = say("Give a number from 0 to 100.")
    if content.canonical and not is_absolute(content.canonical):
        errors["canonical"] = say("Give a whole address with https://, without #.")
    if content.comments not in COMMENTS:
        errors["comments"] = say("Choose on, off, or what the site has.")
    if content.template not in TEMPLATES:
        errors["template"] = say("There is no such template.")
    if len(content.coauthors) > MAX_COAUTHORS:
        errors["coauthors"] = say("Give at most %(most)s people.", most=MAX_COAUTHORS)
    return errors


def is_absolute(address: str) -> bool:
    """Tell whether an address is whole and fit for `rel=canonical`: no sign-in, no fragment."""
    if re.search(r"[\x00-\x20\\<>\"#\x7f]", address):
        return False
    try:
        parts = urlsplit(address)
        host, scheme = parts.hostname, parts.scheme
    except ValueError:
        return False
    return scheme in {"http", "https"} and bool(host) and "@" not in parts.netloc


def is_picture(address: str) -> bool:
    """Tell whether a picture may be there: on this site, or at a whole address."""
    if re.match(r"/(?!/)[^\x00-\x20\\<>\"]*$", address):
        return True
    return is_absolute(address)


def find_people(ids: tuple[int, ...], session: Session) -> dict[int, User]:
    """Return the people with these ids, by id."""
    if not ids:
        return {}
    return {user.id: user for user in session.scalars(select(User).where(User.id.in_(ids)))}


def root_of(post: Post, target: int | None, session: Session) -> int | None:
    """Return the post that the translations of `target` began with, None when that is `post`.

    That post may itself have joined another group since.
    """
    seen: set[int] = set()
    while target is not None and target not in seen:
        seen.add(target)
        above = session.scalar(
            select(Presentation.translation_of).where(Presentation.post_id == target)
        )
        if above is None:
            break
        target = above
        if target == post.id:
            break
    return None if target == post.id else target
