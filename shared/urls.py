"""One table of URLs per app: the app registers its rules from it, any other builds links by it.

`url_for` cannot cross a mount, and no app may import another; these tables can be read by all.
Every HTML page ends in a slash; the slashless form redirects.
"""

import re
from functools import cache
from typing import Final
from urllib.parse import urlencode

MOUNTS: Final = {"frontend": "", "admin": "/admin", "api": "/api"}

FRONTEND: Final = {
    "posts.index": "/",
    "posts.show": "/page/<slug>/",
    "pages.show": "/<path:path>/",
    "tags.index": "/list/",
    "tags.show": "/list/<slug>/",
    "tags.feed": "/list/<slug>/feed.xml",
    "categories.show": "/category/<path:path>/",
    "categories.feed": "/category/<path:path>/feed.xml",
    "authors.show": "/author/<slug>/",
    "archive.index": "/archive/",
    "archive.year": "/archive/<int(fixed_digits=4):year>/",
    "search.index": "/search/",
    "comments.show": "/comments/<int:id>/",
    "comments.page": "/comments/<int:id>/page/<int:number>/",
    "comments.find": "/comments/<int:id>/<int:number>/",
    "comments.waiting": "/comments/<int:id>/waiting/",
    "comments.feed": "/comments/<int:id>/feed.xml",
    "feeds.atom": "/feed.xml",
    "feeds.rss": "/rss.xml",
    "feeds.json": "/feed.json",
    "seo.sitemap": "/sitemap.xml",
    "seo.sitemap_part": "/sitemap-<int:number>.xml",
    "seo.robots": "/robots.txt",
    "previews.show": "/preview/<token>/",
    "media.show": "/media/<path:path>",
    "static": "/static/<path:filename>",
}

ADMIN: Final = {
    "dashboard.index": "/",
    "views.index": "/views/",
    "views.post": "/page/edit/<int:id>/views/",
    "account.login": "/login/",
    "account.login_state": "/login/state/",
    "account.logout": "/logout/",
    "account.setup": "/setup/<token>/",
    "account.link": "/password/<token>/",
    "account.second": "/login/second/",
    "account.enrol": "/login/setup/",
    "account.passkey_ask": "/login/passkey/ask/",
    "account.passkey_enter": "/login/passkey/",
    "account.forgotten": "/login/forgotten/",
    "account.invitation": "/invitation/<token>/",
    "account.profile": "/profile/",
    "account.password": "/profile/password/",
    "account.security": "/profile/security/",
    "account.totp": "/profile/security/codes/",
    "account.totp_remove": "/profile/security/codes/remove/",
    "account.recovery": "/profile/security/recovery/",
    "account.passkey_new": "/profile/security/passkeys/new/",
    "account.passkey_add": "/profile/security/passkeys/add/",
    "account.passkey_rename": "/profile/security/passkeys/<int:id>/",
    "account.passkey_remove": "/profile/security/passkeys/<int:id>/remove/",
    "account.download": "/export/own/",  # below what the bulkhead of exports holds
    "account.sessions": "/profile/sessions/",
    "account.revoke_others": "/profile/sessions/revoke/",
    "account.revoke": "/profile/sessions/<int:id>/revoke/",
    "people.roles": "/users/roles/",
    "people.sessions": "/users/<int:id>/sessions/",
    "people.end_session": "/users/<int:id>/sessions/<int:number>/end/",
    "people.end_sessions": "/users/<int:id>/sessions/end/",
    "page.index": "/page/",
    "page.bulk": "/page/bulk/",
    "page.new": "/page/new/",
    "page.edit": "/page/edit/<int:id>/",
    "calendar.index": "/calendar/",
    "drafts.known": "/page/autosave/known/",
    "drafts.autosave": "/page/autosave/",
    "drafts.presence": "/page/edit/<int:id>/presence/",
    "checks.text": "/page/check/",
    "page.preview": "/page/preview/",
    "plan.show": "/page/plan/",
    "page.slug": "/page/slug/",
    "page.publish": "/page/edit/<int:id>/publish/",
    "page.unpublish": "/page/edit/<int:id>/unpublish/",
    "page.trash": "/page/edit/<int:id>/trash/",
    "page.restore": "/page/edit/<int:id>/restore/",
    "page.discard": "/page/edit/<int:id>/discard/",
    "page.view": "/page/edit/<int:id>/view/",
    "previews.index": "/page/edit/<int:id>/previews/",
    "previews.permit": "/page/edit/<int:id>/previews/permit/",
    "previews.revoke": "/page/edit/<int:id>/previews/<int:number>/revoke/",
    "discussion.show": "/page/edit/<int:id>/discussion/",
    "discussion.comment": "/page/edit/<int:id>/discussion/comment/",
    "discussion.resolve": "/page/edit/<int:id>/discussion/<int:number>/resolve/",
    "discussion.reopen": "/page/edit/<int:id>/discussion/<int:number>/reopen/",
    "revisions.index": "/page/edit/<int:id>/revisions/",
    "revisions.compare": "/page/edit/<int:id>/revisions/compare/",
    "revisions.show": "/page/edit/<int:id>/revisions/<int:number>/",
    "revisions.name": "/page/edit/<int:id>/revisions/<int:number>/name/",
    "revisions.prune": "/revisions/prune/",
    "revisions.restore": "/page/edit/<int:id>/revisions/<int:number>/restore/",
    "media.index": "/media/",
    "media.pick": "/media/pick/",
    "media.upload": "/media/upload/",
    "media.bulk": "/media/bulk/",
    "media.show": "/media/<int:id>/",
    "media.card": "/media/<int:id>/card/",
    "media.replace": "/media/<int:id>/replace/",
    "media.crop": "/media/<int:id>/crop/",
    "media.trash": "/media/<int:id>/trash/",
    "media.restore": "/media/<int:id>/restore/",
    "uploads.create": "/media/uploads/",
    "uploads.part": "/media/uploads/<int:id>/",
    "tags.complete": "/tags/complete/",
    "palette.index": "/palette/",
    "links.complete": "/links/complete/",
    "links.check": "/links/check/",
    "comment.show": "/comments/<int:id>/",
    "comment.act": "/comments/<int:id>/act/",
    "comment.edit": "/comments/<int:id>/edit/",
    "comment.reply": "/comments/<int:id>/reply/",
    "comment.delete": "/comments/<int:id>/delete/",
    "said.person": "/comments/person/",
    "said.erase": "/comments/person/erase/",
    "said.download": "/export/comments/person/",  # below what the bulkhead of exports holds
    "trash.index": "/trash/",
    "trash.restore": "/trash/<int:id>/restore/",
    "trash.purge": "/trash/<int:id>/purge/",
    "trash.empty": "/trash/empty/",
    "time.index": "/time/",
    "time.front": "/time/<instant>/",
    "time.show": "/time/<instant>/<path:path>",
    "time.front_page": "/time/page/<instant>/",
    "time.page": "/time/page/<instant>/<path:path>",
    "undo.index": "/undo/",
    "undo.take_back": "/undo/<int:id>/",
    "undo.run": "/undo/parts/<int:id>/",
    "audit.verify": "/audit/verify/",
    "site.edit": "/settings/",
    "site.history": "/settings/history/",
    "site.put_back": "/settings/history/<int:id>/<name>/",
    "site.group": "/settings/<group>/",
    "menus.edit": "/menus/",
    "menus.place": "/menus/<place>/",
    "merging.tags": "/tags/merge/",
    "merging.categories": "/categories/merge/",
    "missing.index": "/redirects/missing/",
    "missing.send_on": "/redirects/missing/send-on/",
    "missing.ignore": "/redirects/missing/ignore/",
    "broken.index": "/redirects/broken/",
    "broken.check": "/redirects/broken/check/",
    "broken.shorten": "/redirects/broken/shorten/<int:id>/",
    "broken.hide": "/redirects/broken/hide/<int:id>/",
    "export.index": "/export/",
    "export.download": "/export/download/",
    "static": "/static/<path:filename>",
}

# The views that each screen of the console has below its own name.
_ARRANGED = ("index", "filter", "columns", "keep", "saved", "export")
_LISTED = (*_ARRANGED, "bulk", "run")
_EDITED = (*_LISTED, "cell", "new", "edit", "delete")
SCREENS: Final = {
    "page": (*_LISTED, "cell"),
    "pages": (*_LISTED, "cell"),
    "categories": _EDITED,
    "tags": _EDITED,
    "users": (*_LISTED, "new", "edit"),
    "clients": (*_LISTED, "edit"),
    "redirects": _EDITED,
    "comments": (*_LISTED, "cell"),
    "mail": _LISTED,
    "audit": (*_ARRANGED, "show"),
}
SCREEN_RULES: Final = {
    "index": "/{screen}/",
    "filter": "/{screen}/filter/",
    "columns": "/{screen}/columns/",
    "keep": "/{screen}/views/new/",
    "saved": "/{screen}/views/<int:id>/",
    "export": "/export/{screen}/",  # below what the bulkhead of exports holds
    "new": "/{screen}/new/",
    "show": "/{screen}/<int:id>/",
    "edit": "/{screen}/edit/<int:id>/",
    "delete": "/{screen}/delete/<int:id>/",
    "bulk": "/{screen}/bulk/",
    "run": "/{screen}/bulk/<int:id>/",
    "cell": "/{screen}/cell/<int:id>/<name>/",
}

API: Final = {
    "docs.index": "/",
    "docs.openapi": "/openapi.json",
    "posts.index": "/v1/posts",
    "posts.show": "/v1/posts/<int:id>",
    "posts.checks": "/v1/posts/<int:id>/checks",
    "posts.publish": "/v1/posts/<int:id>/publish",
    "posts.unpublish": "/v1/posts/<int:id>/unpublish",
    "pages.index": "/v1/pages",
    "pages.show": "/v1/pages/<int:id>",
    "pages.checks": "/v1/pages/<int:id>/checks",
    "pages.publish": "/v1/pages/<int:id>/publish",
    "pages.unpublish": "/v1/pages/<int:id>/unpublish",
    "categories.index": "/v1/categories",
    "categories.show": "/v1/categories/<int:id>",
    "tags.index": "/v1/tags",
    "tags.show": "/v1/tags/<int:id>",
    "users.me": "/v1/users/me",
    "search.index": "/v1/search",
    "client.register": "/v1/client/register",
    "client.token": "/v1/client/token",
    "static": "/static/<path:filename>",
}

ROUTES: Final = {
    "frontend": FRONTEND,
    "admin": ADMIN
    | {
        f"{screen}.{view}": SCREEN_RULES[view].format(screen=screen)
        for screen, views in SCREENS.items()
        for view in views
    },
    "api": API,
}

# First path segments that belong to a mount or to the dispatcher: no page may take them.
RESERVED: Final = frozenset({"admin", "api", "static", "media", "healthz", "readyz"})
# First path segments that the site itself uses: no page may take them either.
SITE_SEGMENTS: Final = frozenset(
    rule.split("/")[1].partition("<")[0]
    for rule in FRONTEND.values()
    if not rule.split("/")[1].startswith("<")
) - {""}


_PART: Final = re.compile(r"<(?:([^:>]+):)?(\w+)>")
# What RFC 3986 wants encoded in one segment, and in a path of several.
_IN_SEGMENT: Final = re.compile(r"[^A-Za-z0-9_.\-~!$&'()*+,;=:@]+")
_IN_PATH: Final = re.compile(r"[^A-Za-z0-9_.\-~!$&'()*+,;=:@/]+")


def path_to(
    app: str, endpoint: str, *, query: dict[str, object] | None = None, **parts: object
) -> str:
    """Return the path of an endpoint of any app below the root of the site, percent-encoded.

    Raises KeyError for an unknown endpoint or a missing part.
    """
    path, pieces = _pieces(app, endpoint)
    for name, unsafe, literal in pieces:
        path += unsafe.sub(_encode, str(parts[name])) + literal
    return f"{path}?{urlencode(query)}" if query else path


@cache
def _pieces(app: str, endpoint: str) -> tuple[str, tuple[tuple[str, re.Pattern[str], str], ...]]:
    """Return how a path begins, then each part's name, what is encoded in it, what follows it."""
    start, *rest = _PART.split(ROUTES[app][endpoint])
    parts = zip(rest[0::3], rest[1::3], rest[2::3], strict=True)
    return MOUNTS[app] + start, tuple(
        (name, _IN_PATH if converter == "path" else _IN_SEGMENT, literal)
        for converter, name, literal in parts
    )


def _encode(match: re.Match[str]) -> str:
    """Encode a run of characters at once: `quote` goes byte by byte, ten times as long."""
    return "%" + match[0].encode().hex("%").upper()
