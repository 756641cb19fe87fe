"""How a post stands, in words."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from shared.models import Post

WORDS = {
    "draft": _l("Draft"),
    "published": _l("Published"),
    "scheduled": _l("Scheduled for"),
    "expired": _l("Expired"),
    "trashed": _l("In the trash"),
}


@dataclass(frozen=True)
class Standing:
    """The state by its name and in words; `at` completes the words where it is set."""

    status: str
    words: str
    at: datetime | None = None
    has_changes: bool = False


def describe(post: Post | None, now: datetime) -> Standing:
    """Return how a post stands; one that is not there yet is a new draft."""
    if post is None:
        return Standing("draft", _("Not saved yet"))
    status = post.status(now)
    at = post.published_at if status in {"scheduled", "published"} else None
    if status == "trashed":
        at = post.trashed_at
    changes = post.live is not None and post.working is not None
    return Standing(status, str(WORDS[status]), at, has_changes=changes)
