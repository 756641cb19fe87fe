"""Taking uploaded files into the library, each a unit of work of its own."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from admin.acting import work
from admin.addresses import row_url
from admin.languages import told
from admin.media.showing import markdown_of, media_link, thumbnail
from shared.domain.errors import Invalid
from shared.domain.media import Uploaded, bring_in, limits_of, take
from shared.domain.media.limits import Limits
from shared.domain.site import load_site
from shared.models import Media
from shared.web import commit, runtime, session


def store(data: bytes, name: str, folder: str) -> Uploaded:
    """Keep one file and commit; raises Invalid."""
    taken, instance = take(data, name, read_limits()), runtime().settings.instance
    found = bring_in(taken, instance=instance, folder=folder, work=work())
    commit()
    return found


def read_limits() -> Limits:
    """Return what files may be, read beside the unit of work: a picture is looked at before it."""
    with runtime().database.reading() as reading:
        return limits_of(load_site(reading))


def upload_each(files: Iterable[FileStorage], folder: str) -> Iterator[tuple[str, str]]:
    """Keep files one by one; yield a line for each, and whether it is good news."""
    for file in files:
        name = file.filename or ""
        try:
            with file.stream as opened:
                found = store(opened.read(), name, folder)
        except Invalid as error:
            session().rollback()
            yield reason_of(error), "error"
        else:
            if found.known:
                yield _("%(name)s is there already.", name=found.media.name), "warning"
            else:
                yield _("%(name)s is uploaded.", name=found.media.name), "success"


def reason_of(error: Invalid) -> str:
    """Return why a file was not taken, in the person's language."""
    return " ".join(told(message) for message in error.errors.values())


def describe(media: Media) -> dict[str, Any]:
    """Return what scripts of the console need to know of a file."""
    return {
        "id": media.id,
        "name": media.name,
        "kind": media.kind,
        "path": media.path,
        "alt": media.alt,
        "decorative": media.decorative,
        "focus": [media.focus_x, media.focus_y],
        "markdown": markdown_of(media),
        "thumbnail": thumbnail(media) if media.is_picture else "",
        "link": media_link(media.file),
        "url": row_url("media.show", media.id),
    }
