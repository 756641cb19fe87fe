"""Views of lists, and links to drafts: what people keep for themselves and each other."""

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.documents import columns_of, dump, load
from shared.domain.errors import Conflict
from shared.domain.posts.preview_links import reopen_preview, revoke_preview
from shared.domain.saved_views import bring_view_back, delete_view
from shared.domain.undo.steps import Step, Whole
from shared.domain.work import Work
from shared.models import PreviewLink, SavedView
from shared.saying import say

GONE: Final = say("This was deleted for good.")


class ViewKind(Whole):
    """Saved views: one that was deleted comes back under its number."""

    name = SavedView.__tablename__

    def remember(self, thing: SavedView, session: Session) -> Step:
        """Return what a view keeps."""
        session.flush()
        back = dump(thing, columns_of(SavedView))
        return Step(kind=self.name, id=thing.id, label=thing.name, back=back)

    def forget(self, step: Step, session: Session) -> Step:
        """Return what the view keeps now, also where there is none."""
        view = session.get(SavedView, step.id)
        if view is None:
            return Step(kind=self.name, id=step.id, label=step.label, back=None)
        return self.remember(view, session)

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:
        """Return the versions of views."""
        ids = [step.id for step in steps]
        rows = session.execute(select(SavedView.id, SavedView.version).where(SavedView.id.in_(ids)))
        return {row.id: row.version for row in rows}

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:  # noqa: ARG002 - it has no parts
        """Keep a view again, or delete it again."""
        view = work.session.get(SavedView, step.id)
        if step.back is not None and view is None:
            bring_view_back(SavedView(**load(SavedView, step.back)), work=work)
        elif view is not None:
            delete_view(view, work=work)


class PreviewKind(Whole):
    """Preview links: one that was taken back opens its post again until it ends."""

    name = PreviewLink.__tablename__

    def remember(self, thing: PreviewLink, session: Session) -> Step:
        """Return whether a link was taken back."""
        session.flush()
        back = {"revoked": thing.revoked_at is not None}
        return Step(kind=self.name, id=thing.id, label=thing.post.title, back=back)

    def forget(self, step: Step, session: Session) -> Step:
        """Return whether the link is taken back now."""
        link = session.get(PreviewLink, step.id)
        if link is None:
            return Step(kind=self.name, id=step.id, label=step.label, back=None)
        return self.remember(link, session)

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:
        """Return when links were taken back, empty where they open."""
        ids = [step.id for step in steps]
        wanted = select(PreviewLink.id, PreviewLink.revoked_at).where(PreviewLink.id.in_(ids))
        rows = session.execute(wanted)
        return {row.id: row.revoked_at.isoformat() if row.revoked_at else "" for row in rows}

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:  # noqa: ARG002 - it has no parts
        """Let a link open its post again, or nothing again."""
        link = work.session.get(PreviewLink, step.id)
        if link is None or step.back is None:
            raise Conflict(GONE)
        (revoke_preview if step.back["revoked"] else reopen_preview)(link, work=work)
