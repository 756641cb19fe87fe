"""The addresses that last: an archive has a file at the one that texts name, and only there."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.models import Media

PREFIX = "/media/"


@dataclass(frozen=True)
class Lasting:
    """Lasting addresses and the files that they lead to, both relative to the store."""

    files: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, session: Session) -> "Lasting":
        """Read them; what is in the trash is at no address."""
        moved = (Media.trashed_at.is_(None), Media.path != Media.file)
        rows = session.execute(select(Media.path, Media.file).where(*moved).order_by(Media.id))
        return cls({path.removeprefix(PREFIX): file.removeprefix(PREFIX) for path, file in rows})

    def names(self, file: str, shown: Collection[str]) -> list[str]:
        """Return where a file goes: its lasting addresses, and its own where a text names that."""
        lasting = [path for path, found in self.files.items() if found == file]
        return [*lasting, file] if not lasting or file in shown else lasting
