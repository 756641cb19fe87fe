"""The verbs on posts and pages: write, publish, unpublish, trash, restore."""

from shared.domain.posts.autosaving import Kept, Save, autosave, known_version, note_save
from shared.domain.posts.content import Content, content_of, differs, digest_of
from shared.domain.posts.editors import (
    Presence,
    find_editor,
    find_last_writer,
    get_begun,
    list_others,
    list_sequences,
    note_leaving,
    note_presence,
)
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
from shared.domain.posts.setting_aside import set_aside
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
    "Kept",
    "Presence",
    "Save",
    "Until",
    "autosave",
    "complete_link",
    "content_of",
    "create_post",
    "differs",
    "digest_of",
    "discard_changes",
    "find_editor",
    "find_last_writer",
    "find_post",
    "get_begun",
    "get_post",
    "get_revision",
    "give_post",
    "known_version",
    "list_linking",
    "list_named",
    "list_others",
    "list_sequences",
    "may_write",
    "name_revision",
    "note_leaving",
    "note_presence",
    "note_save",
    "publish",
    "readable",
    "restore",
    "restore_field",
    "restore_revision",
    "save_post",
    "schedule",
    "set_aside",
    "set_end",
    "suggest_slug",
    "trash",
    "unpublish",
]
