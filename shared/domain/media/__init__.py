"""Verbs on media: upload, save, replace, crop, trash, restore, delete; and where files are used."""

from shared.domain.media.access import may_change
from shared.domain.media.forming import owe_forms, signature_of
from shared.domain.media.holding import hold_place
from shared.domain.media.limits import DEFAULT, Limits, limits_of
from shared.domain.media.reading import (
    find_by_paths,
    find_same,
    get_media,
    list_folders,
    list_uses,
)
from shared.domain.media.saving import (
    About,
    describe,
    owe_removal,
    put_in_place,
    replace_media,
    save_media,
    tidy_folder,
)
from shared.domain.media.taking import take
from shared.domain.media.trash import delete_media, restore_media, trash_media
from shared.domain.media.uploading import (
    Uploaded,
    adopt,
    bring_back,
    bring_in,
    bring_part_in,
    cut,
    register,
    take_part,
    upload,
)
from shared.domain.media.uses import keep_uses

__all__ = [
    "DEFAULT",
    "About",
    "Limits",
    "Uploaded",
    "adopt",
    "bring_back",
    "bring_in",
    "bring_part_in",
    "cut",
    "delete_media",
    "describe",
    "find_by_paths",
    "find_same",
    "get_media",
    "hold_place",
    "keep_uses",
    "limits_of",
    "list_folders",
    "list_uses",
    "may_change",
    "owe_forms",
    "owe_removal",
    "put_in_place",
    "register",
    "replace_media",
    "restore_media",
    "save_media",
    "signature_of",
    "take",
    "take_part",
    "tidy_folder",
    "trash_media",
    "upload",
]
