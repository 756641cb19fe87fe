"""The console's navigation: what the person may use, and nothing else."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import Flask, request, url_for

from admin.account.identity import find_me
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
        return _address(request.script_root, self.endpoint)

    @property
    def current(self) -> bool:
        """Whether the request at hand is for this part of the console."""
        blueprint = (request.endpoint or "").partition(".")[0]
        return blueprint == self.endpoint.partition(".")[0] or blueprint in self.also


_P = Permission
GROUPS: Final[tuple[tuple[str, tuple[Entry, ...]], ...]] = (
    ("", (Entry("Dashboard", "dashboard.index", "home", (_P.CONSOLE_ENTER,)),)),
    (
        "Content",
        (
            Entry("Posts", "page.index", "post", (_P.POSTS_CREATE, _P.POSTS_READ), ("revisions",)),
            Entry("Pages", "pages.index", "page", (_P.PAGES_READ,)),
            Entry("Categories", "categories.index", "folder", (_P.CATEGORIES_EDIT,)),
            Entry("Tags", "tags.index", "tag", (_P.TAGS_EDIT,)),
        ),
    ),
    (
        "Site",
        (
            Entry("Redirects", "redirects.index", "redirect", (_P.REDIRECTS_EDIT,)),
            Entry("Export", "export.index", "download", (_P.CONTENT_EXPORT,)),
            Entry("Settings", "site.edit", "settings", (_P.SETTINGS_EDIT,)),
        ),
    ),
    (
        "People",
        (
            Entry("Users", "users.index", "user", (_P.USERS_EDIT,)),
            Entry("API clients", "clients.index", "key", (_P.CLIENTS_EDIT,)),
            Entry("Audit log", "audit.index", "list", (_P.AUDIT_READ,)),
        ),
    ),
)


def register_navigation(app: Flask) -> None:
    """Give the templates `navigation()`."""
    app.add_template_global(navigation)


@lru_cache(maxsize=256)
def _address(_root: str, endpoint: str) -> str:
    """Build an address once for each root that the console is reached below."""
    return url_for(endpoint)


def navigation() -> list[tuple[str, list[Entry]]]:
    """Return the groups with the entries that the person may use."""
    me = find_me()
    mine = me.actor.permissions if me is not None else frozenset()
    seen = (
        (name, [item for item in items if not mine.isdisjoint(item.permissions)])
        for name, items in GROUPS
    )
    return [(name, items) for name, items in seen if items]
