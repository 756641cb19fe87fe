"""Every permission as a sentence that a person reads."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from flask_babel import lazy_gettext as _l

from shared.domain.permissions import Permission

_P = Permission
SENTENCES: Final = {
    _P.AUDIT_READ: _l("See who did what, and check that the log is whole"),
    _P.CATEGORIES_EDIT: _l("Make, change and delete categories"),
    _P.CLIENTS_EDIT: _l("Let programs use the API, and shut them out"),
    _P.COMMENTS_ERASE: _l("Take out and erase what one visitor said, by e-mail address"),
    _P.COMMENTS_MODERATE: _l("Moderate the comments on everybody's posts, see their addresses"),
    _P.CONSOLE_ENTER: _l("Sign in, and keep one's own profile"),
    _P.CONTENT_EXPORT: _l("Take everything out as an archive"),
    _P.MAIL_READ: _l("See which mails were sent or failed, and send them again"),
    _P.MEDIA_EDIT: _l("Change and remove anybody's pictures and files"),
    _P.MEDIA_UPLOAD: _l("Upload pictures and files"),
    _P.MENUS_EDIT: _l("Arrange the menus of the site"),
    _P.PAGES_EDIT: _l("Write and change pages"),
    _P.PAGES_PUBLISH: _l("Publish and unpublish pages"),
    _P.PAGES_READ: _l("See every page, drafts too"),
    _P.PAGES_TRASH: _l("Move pages to the trash and back"),
    _P.POSTS_CREATE: _l("Write own posts"),
    _P.POSTS_EDIT: _l("Change anybody's posts"),
    _P.POSTS_PUBLISH: _l("Publish and unpublish anybody's posts"),
    _P.POSTS_PUBLISH_OWN: _l("Publish and unpublish own posts"),
    _P.POSTS_READ: _l("See everybody's posts, drafts too"),
    _P.POSTS_TRASH: _l("Move anybody's posts to the trash and back"),
    _P.REDIRECTS_EDIT: _l("Say where old addresses lead"),
    _P.SETTINGS_EDIT: _l("Change the settings of the site"),
    _P.TAGS_EDIT: _l("Make, change and delete tags"),
    _P.USERS_EDIT: _l("Invite people, give them roles, shut them out"),
}
TITLES: Final = {
    "audit": _l("Audit log"),
    "categories": _l("Categories"),
    "clients": _l("API clients"),
    "comments": _l("Comments"),
    "console": _l("Console"),
    "content": _l("Everything"),
    "mail": _l("Mail"),
    "media": _l("Media"),
    "menus": _l("Menus"),
    "pages": _l("Pages"),
    "posts": _l("Posts"),
    "redirects": _l("Redirects"),
    "settings": _l("Settings"),
    "tags": _l("Tags"),
    "users": _l("Users"),
}


def groups() -> Iterable[tuple[str, list[tuple[Permission, str]]]]:
    """Return the permissions by what they are about, each with its sentence."""
    found = groupby(Permission, key=lambda permission: permission.partition(":")[0])
    return [
        (str(TITLES.get(about, about)), [(item, str(SENTENCES.get(item, item))) for item in items])
        for about, items in found
    ]
