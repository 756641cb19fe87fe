"""Links to one's own posts while one writes: what to choose from, and what to be warned of."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from admin.acting import actor
from shared.domain.permissions import may
from shared.models import Post
from shared.web import now, runtime, session
from shared.web.context import SAFE_METHODS


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session to read with; a POST that only asks does not queue for writing."""
    if request.method in SAFE_METHODS:
        yield session()
    else:
        with runtime().database.reading() as opened:
            yield opened


def is_readable(found: Post) -> bool:
    """Tell whether the person at hand may read a post, its title with it."""
    by = actor()
    return found.is_public(now()) or may(by.permissions, "read", found, user_id=by.user_id)


def describe_choice(found: Post) -> str:
    """Say beside a choice what it is: a page, or a post that is not public."""
    words = {
        "draft": _("Draft"),
        "scheduled": _("Scheduled"),
        "expired": _("Expired"),
    }.get(found.status(now()), "")
    kind = _("Page") if found.kind == "page" else ""
    return " · ".join(filter(None, (kind, words)))


def warn_of(number: int, found: Post | None) -> str:
    """Say why visitors would see a link's text without the link; empty when they do see it."""
    if found is None:
        return str(_("Post %(number)s is gone: visitors see no link.", number=number))
    status = found.status(now())
    if status == "published":
        return ""
    if not is_readable(found):
        return str(_("Post %(number)s is not public: visitors see no link.", number=number))
    patterns = {
        "draft": _("“%(title)s” is a draft: until it is public, visitors see no link."),
        "scheduled": _("“%(title)s” is scheduled: until then, visitors see no link."),
        "expired": _("“%(title)s” has expired: visitors see no link."),
        "trashed": _("“%(title)s” is in the trash: visitors see no link."),
    }
    return str(patterns[status] % {"title": found.title})
