"""A save that came too late: what both made of the same text, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.editor.versions.comparing import FIELDS, Comparison, compare
from shared.content.diffs import DiffLine, diff_lines
from shared.content.merging import Choice, Part, join, merge
from shared.domain.posts import Content
from shared.domain.posts.content import digest_of
from shared.models import Post, Revision

CHOICES: tuple[Choice, ...] = ("mine", "theirs", "both")


@dataclass(frozen=True)
class Field:
    """A field that differs: who changed it, and what both say, in words."""

    name: str
    label: str
    kind: Literal["mine", "theirs", "conflict"]
    words: Sequence[DiffLine]


@dataclass(frozen=True)
class Merge:
    """Both versions of a content, stretch by stretch and field by field."""

    mine: Content
    theirs: Content
    parts: Sequence[Part]
    fields: Sequence[Field]
    has_base: bool

    @property
    def is_clean(self) -> bool:
        """Whether nothing was changed by both in different ways."""
        kinds = [part.kind for part in self.parts] + [item.kind for item in self.fields]
        return "conflict" not in kinds

    def compared(self, part: Part) -> list[DiffLine]:
        """Set both sides of a stretch against each other."""
        return diff_lines("\n\n".join(part.theirs), "\n\n".join(part.mine))

    def result(self, choices: Mapping[str, str]) -> Content:
        """Return the content that the choices make; what was not decided keeps both, or mine."""
        ways = {key: way for key, way in choices.items() if way in CHOICES}
        taken: dict[str, Any] = {
            item.name: getattr(self.theirs, item.name)
            for item in self.fields
            if item.kind == "theirs"
            or (item.kind == "conflict" and choices.get(item.name) == "theirs")
        }
        return replace(self.mine, body=join(self.parts, ways), **taken)


def make_merge(base: Content | None, mine: Content, theirs: Content, session: Session) -> Merge:
    """Put two contents together that began as `base`, None where that is not known any more."""
    differences: Comparison = compare(theirs, mine, session)
    fields = [
        Field(name, str(label), _kind(name, base, mine, theirs), differences.fields[str(label)])
        for name, label in FIELDS.items()
        if str(label) in differences.fields
    ]
    parts = merge(base.body if base else None, mine.body, theirs.body)
    return Merge(mine, theirs, parts, fields, has_base=base is not None)


def find_base(post: Post, begun: str, session: Session) -> Content | None:
    """Return the content that a text was begun from, by the form's word for it, if it is there."""
    digest = begun.partition(".")[2]
    number = number_of(begun)
    if number is None:
        return None
    wanted = select(Revision).where(Revision.post_id == post.id, Revision.number == number)
    revision = session.scalar(wanted)
    content = Content.from_document(revision.content) if revision else None
    return content if content is not None and digest_of(content) == digest else None


def number_of(begun: str) -> int | None:
    """Return the number of the revision in the form's word for what a text was begun from."""
    number = begun.partition(".")[0]
    return int(number) if number.isdecimal() and len(number) < 10 else None


def _kind(
    name: str, base: Content | None, mine: Content, theirs: Content
) -> Literal["mine", "theirs", "conflict"]:
    if base is None:
        return "conflict"
    began = getattr(base, name)
    if getattr(theirs, name) == began:
        return "mine"
    return "theirs" if getattr(mine, name) == began else "conflict"
