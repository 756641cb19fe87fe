"""What touches what: which keys of stored pages a change of each table and column stamps.

A key names something that pages show; a page that showed it is made anew once the key is stamped.
The triggers (`shared.migrations.stamping`) and `shared.models.stamps.keys_passed` are both made
from this. To add a column, write beside it the keys that its change stamps, or `Silent` with the
reason; then call `stamping.install` in the migration. A row that comes or goes stamps every key
of its table. Keys are stamped for the row as it was and as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """A key with a row's columns in it; none where such a column is NULL.

    `kind` limits it to posts or pages; `through` names a table that hangs on posts, such as that
    of their tags, whose rows each give one.
    """

    text: str
    kind: str | None = None
    through: str | None = None


@dataclass(frozen=True)
class Silent:
    """Stamps nothing, and why."""

    why: str


@dataclass(frozen=True)
class Table:
    """The decisions on one table; `counts` is the SQL that tells whether visitors get to a row."""

    columns: Mapping[str, tuple[Key, ...] | Silent]
    counts: str = ""

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every key that the table stamps."""
        spoken = (keys for keys in self.columns.values() if not isinstance(keys, Silent))
        return tuple(dict.fromkeys(key for keys in spoken for key in keys))


# A post or page itself, its place among those in the menu, and the address that it answers at.
CONTENT = Key("content")
SHOWN = (Key("post:{id}"), CONTENT)
MENU = (Key("pages", kind="page"),)
ADDRESS = (Key("at:{kind}/{slug}"),)
AUTHOR = (Key("by:{author_id}"),)
# Everything that a post stamps as it enters or leaves the lists of public posts, or moves there.
MEMBERSHIP = (
    *SHOWN,
    *ADDRESS,
    *AUTHOR,
    Key("{kind}s"),
    Key("day:{published_at:%Y-%m-%d}", kind="post"),
    Key("month:{published_at:%Y-%m}", kind="post"),
    Key("year:{published_at:%Y}", kind="post"),
    Key("tagged:{tag_id}", through="post_tag"),
    Key("tags", through="post_tag"),  # the list of tags has those that a public post carries
    Key("filed:{category_id}", through="post_category"),
    Key("by:{user_id}", through="post_author"),
    Key("translations:{translation_of}", through="presentation"),
    Key("search"),
)
# A post's tags and categories stand on its page and in lists, and are lists themselves.
LABELLED = (Key("post:{post_id}"), CONTENT)
TAGGED = (Key("tagged:{tag_id}"), Key("tags"))
FILED = (Key("filed:{category_id}"),)
# Further authors likewise; translations name each other.
AUTHORED = (Key("by:{user_id}"),)
TRANSLATED = (Key("translations:{translation_of}"),)

PUBLISHED = "SELECT 1 FROM post WHERE post.published_at IS NOT NULL AND post.id = {row}.post_id"
LISTED = f"{{row}}.listed_at IS NOT NULL OR EXISTS ({PUBLISHED})"

TAG = (Key("tag:{id}"), Key("tags"))
CATEGORY = (Key("category:{id}"), Key("categories"))
PERSON = (Key("author:{id}"), Key("authors"))
REDIRECTS = (Key("redirects"),)
SITE = (Key("site"),)
# Below one post; what waits, is spam or in the trash stamps nothing.
REMARKS = (Key("comments:{post_id}"),)
SEARCH = (Key("search"),)
# By its address, which texts name: a page also hangs on what it did not find there.
PICTURE = (Key("media:{path}"),)

LOCK = Silent("guards against lost updates; nobody is shown it")
CLOCK = Silent("the console's own record; visitors see the live revision's date")
CONSOLE = Silent("for the console alone")

TOUCHES: dict[str, Table] = {
    "post": Table(
        # Scheduled and expired ones count too: simple, and never too little.
        counts="{row}.published_at IS NOT NULL",
        columns={
            "id": MEMBERSHIP,
            "kind": MEMBERSHIP,
            "published_at": MEMBERSHIP,
            "expires_at": MEMBERSHIP,
            "slug": (*SHOWN, *ADDRESS, *MENU),
            "title": (*SHOWN, *MENU),
            "author_id": (*SHOWN, *AUTHOR),
            "byline": SHOWN,
            "summary": SHOWN,
            "excerpt": SHOWN,
            "html": SHOWN,
            "words": SHOWN,
            "language": SHOWN,
            "live_id": SHOWN,  # the live revision's date is shown
            "body": Silent("visitors see html, which is made of it"),
            "renderer": Silent("visitors see html, which it made"),
            "meta": Silent("kept front matter that nothing shows"),
            "comments": SHOWN,
            "working_id": Silent("changes that are not published yet"),
            "version": LOCK,
            "created_at": CLOCK,
            "updated_at": CLOCK,
            "first_published_at": Silent("decides on redirects when a slug changes"),
            "trashed_at": Silent("what is in the trash is not published"),
        },
    ),
    "post_tag": Table(
        counts=LISTED,
        columns={
            "post_id": (*LABELLED, *TAGGED),
            "tag_id": (*LABELLED, *TAGGED),
            "listed_at": TAGGED,
        },
    ),
    "post_category": Table(
        counts=LISTED,
        columns={
            "post_id": (*LABELLED, *FILED),
            "category_id": (*LABELLED, *FILED),
            "listed_at": FILED,
        },
    ),
    "post_author": Table(
        counts=LISTED,
        columns={
            "post_id": (*LABELLED, *AUTHORED),
            "user_id": (*LABELLED, *AUTHORED),
            "place": LABELLED,
            "listed_at": AUTHORED,
        },
    ),
    "presentation": Table(
        counts=f"EXISTS ({PUBLISHED})",
        columns={
            "post_id": (*LABELLED, *TRANSLATED),
            "translation_of": (*LABELLED, *TRANSLATED),
            "cover": LABELLED,
            "cover_alt": LABELLED,
            "cover_x": LABELLED,
            "cover_y": LABELLED,
            "seo_title": LABELLED,
            "seo_description": LABELLED,
            "social_title": LABELLED,
            "social_description": LABELLED,
            "social_image": LABELLED,
            "canonical": LABELLED,
            "template": LABELLED,
            "noindex": LABELLED,
        },
    ),
    "revision": Table(
        # The live one, which is always a revision of the post itself.
        counts=f"EXISTS ({PUBLISHED} AND post.live_id = {{row}}.id)",
        columns={
            "id": LABELLED,
            "post_id": LABELLED,
            "updated_at": LABELLED,
            "number": CONSOLE,
            "origin": CONSOLE,
            "content": Silent("visitors see the columns of the post"),
            "title": Silent("visitors see the columns of the post"),
            "note": CONSOLE,
            "name": CONSOLE,
            "size": CONSOLE,
            "author_id": CONSOLE,
            "author_name": CONSOLE,
            "created_at": CLOCK,
        },
    ),
    "tag": Table(
        columns={
            "id": TAG,
            "name": TAG,
            "slug": TAG,
            "description": TAG,
            "version": LOCK,
            "created_at": CLOCK,
            "updated_at": CLOCK,
        },
    ),
    "category": Table(
        columns={
            "id": CATEGORY,
            "parent_id": CATEGORY,
            "name": CATEGORY,
            "slug": CATEGORY,
            "path": CATEGORY,
            "description": CATEGORY,
            "version": LOCK,
            "created_at": CLOCK,
            "updated_at": CLOCK,
        },
    ),
    "user": Table(
        columns={
            "id": PERSON,
            "name": PERSON,
            "slug": PERSON,
            "bio": PERSON,
            "version": LOCK,
            "email": CONSOLE,
            "role": CONSOLE,
            "language": CONSOLE,
            "password_hash": CONSOLE,
            "epoch": CONSOLE,
            "created_at": CLOCK,
            "updated_at": CLOCK,
            "last_login_at": CONSOLE,
            "disabled_at": Silent("who may no longer sign in remains the author"),
        },
    ),
    "redirect": Table(
        columns={
            "id": REDIRECTS,
            "path": REDIRECTS,
            "target": REDIRECTS,
            "post_id": REDIRECTS,
            "status": REDIRECTS,
            "origin": CONSOLE,
            "version": LOCK,
            "created_at": CLOCK,
            "updated_at": CLOCK,
        },
    ),
    "setting": Table(columns={"key": SITE, "value": SITE, "updated_at": CLOCK}),
    "media": Table(
        columns={
            "id": PICTURE,
            "path": PICTURE,
            "file": PICTURE,
            "kind": PICTURE,
            "width": PICTURE,
            "height": PICTURE,
            "forms": PICTURE,
            "focus_x": PICTURE,
            "focus_y": PICTURE,
            "trashed_at": PICTURE,
            "version": LOCK,
            "name": CONSOLE,
            "ending": Silent("a part of path and file"),
            "bytes": CONSOLE,
            "sha256": CONSOLE,
            "source_sha256": CONSOLE,
            "animated": Silent("decides on forms"),
            "alt": Silent("texts say themselves what their pictures show"),
            "decorative": Silent("texts say themselves what their pictures show"),
            "caption": CONSOLE,
            "credit": CONSOLE,
            "folder": CONSOLE,
            "uploader_id": CONSOLE,
            "created_at": CLOCK,
            "updated_at": CLOCK,
        },
    ),
    "comment": Table(
        counts="{row}.state = 'approved'",
        columns={
            "id": REMARKS,
            "post_id": REMARKS,
            "parent_id": REMARKS,
            "name": REMARKS,
            "html": REMARKS,
            "state": REMARKS,
            "user_id": REMARKS,
            "created_at": REMARKS,
            "body": Silent("visitors see html, which is made of it"),
            "waiting_since": CONSOLE,
            "shelf": CONSOLE,
            "email": Silent("private"),
            "origin": Silent("for limits alone"),
            "version": LOCK,
            "updated_at": CLOCK,
        },
    ),
    "search_entry": Table(columns={"post_id": SEARCH, "title": SEARCH, "body": SEARCH}),
}

SILENT_TABLES = {
    "preview_link": Silent("links to working copies, which no kept page shows"),
    "post_link": Silent("for the console; pages hang on the posts that they link to"),
    "tag_alias": Silent("read when a post is saved; visitors meet the redirect"),
    "category_alias": Silent("read when a post is saved; visitors meet the redirect"),
    "login_session": Silent("who is signed in"),
    "one_time_link": Silent("links that work once, sent to one person"),
    "totp_secret": Silent("secrets of one-time codes"),
    "recovery_code": Silent("codes that stand in for a lost phone"),
    "passkey": Silent("the public halves of passkeys"),
    "passkey_challenge": Silent("questions that passkeys answer"),
    "throttle": Silent("the state of rate limits"),
    "media_use": Silent("where a file is used; for the console alone"),
    "api_client": Silent("programs that use the API"),
    "api_token": Silent("what those programs sign in with"),
    "open_editor": Silent("who has what open in the console"),
    "bulk_run": Silent("work on many rows, which stamps by the rows themselves"),
    "saved_view": Silent("lists of the console"),
    "user_preference": Silent("what a person of the console chose"),
    "audit_event": Silent("the log of who did what"),
    "audit_check": Silent("whether that log is whole; a report for the console"),
    "job": Silent("work that is owed; its outcome stamps by its own tables"),
    "mail": Silent("mails that are owed or were sent"),
    "page_view": Silent("counts for the console"),
    "day_view": Silent("counts for the console"),
    "link_check": Silent("a report for the console"),
    "broken_link": Silent("a report for the console"),
    "missing_path": Silent("counts for the console"),
    "publication": Silent("the record of what was public when"),
    "trashed": Silent("what visitors no longer see"),
    "review": Silent("what people of the console ask each other"),
    "draft_comment": Silent("what people of the console say about drafts"),
    "undo": Silent("what was done, and how it is taken back"),
    "page_version": Silent("the stamps' own number"),
    "page_stamp": Silent("the stamps themselves"),
}
