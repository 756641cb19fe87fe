"""The trash of all kinds of content: what lies in it, bringing it back, and letting it go.

A new kind adds a line to `BINS`; its verb that deletes calls `remains.keep_row`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shared.domain import remains
from shared.domain.bins import Bin, CommentBin, MediaBin, PostBin, RowBin
from shared.domain.errors import NotFound
from shared.domain.permissions import Permission
from shared.domain.undo.kinds import CATEGORY, REDIRECT, TAG
from shared.domain.work import Actor, Work
from shared.models import Trashed
from shared.saying import say

BINS: Final[dict[str, Bin]] = {
    "post": PostBin("post"),
    "page": PostBin("page"),
    "media": MediaBin(),
    "comment": CommentBin(),
    "tag": RowBin(TAG, Permission.TAGS_EDIT),
    "category": RowBin(CATEGORY, Permission.CATEGORIES_EDIT),
    "redirect": RowBin(REDIRECT, Permission.REDIRECTS_EDIT),
}


def list_trash(
    session: Session,
    actor: Actor,
    *,
    kind: str = "",
    until: datetime | None = None,
    below: int | None = None,
    most: int | None = None,
) -> Sequence[Trashed]:
    """Return what an actor may handle, newest first: of a kind, put there `until` an instant."""
    wanted = select(Trashed).where(_shown_to(actor, kind)).order_by(Trashed.id.desc())
    if until is not None:
        wanted = wanted.where(Trashed.at <= until)
    if below is not None:
        wanted = wanted.where(Trashed.id < below)
    return session.scalars(wanted if most is None else wanted.limit(most)).all()


def get_trashed(session: Session, item_id: int, actor: Actor) -> Trashed:
    """Return something in the trash that an actor may handle; raises NotFound."""
    found = select(Trashed).where(Trashed.id == item_id, _shown_to(actor, ""))
    item = session.scalar(found)
    if item is None:
        raise NotFound(say("This is not in the trash."))
    return item


def find_trashed(session: Session, kind: str, object_id: int) -> Trashed | None:
    """Return what the trash says of a thing, None where it does not lie there."""
    wanted = select(Trashed).where(Trashed.kind == kind, Trashed.object_id == object_id)
    return session.scalar(wanted)


def restore_trashed(item: Trashed, *, as_it_was: bool = False, work: Work) -> None:
    """Bring something back from the trash; raises as its verbs do, and when its name is taken."""
    BINS[item.kind].restore(item, as_it_was=as_it_was, work=work)
    remains.forget(item.kind, item.object_id, work=work)
    work.flush()


def purge_trashed(item: Trashed, *, work: Work) -> None:
    """Delete something in the trash for good."""
    BINS[item.kind].purge(item, work=work)
    remains.forget(item.kind, item.object_id, work=work)
    work.flush()


def _shown_to(actor: Actor, kind: str) -> Any:
    bins = [BINS[kind]] if kind in BINS else BINS.values()
    return or_(*(item.shown_to(actor) for item in bins))
