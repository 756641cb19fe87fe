"""What visitors say below posts: taking it in, and what those who moderate do with it."""

from shared.domain.comments.moderating import (
    approve_comment,
    edit_comment,
    get_comment,
    hold_comment,
    mark_spam,
    reply_to,
    restore_comment,
    trash_comment,
)
from shared.domain.comments.receiving import receive, takes_comments
from shared.domain.comments.removing import delete_comment
from shared.domain.comments.words import MOST_OF_A_BODY, MOST_OF_A_NAME, Said

__all__ = [
    "MOST_OF_A_BODY",
    "MOST_OF_A_NAME",
    "Said",
    "approve_comment",
    "delete_comment",
    "edit_comment",
    "get_comment",
    "hold_comment",
    "mark_spam",
    "receive",
    "reply_to",
    "restore_comment",
    "takes_comments",
    "trash_comment",
]
