"""Who may do what: permissions, the role table, and the scopes of API clients."""

from enum import StrEnum
from typing import Final

from shared.models import Post


class Permission(StrEnum):
    """Every permission there is, as `resource:verb`, in alphabetical order."""

    AUDIT_READ = "audit:read"
    CATEGORIES_EDIT = "categories:edit"
    CLIENTS_EDIT = "clients:edit"
    COMMENTS_ERASE = "comments:erase"
    COMMENTS_MODERATE = "comments:moderate"
    CONSOLE_ENTER = "console:enter"
    CONTENT_EXPORT = "content:export"
    MAIL_READ = "mail:read"
    MEDIA_EDIT = "media:edit"
    MEDIA_UPLOAD = "media:upload"
    MENUS_EDIT = "menus:edit"
    PAGES_EDIT = "pages:edit"
    PAGES_PUBLISH = "pages:publish"
    PAGES_READ = "pages:read"
    PAGES_TRASH = "pages:trash"
    POSTS_CREATE = "posts:create"
    POSTS_EDIT = "posts:edit"
    POSTS_PUBLISH = "posts:publish"
    POSTS_PUBLISH_OWN = "posts:publish-own"
    POSTS_READ = "posts:read"
    POSTS_TRASH = "posts:trash"
    REDIRECTS_EDIT = "redirects:edit"
    SETTINGS_EDIT = "settings:edit"
    TAGS_EDIT = "tags:edit"
    USERS_EDIT = "users:edit"


_P = Permission
_CONTRIBUTOR = frozenset({_P.CONSOLE_ENTER, _P.MEDIA_UPLOAD, _P.POSTS_CREATE})
_AUTHOR = _CONTRIBUTOR | {_P.POSTS_PUBLISH_OWN}
_EDITOR = _AUTHOR | {
    _P.CATEGORIES_EDIT,
    _P.COMMENTS_MODERATE,
    _P.CONTENT_EXPORT,
    _P.MEDIA_EDIT,
    _P.MENUS_EDIT,
    _P.PAGES_EDIT,
    _P.PAGES_PUBLISH,
    _P.PAGES_READ,
    _P.PAGES_TRASH,
    _P.POSTS_EDIT,
    _P.POSTS_PUBLISH,
    _P.POSTS_READ,
    _P.POSTS_TRASH,
    _P.REDIRECTS_EDIT,
    _P.TAGS_EDIT,
}

ROLE_PERMISSIONS: Final[dict[str, frozenset[Permission]]] = {
    "owner": frozenset(Permission),
    "editor": _EDITOR,
    "author": _AUTHOR,
    "contributor": _CONTRIBUTOR,
    "reader": frozenset({_P.CONSOLE_ENTER}),
}

# What a scope of the API allows; a client never enters the console.
SCOPE_PERMISSIONS: Final[dict[str, frozenset[Permission]]] = {
    "posts:read": frozenset({_P.POSTS_READ}),
    "posts:write": frozenset({_P.POSTS_CREATE, _P.POSTS_EDIT, _P.POSTS_READ, _P.POSTS_TRASH}),
    "posts:publish": frozenset({_P.POSTS_PUBLISH, _P.POSTS_PUBLISH_OWN, _P.POSTS_READ}),
    "pages:read": frozenset({_P.PAGES_READ}),
    "pages:write": frozenset({_P.PAGES_EDIT, _P.PAGES_READ, _P.PAGES_TRASH}),
    "pages:publish": frozenset({_P.PAGES_PUBLISH, _P.PAGES_READ}),
    "categories:write": frozenset({_P.CATEGORIES_EDIT}),
    "tags:write": frozenset({_P.TAGS_EDIT}),
}

# The permission that a verb on a post needs, by kind; None: only its author may without more.
_ON_POST: Final[dict[tuple[str, str], Permission]] = {
    ("post", "create"): _P.POSTS_CREATE,
    ("post", "read"): _P.POSTS_READ,
    ("post", "edit"): _P.POSTS_EDIT,
    ("post", "publish"): _P.POSTS_PUBLISH,
    ("post", "trash"): _P.POSTS_TRASH,
    ("post", "moderate"): _P.COMMENTS_MODERATE,
    ("page", "create"): _P.PAGES_EDIT,
    ("page", "read"): _P.PAGES_READ,
    ("page", "edit"): _P.PAGES_EDIT,
    ("page", "publish"): _P.PAGES_PUBLISH,
    ("page", "trash"): _P.PAGES_TRASH,
    ("page", "moderate"): _P.COMMENTS_MODERATE,
}


def permission_on(kind: str, verb: str) -> Permission:
    """Return the permission that a verb needs on a kind.

    Verbs are create, read, edit, publish, trash, and moderate what visitors say below it.
    """
    return _ON_POST[kind, verb]


def may(permissions: frozenset[Permission], verb: str, post: Post, *, user_id: int | None) -> bool:
    """Tell whether permissions allow a verb on this post, one's own posts included.

    Authors do as they like with their own posts; contributors edit and trash their own
    while these are drafts.
    """
    if permission_on(post.kind, verb) in permissions:
        return True
    own = post.kind == "post" and user_id is not None and post.author_id == user_id
    if not own or _P.POSTS_CREATE not in permissions:
        return False
    if verb == "read" or _P.POSTS_PUBLISH_OWN in permissions:
        return True
    return verb in {"edit", "trash"} and post.published_at is None
