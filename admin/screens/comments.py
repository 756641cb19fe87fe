"""Comments: the list of what waits and what was said; one comment has a page of its own."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, true

from admin.acting import actor, may
from admin.addresses import row_url
from admin.crud import Action, Screen
from admin.screens.comment_columns import (
    COLUMNS,
    FILTERS,
    LISTED,
    MODERATE,
    STATES,
    CommentSearch,
    on_own_posts,
    shown,
)
from shared.domain.comments import (
    approve_comment,
    delete_comment,
    hold_comment,
    mark_spam,
    restore_comment,
    trash_comment,
)
from shared.domain.permissions import Permission
from shared.models import Comment
from shared.saying import Saying, say

EVERYTHING = true()


def facts(comment: Comment) -> dict[str, str]:
    """Return what actions change of a comment, in words."""
    return {str(_l("State")): str(STATES[comment.state][1])}


def _act(
    name: str,
    words: tuple[Any, Any, Any],
    verb: Callable[..., None],
    told: Callable[[str], Saying] | None,
    *,
    states: tuple[str, ...],
    danger: bool = False,
) -> Action:
    label, ask, done = words
    return Action(
        name=name,
        label=label,
        ask=ask,
        done=done,
        verb=lambda comment, work: verb(comment, work=work),
        permissions=MODERATE,
        danger=danger,
        offered=lambda comment: comment.state in states,
        told=told,
        facts=facts,
    )


ACTIONS = (
    _act(
        "approve",
        (_l("Approve"), _l("Let everybody see these comments?"), _l("Approved")),
        approve_comment,
        lambda what: say("Approved: %(what)s", what=what),
        states=("pending", "spam"),
    ),
    _act(
        "hold",
        (_l("Take off the page"), _l("Hide these comments until approved?"), _l("Taken off")),
        hold_comment,
        lambda what: say("Taken off the page: %(what)s", what=what),
        states=("approved",),
    ),
    _act(
        "spam",
        (_l("Spam"), _l("Mark these comments as spam?"), _l("Marked as spam")),
        mark_spam,
        lambda what: say("Marked as spam: %(what)s", what=what),
        states=("pending", "approved"),
    ),
    _act(
        "trash",
        (_l("Move to trash"), _l("Move these comments to the trash?"), _l("In the trash")),
        trash_comment,
        lambda what: say("Moved to the trash: %(what)s", what=what),
        states=("pending", "approved", "spam"),
        danger=True,
    ),
    _act(
        "restore",
        (_l("Restore"), _l("Take these comments out of the trash?"), _l("Restored")),
        restore_comment,
        lambda what: say("Restored from the trash: %(what)s", what=what),
        states=("trashed",),
    ),
    _act(
        "delete",
        (
            _l("Delete for good"),
            _l("Delete these comments for good? Only spam and what is in the trash goes."),
            _l("Deleted for good"),
        ),
        delete_comment,
        None,
        states=("spam", "trashed"),
        danger=True,
    ),
)


class CommentScreen(Screen):
    name, title, noun, model = "comments", _l("Comments"), _l("comment"), Comment
    columns, filters, actions = COLUMNS, FILTERS, ACTIONS
    search, order = CommentSearch(), "-waiting_since"
    read = MODERATE

    def query(self) -> Select[Any]:
        return LISTED

    def scope(self) -> ColumnElement[bool]:
        if may(Permission.COMMENTS_MODERATE):
            return EVERYTHING
        return on_own_posts(actor().user_id)

    def label(self, row: Any) -> str:
        return f"#{row.id} {row.name or shown(row)}"

    def url(self, row: Any) -> str:
        return row_url("comment.show", row.id)
