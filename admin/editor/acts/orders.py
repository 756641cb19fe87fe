"""What a press of a button orders, carried out by the domain's verbs as one unit of work."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _

from admin.editor.acts.actions import Action
from admin.editor.acts.offering import offer_act
from admin.editor.acts.reviewing import REVIEWS, approve_with, review_as
from shared.domain.errors import Invalid
from shared.domain.posts import (
    Content,
    Until,
    create_post,
    differs,
    discard_changes,
    give_post,
    publish,
    restore,
    restore_revision,
    save_post,
    schedule,
    trash,
    unpublish,
)
from shared.domain.posts.publishing import End
from shared.domain.posts.reviewing import find_waiting
from shared.domain.undo import UndoOffer, remember
from shared.domain.work import Work
from shared.models import Post

PUBLISHES = frozenset({Action.PUBLISH, Action.SCHEDULE})


@dataclass(frozen=True, kw_only=True)
class Order:
    """The button, and what was written when it was pressed; `version` is what it began from."""

    action: Action
    content: Content
    version: int | None = None
    note: str = ""
    author_id: int | None = None
    at: datetime | None = None
    until: End = Until.KEPT
    said: str = ""  # to those who review, or to whoever asked


def carry_out_new(order: Order, kind: str, *, work: Work) -> tuple[Post, UndoOffer | None]:
    """Make a post or page, and publish or schedule it when that was ordered."""
    post = create_post(order.content, kind=kind, author_id=order.author_id, work=work)
    before = remember(post, work=work)
    _finish(post, replace(order, version=None), work=work)
    return post, offer_act(post, order.action, before, work=work)


def carry_out(order: Order, post: Post, *, work: Work) -> UndoOffer | None:
    """Store what is new, then do what the button says; raises as the verbs do.

    What is offered to be undone is the button's act; the text that was saved with it stays.
    """
    before = remember(post, work=work)
    if order.action is Action.DISCARD:
        discard_changes(post, version=order.version, work=work)
        return offer_act(post, order.action, before, work=work)
    if order.action is Action.SET_ASIDE:
        _set_aside(post, order, work=work)
        return None
    if order.action is Action.RESTORE:
        restore(post, version=order.version, work=work)
        order = replace(order, version=None)
    if order.note or differs(order.content, post):
        save_post(post, order.content, version=order.version, note=order.note, work=work)
        order = replace(order, version=None)
    if order.author_id not in {None, post.author_id}:
        give_post(post, order.author_id or 0, version=order.version, work=work)
        order = replace(order, version=None)
    if order.action is not Action.RESTORE:
        before = remember(post, work=work)
    _finish(post, order, work=work)
    return offer_act(post, order.action, before, work=work)


def _finish(post: Post, order: Order, *, work: Work) -> None:
    version = order.version
    review = find_waiting(work.session, post) if order.action in PUBLISHES else None
    if order.action is Action.PUBLISH:
        past = _past(post, order, work.at)
        publish(post, version=version, at=past, until=order.until, work=work)
    elif order.action is Action.SCHEDULE:
        if order.at is None:
            raise Invalid({"publish_at": _("Give the time from which this shall be public.")})
        schedule(post, order.at, version=version, until=order.until, work=work)
    elif order.action is Action.UNPUBLISH:
        unpublish(post, version=version, work=work)
    elif order.action is Action.TRASH:
        trash(post, version=version, work=work)
    elif order.action in REVIEWS:
        review_as(order.action, post, order.said, work=work)
    if review is not None:
        approve_with(review, post, order.said, work=work)


def _past(post: Post, order: Order, now: datetime) -> datetime | None:
    """Return the date that a publication shall bear; None: now, or the date it has."""
    if order.at is None or order.at == post.published_at:
        return None
    if order.at > now:
        raise Invalid({"publish_at": _("This lies ahead: choose Schedule, or empty it.")})
    return order.at


def _set_aside(post: Post, order: Order, *, work: Work) -> None:
    """Put one's own text into the history, and leave what the other saved on top."""
    working = post.working.number if post.working else None
    note = _("Set aside for what was saved meanwhile")
    save_post(post, order.content, version=order.version, note=note, work=work)
    if working is None:
        discard_changes(post, version=None, work=work)
    else:
        restore_revision(post, working, version=None, work=work)
