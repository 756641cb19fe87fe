"""The trash of files, and the end of them."""

from shared.domain import jobs, remains
from shared.domain.errors import Conflict
from shared.domain.media.access import require_change
from shared.domain.media.saving import REMOVE
from shared.domain.work import Work, check_version
from shared.models import Media
from shared.saying import say


def trash_media(media: Media, *, version: int | None = None, work: Work) -> None:
    """Move a file to the trash: its address leads nowhere, pages show what it showed in words."""
    require_change(media, work)
    if media.trashed_at is not None:
        raise Conflict(say("This is in the trash already."))
    check_version(media, version, work=work)
    media.trashed_at = work.at
    remains.keep(media.__tablename__, media.id, media.name, detail=media.path, work=work)
    work.record("media.trashed", media, media.name)


def restore_media(media: Media, *, version: int | None = None, work: Work) -> None:
    """Take a file out of the trash; its address and every page that shows it have it again."""
    require_change(media, work)
    if media.trashed_at is None:
        raise Conflict(say("This is not in the trash."))
    check_version(media, version, work=work)
    media.trashed_at, media.updated_at = None, work.at
    remains.forget(media.__tablename__, media.id, work=work)
    work.record("media.restored", media, media.name)


def delete_media(media: Media, *, version: int | None = None, work: Work) -> None:
    """Delete a file of the trash for good; its bytes go by a job, so never before the commit."""
    require_change(media, work)
    if media.trashed_at is None:
        raise Conflict(say("Move this to the trash first."))
    check_version(media, version, work=work)
    label, file = media.name, media.file
    work.record("media.deleted", media, label, file=file)
    remains.forget(media.__tablename__, media.id, work=work)
    work.session.delete(media)
    work.flush()
    jobs.enqueue(work, REMOVE, key=f"{REMOVE}:{file}", file=file)
