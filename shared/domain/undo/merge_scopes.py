"""What a merge of tags or categories touches, worked out before it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shared.domain.taxonomy import category_path, tag_path
from shared.models import Category, Tag


@dataclass(frozen=True)
class Merge:
    """Some tags or categories that become another one."""

    sources: Sequence[Tag | Category]
    into: Tag | Category

    def scope(self, session: Session) -> "Scope":
        """Return all that the merge may touch."""
        if isinstance(self.into, Tag):
            return self._tag_scope()
        return self._category_scope(session)

    @property
    def _members(self) -> list[int]:
        return [*(item.id for item in self.sources), self.into.id]

    def _tag_scope(self) -> "Scope":
        slugs = [item.slug for item in (*self.sources, self.into)]
        return Scope(
            members=self._members,
            rows=self._members,
            formers=slugs,
            addresses=slugs,
            paths=list(map(tag_path, slugs)),
        )

    def _category_scope(self, session: Session) -> "Scope":
        tops = [item.path for item in self.sources if isinstance(item, Category)]
        below = or_(*(Category.path.startswith(f"{top}/", autoescape=True) for top in tops))
        moving = list(session.scalars(select(Category).where(below))) if tops else []
        rows = [item.id for item in moving if item.id not in self._members]
        addresses = {*tops, *(item.path for item in moving), *self._new_paths(tops, moving)}
        return Scope(
            members=self._members,
            rows=[*self._members, *rows],
            formers=[item.id for item in self.sources],
            addresses=sorted(addresses),
            paths=sorted(map(category_path, {*addresses, self._into_path})),
        )

    @property
    def _into_path(self) -> str:
        return self.into.path if isinstance(self.into, Category) else ""

    def _new_paths(self, tops: list[str], moving: list[Category]) -> Iterator[str]:
        """Yield where what stands below comes to stand, on its way as well."""
        for top in tops:
            for item in moving:
                if item.path.startswith(f"{top}/"):
                    yield f"{self._into_path}{item.path.removeprefix(top)}"


@dataclass(frozen=True)
class Scope:
    """Which rows, lists of posts, former names and paths of the site a merge may touch.

    `members` are what is merged and what stays, `rows` those and all that stand below them;
    `addresses` are slugs of tags or paths of categories.
    """

    members: list[int]
    rows: list[int]
    formers: list[Any]
    addresses: list[str] = field(repr=False)
    paths: list[str] = field(repr=False)

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Scope":
        """Read a scope that was stored."""
        return cls(**document)

    def as_document(self) -> dict[str, Any]:
        """Return the scope as it is stored."""
        return asdict(self)

    @property
    def going(self) -> list[int]:
        """The rows but the one that stays: nothing new may stand below them."""
        return [number for number in self.rows if number != self.members[-1]]
