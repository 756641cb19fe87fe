"""What an author writes, as one value: the form's fields, a revision's document, an API body."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from shared.content.lines import one_line, plain_lines
from shared.content.markdown import MAX_BYTES
from shared.content.slugs import SlugError, check_slug
from shared.domain.errors import Invalid
from shared.domain.posts import details
from shared.models import Post, Revision
from shared.saying import Saying, say
from shared.urls import RESERVED, SITE_SEGMENTS

MAX_TAGS = 50
LIMITS = {"title": 200, "slug": 200, "summary": 500, "byline": 200} | details.LIMITS
LISTS = ("tags", "categories", "coauthors")
LINES = ("byline", *details.LIMITS)  # one line each
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")


@dataclass(frozen=True, kw_only=True)
class Content:
    """The content of a post: `body` is Markdown, `tags` are names, `categories` are ids.

    `slug` may be empty: it is then made from the title. `meta` keeps front matter that no
    field of ours takes. `coauthors` are the ids of who wrote it with the author, in order.
    `translation_of` is the id of a post of which this is a translation.
    """

    title: str
    slug: str = ""
    body: str = ""
    summary: str = ""
    language: str = ""
    byline: str = ""
    tags: tuple[str, ...] = ()
    categories: tuple[int, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    coauthors: tuple[int, ...] = ()
    cover: str = ""
    cover_alt: str = ""
    cover_x: int = 50
    cover_y: int = 50
    seo_title: str = ""
    seo_description: str = ""
    social_title: str = ""
    social_description: str = ""
    social_image: str = ""
    canonical: str = ""
    comments: str = ""
    template: str = ""
    noindex: bool = False
    translation_of: int | None = None

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Content":
        """Read a revision's document."""
        listed = {name: tuple(document.get(name, ())) for name in LISTS}
        return cls(**{**document, **listed})

    def as_document(self) -> dict[str, Any]:
        """Return the document that a revision keeps."""
        return asdict(self) | {
            "meta": dict(self.meta),
            **{name: list(getattr(self, name)) for name in LISTS},
        }

    def tidied(self) -> "Content":
        """Return the content with outer blanks, doubled tags and odd line ends gone."""
        tags: dict[str, str] = {}
        for name in filter(None, map(one_line, self.tags)):
            tags.setdefault(name.casefold(), name)
        lines: Any = {name: one_line(getattr(self, name)) for name in LINES}
        return replace(
            self,
            title=one_line(self.title),
            slug=one_line(self.slug).strip("/"),
            body=plain_lines(self.body),
            summary=plain_lines(self.summary).strip(),
            **lines,
            tags=tuple(tags.values()),
            categories=tuple(dict.fromkeys(self.categories)),
            coauthors=tuple(dict.fromkeys(self.coauthors)),
        )


def content_of(post: Post, *, live: bool = False) -> Content:
    """Return the working copy's content, or the live one's when asked or when there is no other."""
    revision: Revision | None = post.live if live else (post.working or post.live)
    if revision is None:
        return Content(title=post.title, slug=post.slug, body=post.body)
    return Content.from_document(revision.content)


def differs(content: Content, post: Post) -> bool:
    """Tell whether content is other than what was saved last."""
    saved = content_of(post).tidied()
    if not content.slug and content.title == saved.title:
        content = replace(content, slug=saved.slug)
    return content.tidied() != saved


def digest_of(content: Content) -> str:
    """Return a short text that two contents share only when they say the same."""
    document = json.dumps(content.tidied().as_document(), sort_keys=True)
    return hashlib.sha256(document.encode()).hexdigest()[:32]


def check_content(content: Content, *, kind: str) -> None:
    """Raise Invalid naming each field that is not allowed, and what is."""
    errors: dict[str, str] = {
        name: say("Give at most %(most)s characters.", most=limit)
        for name, limit in LIMITS.items()
        if len(getattr(content, name)) > limit
    }
    if not content.title:
        errors["title"] = say("Give a title.")
    if len(content.body.encode(errors="replace")) > MAX_BYTES:
        errors["body"] = say(
            "Give at most %(most)s bytes; a Chinese character takes three.", most=f"{MAX_BYTES:,}"
        )
    if content.language and not LANGUAGE.fullmatch(content.language):
        errors["language"] = say("Give a language tag such as en or zh-Hans.")
    if len(content.tags) > MAX_TAGS or any(len(name) > 100 for name in content.tags):
        errors["tags"] = say("Give at most %(most)s tags of at most 100 characters.", most=MAX_TAGS)
    if content.slug and "slug" not in errors:
        try:
            check_slug(content.slug, nested=kind == "page", reserved=_reserved(kind))
        except SlugError as error:
            errors["slug"] = error.message
    errors = details.check_details(content) | errors
    if errors:
        raise Invalid(errors)


def _reserved(kind: str) -> frozenset[str]:
    return RESERVED | SITE_SEGMENTS if kind == "page" else frozenset()


def taken(slug: str, kind: str) -> Saying:
    """Return what to say of an address that another has."""
    if kind == "page":
        return say("“%(slug)s” is taken by another page.", slug=slug)
    return say("“%(slug)s” is taken by another post.", slug=slug)
