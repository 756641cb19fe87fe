"""The verbs on posts and pages: write, publish, unpublish, trash, restore."""

from shared.domain.posts.content import Content, content_of
from shared.domain.posts.giving import give_post, may_write
from shared.domain.posts.linking import complete_link, list_linking, list_named, readable
from shared.domain.posts.publishing import (
    YEARS,
    Until,
    publish,
    schedule,
    set_end,
    unpublish,
)
from shared.domain.posts.reading import find_post, get_post, get_revision
from shared.domain.posts.trash import restore, trash
from shared.domain.posts.writing import (
    create_post,
    discard_changes,
    name_revision,
    restore_field,
    restore_revision,
    save_post,
    suggest_slug,
)

__all__ = [
    "YEARS",
    "Content",
    "Until",
    "complete_link",
    "content_of",
    "create_post",
    "discard_changes",
    "find_post",
    "get_post",
    "get_revision",
    "give_post",
    "list_linking",
    "list_named",
    "may_write",
    "name_revision",
    "publish",
    "readable",
    "restore",
    "restore_field",
    "restore_revision",
    "save_post",
    "schedule",
    "set_end",
    "suggest_slug",
    "trash",
    "unpublish",
]
