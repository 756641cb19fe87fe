"""The other languages in which there is a post or page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, or_, select

from frontend.frame import Frame, path
from shared.domain.site import LANGUAGE_NAMES
from shared.models import Post, Presentation
from shared.models.base import UtcDateTime
from shared.models.reading import Summary
from shared.models.reads import read
from shared.web import now, session

_NOW: Any = bindparam("now", type_=UtcDateTime())
_FOLLOWERS = select(Presentation.post_id).where(Presentation.translation_of == bindparam("group"))
_OTHERS = (
    select(Post.id, Post.kind, Post.slug, Post.language)
    .where(or_(Post.id == bindparam("group"), Post.id.in_(_FOLLOWERS)))
    .where(Post.id != bindparam("own"), Post.kind == bindparam("kind"), Post.public(_NOW))
    .order_by(Post.id)
)


@dataclass(frozen=True, slots=True)
class Translation:
    """The same in another language; `path` is its address below the root, `name` the language's."""

    language: str
    name: str
    path: str


def find_translations(frame: Frame, post: Summary) -> tuple[Translation, ...]:
    """Return what visitors find of a post in other languages, one for each."""
    group = post.details.translation_of or post.id
    values = {"group": group, "own": post.id, "kind": post.kind, "now": now()}

    def keys(rows: Sequence[Any]) -> set[str]:
        return {f"translations:{group}", f"post:{group}", *(f"post:{row.id}" for row in rows)}

    found = {frame.language_of(post): ""}
    for row in read(session(), _OTHERS, values, of=keys):
        found.setdefault(row.language or frame.site.language, _path(row))
    return tuple(
        Translation(language, LANGUAGE_NAMES.get(language, language), where)
        for language, where in sorted(found.items())
        if where
    )


def alternates(
    frame: Frame, post: Summary, here: str, others: Sequence[Translation]
) -> list[tuple[str, str]]:
    """Return `hreflang` and path of each language, and where whoever reads none of them goes."""
    if not others:
        return []
    places = {frame.language_of(post): here} | {item.language: item.path for item in others}
    default = places.get(frame.site.language, here)
    return [*sorted(places.items()), ("x-default", default)]


def _path(row: Any) -> str:
    if row.kind == "page":
        return path("pages.show", path=row.slug)
    return path("posts.show", slug=row.slug)
