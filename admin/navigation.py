"""The console's navigation: what the person may use, and nothing else."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import Flask, render_template, request
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from admin.account.identity import find_me
from admin.addresses import address
from admin.comments.counting import count_waiting
from admin.languages import language_tag
from shared.domain.permissions import Permission


@dataclass(frozen=True)
class Entry:
    """One line of the navigation: where it leads, and who sees it."""

    title: str
    endpoint: str
    icon: str
    permissions: tuple[Permission, ...]
    also: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The address of the page."""
        return address(self.endpoint)

    def covers(self, part: str) -> bool:
        """Tell whether an endpoint belongs here, or all whose first word is that."""
        name, _dot, _view = part.partition(".")
        return name == self.endpoint.partition(".")[0] or not {name, part}.isdisjoint(self.also)


_P = Permission
GROUPS: Final[tuple[tuple[str, tuple[Entry, ...]], ...]] = (
    (
        "",
        (
            Entry(_l("Dashboard"), "dashboard.index", "home", (_P.CONSOLE_ENTER,)),
            Entry(_l("Views"), "views.index", "chart", (_P.POSTS_READ,)),
            Entry(_l("Recent actions"), "undo.index", "undo", (_P.POSTS_CREATE,)),
        ),
    ),
    (
        _l("Content"),
        (
            Entry(
                _l("Posts"),
                "page.index",
                "post",
                (_P.POSTS_CREATE, _P.POSTS_READ),
                ("revisions", "discussion", "previews", "plan"),
            ),
            Entry(_l("Calendar"), "calendar.index", "calendar", (_P.POSTS_CREATE, _P.POSTS_READ)),
            Entry(_l("Pages"), "pages.index", "page", (_P.PAGES_READ,)),
            Entry(
                _l("Comments"),
                "comments.index",
                "speech",
                (_P.COMMENTS_MODERATE, _P.POSTS_PUBLISH_OWN),
                ("comment", "said"),
            ),
            Entry(_l("Media"), "media.index", "picture", (_P.MEDIA_UPLOAD,)),
            Entry(
                _l("Categories"),
                "categories.index",
                "folder",
                (_P.CATEGORIES_EDIT,),
                ("merging.categories",),
            ),
            Entry(_l("Tags"), "tags.index", "tag", (_P.TAGS_EDIT,), ("merging.tags",)),
            Entry(_l("Trash"), "trash.index", "trash", (_P.POSTS_CREATE,)),
        ),
    ),
    (
        _l("Site"),
        (
            Entry(_l("Menus"), "menus.edit", "menu", (_P.MENUS_EDIT,)),
            Entry(
                _l("Redirects"),
                "redirects.index",
                "redirect",
                (_P.REDIRECTS_EDIT,),
                ("missing", "broken"),
            ),
            Entry(_l("Time travel"), "time.index", "clock", (_P.POSTS_READ,)),
            Entry(_l("Export"), "export.index", "download", (_P.CONTENT_EXPORT,)),
            Entry(_l("Settings"), "site.edit", "settings", (_P.SETTINGS_EDIT,)),
        ),
    ),
    (
        _l("People"),
        (
            Entry(_l("Users"), "users.index", "user", (_P.USERS_EDIT,), ("people",)),
            Entry(_l("API clients"), "clients.index", "key", (_P.CLIENTS_EDIT,)),
            Entry(_l("Mail"), "mail.index", "mail", (_P.MAIL_READ,)),
            Entry(_l("Audit log"), "audit.index", "list", (_P.AUDIT_READ,)),
        ),
    ),
)
ENTRIES: Final = tuple(entry for _, entries in GROUPS for entry in entries)


def register_navigation(app: Flask) -> None:
    """Give the templates `navigation()`."""
    app.add_template_global(navigation)


def navigation() -> Markup:
    """Return the groups with the entries that the person may use, the present one marked."""
    me = find_me()
    mine = me.actor.permissions if me is not None else frozenset()
    part = request.endpoint or ""
    current = next((entry for entry in ENTRIES if entry.covers(part)), None)
    waiting = count_waiting(part.partition(".")[0])
    return _write(request.script_root, language_tag(), mine, current, waiting)


@lru_cache(maxsize=256)
def _write(
    _root: str,
    _language: str,
    mine: frozenset[Permission],
    current: Entry | None,
    waiting: str,
) -> Markup:
    """Write the menu once for each language, role, part of the console and number that waits."""
    seen = (
        (name, [item for item in items if not mine.isdisjoint(item.permissions)])
        for name, items in GROUPS
    )
    groups = [(name, items) for name, items in seen if items]
    # Of a template, which escapes what it is given.
    told = {"groups": groups, "current": current, "waiting": waiting}
    return Markup(render_template("partials/_groups.html", **told))  # noqa: S704 - see above
