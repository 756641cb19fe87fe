"""Files of the library: in the trash or not, what is said of them, and their bytes."""

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain import remains
from shared.domain.documents import columns_of, dump, load
from shared.domain.errors import Conflict, Forbidden
from shared.domain.media import may_change, owe_forms, owe_removal
from shared.domain.permissions import Permission
from shared.domain.undo.steps import Step, Whole
from shared.domain.work import Work, check_version
from shared.models import Media
from shared.saying import say

IDENTITY: Final = {"id", "version", "path", "uploader_id", "created_at", "updated_at"}
STATE: Final = tuple(name for name in columns_of(Media) if name not in IDENTITY)


class MediaKind(Whole):
    """Files; one that was deleted for good does not come back."""

    name = Media.__tablename__

    def remember(self, thing: Media, session: Session) -> Step:
        """Return what is said of a file, and which bytes it is."""
        session.flush()
        return Step(kind=self.name, id=thing.id, label=thing.name, back=dump(thing, STATE))

    def forget(self, step: Step, session: Session) -> Step:
        """Return what the file is like now."""
        media = session.get(Media, step.id)
        if media is None:
            return Step(kind=self.name, id=step.id, label=step.label, back=None)
        return self.remember(media, session)

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:
        """Return the versions of files."""
        ids = [step.id for step in steps]
        rows = session.execute(select(Media.id, Media.version).where(Media.id.in_(ids)))
        return {row.id: row.version for row in rows}

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:  # noqa: ARG002 - it has no parts
        """Make a file what it was; the bytes of a replacement go after some days."""
        media = work.session.get(Media, step.id)
        if media is None or step.back is None:
            raise Conflict(say("This was deleted for good."))
        if not may_change(media, work.actor):
            raise Forbidden(Permission.MEDIA_EDIT)
        check_version(media, step.mark, work=work)
        left, values = media.file, load(Media, step.back)
        if left == values["file"]:
            del values["forms"]  # they may have been made since
        for name, value in values.items():
            setattr(media, name, value)
        media.updated_at = work.at
        _note_trash(media, work)
        if left != media.file:
            owe_removal(left, work=work)
            owe_forms(media, work=work)
        work.record("media.undone", media, media.name)


def _note_trash(media: Media, work: Work) -> None:
    """Keep the list of what lies in the trash right, whichever way the file goes."""
    if media.trashed_at is None:
        remains.forget(media.__tablename__, media.id, work=work)
    else:
        remains.keep(media.__tablename__, media.id, media.name, detail=media.path, work=work)
