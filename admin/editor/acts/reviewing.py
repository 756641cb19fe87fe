"""Reviews as the editor's buttons order them, with the mails that tell of them."""

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from admin.account.letters import address, sends_mail
from admin.editor.acts.actions import Action
from admin.languages import speaking_to
from shared.domain.draft_comments import in_threads
from shared.domain.mail import owe_mail
from shared.domain.posts import content_of
from shared.domain.reviews import (
    ask_review,
    find_reviewers,
    note_approval,
    read_exchange,
    return_review,
    withdraw_review,
)
from shared.domain.work import Work
from shared.models import Post, Review, User

REVIEWS: Final = frozenset({Action.ASK_REVIEW, Action.WITHDRAW_REVIEW, Action.RETURN_REVIEW})
# What was typed as a comment and could not be sent: into which field, and the passage.
NOTHING: Final = {"text": "", "quote": "", "answers": None}
STATES: Final = {
    "waiting": ("accent", _l("Waiting for review")),
    "approved": ("good", _l("Approved")),
    "returned": ("warn", _l("Returned with a note")),
    "withdrawn": ("", _l("Withdrawn")),
}


def read_discussion(post: Post | None, *, work: Work) -> dict[str, Any]:
    """Return what templates show of a post's reviews and of the comments on it."""
    plain: dict[str, Any] = {"review_states": STATES, "problem": "", "typed": NOTHING}
    if post is None:
        return plain | {"reviews": [], "review": None, "threads": []}
    reviews, comments = read_exchange(work.session, post)
    newest = reviews[0] if reviews and reviews[0].state in {"waiting", "returned"} else None
    return plain | {
        "reviews": reviews,
        "review": newest,
        "threads": in_threads(comments, content_of(post).body),
    }


def review_as(action: Action, post: Post, said: str, *, work: Work) -> None:
    """Ask, take the question back, or return the draft; and let those concerned know."""
    if action is Action.ASK_REVIEW:
        _tell_reviewers(post, ask_review(post, said, work=work), work=work)
    elif action is Action.WITHDRAW_REVIEW:
        withdraw_review(post, work=work)
    else:
        _tell_asker(post, return_review(post, said, work=work), work=work)


def approve_with(review: Review, post: Post, said: str = "", *, work: Work) -> None:
    """Say something with an approval, and let whoever asked know."""
    note_approval(review, said, work=work)
    _tell_asker(post, review, work=work)


def _tell_reviewers(post: Post, review: Review, *, work: Work) -> None:
    if not sends_mail():
        return
    who = {"who": review.asked_by, "title": post.title}
    for user in find_reviewers(work.session, post):
        with speaking_to(user):
            subject = _("Review: %(title)s", title=post.title)
            text = _("%(who)s asks you to review “%(title)s”.", **who)
            _send(user, subject, text, review.message, post, work=work)


def _tell_asker(post: Post, review: Review, *, work: Work) -> None:
    asker = work.session.get(User, review.asked_by_id) if review.asked_by_id else None
    if asker is None or asker.id == work.actor.user_id or asker.disabled_at or not sends_mail():
        return
    who = {"who": review.decided_by, "title": post.title}
    with speaking_to(asker):
        if review.state == "approved":
            subject = _("Approved: %(title)s", title=post.title)
            text = _("%(who)s approved “%(title)s”.", **who)
        else:
            subject = _("Returned: %(title)s", title=post.title)
            text = _("%(who)s returned “%(title)s” with a note.", **who)
        _send(asker, subject, text, review.note, post, work=work)


def _send(to: User, subject: str, text: str, said: str, post: Post, *, work: Work) -> None:
    hello = _("Hello %(name)s,", name=to.name)
    link = address("page.edit", id=str(post.id))
    parts = [hello, text, *([said] if said else []), link]
    owe_mail(work, to=to.email, subject=subject, text="\n\n".join(parts) + "\n")
