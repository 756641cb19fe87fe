"""The rules, each a function from a text to what it has to say of it."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.content.addresses import path_in
from shared.content.own_links import SCHEME, find_targets
from shared.content.scripts import width
from shared.content.survey import Image, Link, Survey
from shared.domain.posts.content import Content
from shared.domain.whereabouts import find_places
from shared.models import Media, Post
from shared.models.own_links import find_places as find_posts
from shared.saying import Saying, say

LONGEST_DESCRIPTION: Final = 160  # columns of a search result; a Chinese character takes two
SHOWN: Final = 60  # characters of an address in a message


@dataclass(frozen=True)
class Case:
    """A text, and where it is looked at: `post_id` is None for one that is not stored."""

    session: Session
    now: datetime
    content: Content
    kind: str
    survey: Survey
    post_id: int | None
    has_file: Callable[[str], bool]
    own_hosts: frozenset[str]


class Said(NamedTuple):
    """What a rule says, and where."""

    message: Saying
    line: int | None = None
    field: str = "body"


Rule = Callable[[Case], Iterator[Said]]


def check_images(case: Case) -> Iterator[Said]:
    """Find images that nobody describes; those that the library calls decoration need no words."""
    bare = [image for image in case.survey.images if image.alt is None]
    paths = {path for image in bare if (path := path_in(image.address, case.own_hosts))}
    plain: set[str] = set()
    if paths:
        wanted = select(Media.path).where(Media.path.in_(paths), Media.decorative.is_(True))
        plain = set(case.session.scalars(wanted))
    for image in bare:
        if path_in(image.address, case.own_hosts) not in plain:
            told = say(
                "The image %(address)s has no alternative text.", address=_cut(image.address)
            )
            yield Said(told, image.line)
    if case.content.cover and not case.content.cover_alt:
        yield Said(say("The cover image has no alternative text."), None, "cover_alt")


def check_headings(case: Case) -> Iterator[Said]:
    """Find headings that are more than one level below the one before."""
    before: int | None = None
    for heading in case.survey.headings:
        if before is not None and heading.level > before + 1:
            pattern = "“%(text)s” skips from level %(from)s to %(to)s."
            words = {"text": _cut(heading.text), "from": before, "to": heading.level}
            yield Said(say(pattern, **words), heading.line)
        before = heading.level


def check_links(case: Case) -> Iterator[Said]:
    """Find links within the site to what is not there or not public."""
    pointing: list[Link | Image] = [*case.survey.links, *case.survey.images]
    pointing.sort(key=lambda item: item.line)
    own = {item.address for item in pointing if item.address.startswith(SCHEME)}
    targets = {address: _number(address) for address in own}
    known = find_posts(case.session, set(targets.values()), now=case.now)
    paths = {
        item.address: path
        for item in pointing
        if (path := path_in(item.address, case.own_hosts)) is not None
    }
    places = find_places(case.session, set(paths.values()), case.now, has_file=case.has_file)
    for item in pointing:
        if item.address in targets:
            if targets[item.address] not in known and targets[item.address] != case.post_id:
                yield Said(say("A link leads to a text that is not public."), item.line)
        elif item.address in paths:
            state, address = places[paths[item.address]].state, _cut(item.address)
            if state == "missing":
                yield Said(say("%(address)s leads nowhere.", address=address), item.line)
            elif state == "hidden":
                yield Said(say("%(address)s is not public.", address=address), item.line)


def check_title(case: Case) -> Iterator[Said]:
    """Find another post or page with the same title."""
    same = select(Post.id).where(
        Post.kind == case.kind, Post.title == case.content.title, Post.trashed_at.is_(None)
    )
    if case.post_id is not None:
        same = same.where(Post.id != case.post_id)
    if case.content.title and case.session.scalar(same.limit(1)) is not None:
        yield Said(
            say("Another text has the title “%(title)s”.", title=case.content.title), None, "title"
        )


def check_descriptions(case: Case) -> Iterator[Said]:
    """Find descriptions that a search result cannot show whole."""
    for field in ("summary", "seo_description", "social_description"):
        columns = sum(map(width, getattr(case.content, field)))
        if columns > LONGEST_DESCRIPTION:
            pattern = (
                "This is %(columns)s wide; search results show about %(most)s, "
                "where a Chinese character counts as two."
            )
            yield Said(say(pattern, columns=columns, most=LONGEST_DESCRIPTION), None, field)


def check_link_words(case: Case) -> Iterator[Said]:
    """Find links that have no words to press; one to an own post shows its title."""
    for link in case.survey.links:
        if not link.text and not link.address.startswith(SCHEME):
            told = say("The link to %(address)s has no words.", address=_cut(link.address))
            yield Said(told, link.line)


def check_slug(case: Case) -> Iterator[Said]:
    """Find a word of the address with letters of several alphabets, such as Latin and Cyrillic."""
    for word in case.content.slug.replace("/", "-").split("-"):
        alphabets = {name for char in word if (name := _alphabet(char))}
        if len(alphabets) > 1:
            told = say(
                "“%(word)s” mixes %(alphabets)s letters, which look alike.",
                word=word,
                alphabets=", ".join(sorted(alphabets)),
            )
            yield Said(told, None, "slug")


def _alphabet(char: str) -> str:
    """Return the alphabet of a letter, of those whose letters are taken for one another's."""
    name = unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""
    return name.title() if name in {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"} else ""


def _number(address: str) -> int:
    return next(iter(find_targets([f'<a href="{address}"'])), 0)


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


CHECKS: Final[Mapping[str, Rule]] = {
    "image-alt": check_images,
    "heading-skip": check_headings,
    "broken-link": check_links,
    "duplicate-title": check_title,
    "long-description": check_descriptions,
    "empty-link": check_link_words,
    "mixed-slug": check_slug,
}
