"""The editor's buttons: which of them a person may press in which state of a post."""

from datetime import datetime
from enum import StrEnum

from shared.domain.permissions import Permission, may, permission_on
from shared.domain.work import Actor
from shared.models import Post


class Action(StrEnum):
    """What the name of the pressed button orders; all but `DISCARD` save the text first."""

    SAVE = "save"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNPUBLISH = "unpublish"
    DISCARD = "discard"
    TRASH = "trash"
    RESTORE = "restore"
    # Out of a conflict: what the other saved stays, one's own text goes into the history.
    SET_ASIDE = "set_aside"
    # Instead of publishing, by those who may not; and what is answered by those who may.
    ASK_REVIEW = "ask_review"
    WITHDRAW_REVIEW = "withdraw_review"
    RETURN_REVIEW = "return_review"
    # Out of a conflict: both texts become one, to be looked over and saved.
    MERGE = "merge"


def offer_new(kind: str, actor: Actor) -> tuple[Action, ...]:
    """Return the actions on a post or page that is not there yet."""
    publishing = {permission_on(kind, "publish")}
    if kind == "post":
        publishing.add(Permission.POSTS_PUBLISH_OWN)
    if publishing & actor.permissions:
        return (Action.SAVE, Action.PUBLISH, Action.SCHEDULE)
    return (Action.SAVE, Action.ASK_REVIEW)


def offer(post: Post, actor: Actor, now: datetime) -> tuple[Action, ...]:
    """Return the actions that the actor may take on a post in its present state."""

    def allows(verb: str) -> bool:
        return may(actor.permissions, verb, post, user_id=actor.user_id)

    status = post.status(now)
    if status == "trashed":
        return (Action.RESTORE,) if allows("trash") else ()
    found = [Action.SAVE] if allows("edit") else []
    if allows("publish"):
        found += _PUBLISHING[status]
    elif allows("edit"):
        found.append(Action.ASK_REVIEW)
    if allows("edit") and post.live is not None and post.working is not None:
        found.append(Action.DISCARD)
    if allows("trash"):
        found.append(Action.TRASH)
    return tuple(found)


_PUBLISHING = {
    "draft": (Action.PUBLISH, Action.SCHEDULE),
    "scheduled": (Action.PUBLISH, Action.SCHEDULE, Action.UNPUBLISH),
    "published": (Action.PUBLISH, Action.UNPUBLISH),
    "expired": (Action.PUBLISH, Action.UNPUBLISH),
}
