"""Files in the library, put there by somebody of the cast."""

from typing import Any

from shared.domain.media import upload
from shared.models import Media
from shared.runtime import Runtime
from tests.cast import Cast, work_of
from tests.pictures import make_picture


def put(runtime: Runtime, name: str = "gate.jpg", data: bytes | None = None, **more: Any) -> Media:
    """Upload a file of Ben, or of `by`; each `size` is another picture."""
    size, by = more.pop("size", (64, 48)), more.pop("by", "ben")
    data = make_picture("jpeg", size) if data is None else data
    with runtime.database.writing() as session:
        work = work_of(session, getattr(Cast.load(session), by))
        media = upload(data, name, instance=runtime.settings.instance, work=work, **more).media
        session.commit()
        return media


def look(runtime: Runtime, number: int) -> Media | None:
    """Return a file as it is now."""
    with runtime.database.reading() as session:
        return session.get(Media, number)
