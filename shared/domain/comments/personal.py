"""What one visitor said, by e-mail address: told, taken out, and erased wherever it is kept.

A comment that others answered keeps its place, empty; any other goes. So do what the trash, the
offers to undo, unsent mails and saved views of the console hold of it. The log keeps that something
was erased, and a number that stands for the address, from which nobody reads it back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.chain import disguise
from shared.domain.comments.moderating import KIND
from shared.domain.comments.removing import empty, has_answers, remove
from shared.domain.errors import Invalid
from shared.domain.permissions import Permission
from shared.domain.redirects import post_path
from shared.domain.work import Work
from shared.models import BulkRun, Comment, Mail, SavedView, Trashed, Undo
from shared.saying import say

SCREEN: Final = "comments"
AT_ONCE: Final = 500


@dataclass(frozen=True)
class Trace:
    """One comment of a person, and whether others answered it, so that its place stays."""

    comment: Comment
    keeps_place: bool


@dataclass(frozen=True)
class Traces:
    """All that is kept of what a person said: comments, and rows about them elsewhere."""

    email: str
    comments: Sequence[Trace]
    trashed: int = 0
    undos: int = 0
    mails: int = 0
    views: int = 0

    @property
    def others(self) -> int:
        """How many rows besides the comments go or change."""
        return self.trashed + self.undos + self.mails + self.views

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept."""
        return not self.comments and not self.others


def find_traces(email: str, *, work: Work) -> Traces:
    """Return what is kept of what a person said; raises Invalid for what is no address."""
    work.require(Permission.COMMENTS_ERASE)
    email, session = _read(email), work.session
    found = select(Comment).where(Comment.email == email).order_by(Comment.id)
    comments = session.scalars(found).all()
    ids = [comment.id for comment in comments]
    return Traces(
        email=email,
        comments=[Trace(comment, _keeps_place(comment, session)) for comment in comments],
        trashed=len(_trashed(ids, session)),
        undos=len(_offers(ids, session)) + len(_runs(ids, session)),
        mails=len(_mails(ids, email, session)),
        views=len(_views(email, session)),
    )


def take_out_person(email: str, *, work: Work) -> dict[str, Any]:
    """Return what a person said as a document, and note that it was taken out."""
    traces = find_traces(email, work=work)
    told = {"person": disguise(traces.email, work.session), "comments": len(traces.comments)}
    work.record("comment.data_taken", KIND, **told)
    return {
        "at": work.at.isoformat(),
        "email": traces.email,
        "comments": [_describe(trace.comment) for trace in traces.comments],
    }


def erase_person(email: str, *, work: Work) -> Traces:
    """Erase what a person said; returns what that was, as far as it can still be told."""
    traces = find_traces(email, work=work)
    session, ids = work.session, [trace.comment.id for trace in traces.comments]
    _clear_elsewhere(ids, traces.email, session)
    kept = 0
    for trace in reversed(traces.comments):  # answers before what they answer
        if _keeps_place(trace.comment, session):
            empty(trace.comment, work=work)
            kept += 1
        else:
            remove(trace.comment, work=work)
    told = {"person": disguise(traces.email, session), "comments": len(ids), "places": kept}
    work.record("comment.erased", KIND, **told)
    return traces


def _read(email: str) -> str:
    email = email.strip().lower()
    if "@" not in email or len(email) > Comment.email.type.length:
        raise Invalid({"email": say("Give a whole address.")})
    return email


def _keeps_place(comment: Comment, session: Session) -> bool:
    return comment.state == "approved" and has_answers(comment, session)


def _describe(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "name": comment.name,
        "email": comment.email,
        "text": comment.body,
        "state": comment.state,
        "on": {"title": comment.post.title, "path": post_path(comment.post)},
        "answers": comment.parent_id,
        "created_at": comment.created_at.isoformat(),
        "updated_at": comment.updated_at.isoformat(),
    }


def _clear_elsewhere(ids: Sequence[int], email: str, session: Session) -> None:
    for item in (*_trashed(ids, session), *_mails(ids, email, session)):
        session.delete(item)
    for offer in _offers(ids, session):
        offer.steps = [step for step in offer.steps if not _is_about(step, ids)]
        if not offer.steps:
            session.delete(offer)
    for run in _runs(ids, session):
        run.steps = [step for step in run.steps if not _is_about(step, ids)]
        run.refused = [line for line in run.refused if not _is_named(line[0], ids)]
    for view in _views(email, session):
        query = {name: "" for name, value in _asked(view).items() if email in value.lower()}
        kept = {name: value for name, value in _asked(view).items() if name not in query}
        view.state = {**view.state, "query": kept}
    session.flush()


def _trashed(ids: Sequence[int], session: Session) -> Sequence[Trashed]:
    return [
        item
        for some in _some(ids)
        for item in session.scalars(
            select(Trashed).where(Trashed.kind == KIND, Trashed.object_id.in_(some))
        )
    ]


def _offers(ids: Sequence[int], session: Session) -> list[Undo]:
    """Return the offers to undo that hold one of these; they are kept a week, so all are read."""
    return [row for row in session.scalars(select(Undo)) if _is_any_about(row.steps, ids)]


def _runs(ids: Sequence[int], session: Session) -> list[BulkRun]:
    """Return the changes of many rows that name one of these."""
    runs = session.scalars(select(BulkRun).where(BulkRun.screen.in_((SCREEN, "undo"))))
    return [
        run
        for run in runs
        if _is_any_about(run.steps, ids) or any(_is_named(line[0], ids) for line in run.refused)
    ]


def _mails(ids: Sequence[int], email: str, session: Session) -> list[Mail]:
    """Return the mails that are not out and tell of one of these; what was sent keeps no text."""
    waiting = session.scalars(select(Mail).where(Mail.sent_at.is_(None), Mail.text != ""))
    links = [f"/{SCREEN}/{number}/" for number in ids]
    return [
        mail
        for mail in waiting
        if email in mail.text.lower() or any(link in mail.text for link in links)
    ]


def _views(email: str, session: Session) -> list[SavedView]:
    views = session.scalars(select(SavedView).where(SavedView.screen == SCREEN))
    return [view for view in views if any(email in v.lower() for v in _asked(view).values())]


def _asked(view: SavedView) -> dict[str, str]:
    return {name: str(value) for name, value in dict(view.state.get("query", {})).items()}


def _is_any_about(steps: Iterable[dict[str, Any]], ids: Sequence[int]) -> bool:
    return any(_is_about(step, ids) for step in steps)


def _is_about(step: dict[str, Any], ids: Sequence[int]) -> bool:
    return step["kind"] == KIND and step["id"] in ids


def _is_named(label: str, ids: Sequence[int]) -> bool:
    number = label.partition(" ")[0].removeprefix("#")
    return number.isdecimal() and int(number) in ids


def _some(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
