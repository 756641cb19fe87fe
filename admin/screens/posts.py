"""Posts: the list; the editor has a room of its own."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Bundle, Session

from admin.acting import actor, may
from admin.addresses import row_url
from admin.crud import (
    ChoiceFilter,
    Column,
    DateColumn,
    LinkColumn,
    RelationFilter,
    Screen,
    StatusColumn,
    TextFilter,
)
from admin.crud.filters import same_number
from admin.screens.post_actions import act_on
from shared.domain.permissions import Permission
from shared.models import Category, Post, PostCategory, PostTag, Tag, User, UtcDateTime
from shared.web import now

STATES = {
    "draft": ("", _l("Draft")),
    "scheduled": ("accent", _l("Scheduled")),
    "published": ("good", _l("Published")),
    "changed": ("warn", _l("Published, with changes")),
    "expired": ("", _l("Expired")),
    "trashed": ("bad", _l("In the trash")),
}
MOST_CHOICES = 200
NEVER = datetime(9000, 1, 1, tzinfo=UTC)


# What a list shows of a post, never its text.
LISTED: Select[Any] = select(
    Bundle(
        "post",
        Post.id,
        Post.title,
        Post.slug,
        Post.byline,
        Post.working_id,
        Post.published_at,
        Post.expires_at,
        Post.updated_at,
        Post.trashed_at,
        User.name.label("author_name"),
    )
).outerjoin(User, User.id == Post.author_id)
POSTS, PAGES = Post.kind == "post", Post.kind == "page"
KEPT = Post.trashed_at.is_(None)
AUTHORS = select(User.id, User.name).order_by(User.name).limit(MOST_CHOICES)
CATEGORIES = (
    select(Category.id, Category.name, Category.path).order_by(Category.path).limit(MOST_CHOICES)
)


@lru_cache(maxsize=256)
def own_posts(user_id: int | None) -> ColumnElement[bool]:
    """Return the condition that a post is someone's own."""
    return and_(POSTS, Post.author_id == user_id)


def state_of(row: Any) -> str:
    """Return the status of a post, or `changed` where a working copy waits on a public one."""
    status = Post.status(row, now())
    changed = status == "published" and row.working_id is not None
    return "changed" if changed else status


def in_state(value: str) -> ColumnElement[bool] | None:
    """Return the condition that a post has a status.

    Nearly all posts are published: the list is walked in its own order then, which the index on
    `published_at` would spoil, so that it is kept out by a function.
    """
    return {
        "draft": and_(Post.published_at.is_(None), Post.trashed_at.is_(None)),
        "scheduled": Post.published_at > now(),
        "published": and_(
            func.coalesce(Post.published_at, literal(NEVER, UtcDateTime)) <= now(),
            or_(Post.expires_at.is_(None), Post.expires_at > now()),
        ),
        "trashed": Post.trashed_at.is_not(None),
    }.get(value)


def authors(session: Session) -> list[tuple[str, str]]:
    """Return the people who may have written something."""
    return [(str(number), name) for number, name in session.connection().execute(AUTHORS)]


def categories(session: Session) -> list[tuple[str, str]]:
    """Return the categories, indented as the tree is."""
    rows = session.connection().execute(CATEGORIES)
    return [(str(number), "\u2003" * path.count("/") + name) for number, name, path in rows]


def is_tagged(slug: str) -> ColumnElement[bool]:
    """Return the condition that a joined tag is this one."""
    return PostTag.tag_id == select(Tag.id).where(Tag.slug == slug).scalar_subquery()


COLUMNS = (
    LinkColumn("title", _l("Title"), note="slug", sortable=True),
    StatusColumn("status", _l("Status"), looks=STATES, value=state_of),
    Column("author", _l("Author"), value=lambda row: row.author_name or row.byline),
    DateColumn("published_at", _l("Published"), sortable=True),
    DateColumn("updated_at", _l("Changed"), sortable=True),
)
STATUS = ChoiceFilter(
    name="status",
    title=_l("Status"),
    options=tuple(
        (name, STATES[name][1]) for name in ("draft", "scheduled", "published", "trashed")
    ),
    where=in_state,
    otherwise=lambda: KEPT,
)
AUTHOR = RelationFilter(
    name="author", title=_l("Author"), options=authors, where=same_number(Post.author_id)
)
CATEGORY = RelationFilter(
    name="category",
    title=_l("Category"),
    options=categories,
    where=same_number(PostCategory.category_id),
    via=PostCategory.post_id,
)
TAG = TextFilter(name="tag", title=_l("Tag"), where=is_tagged, via=PostTag.post_id)


class PostScreen(Screen):
    name, title, noun, model = "page", _l("Posts"), _l("post"), Post
    columns, search, order = COLUMNS, ("title",), "-updated_at"
    filters = (STATUS, AUTHOR, CATEGORY, TAG)
    actions = act_on(
        publish=(Permission.POSTS_PUBLISH, Permission.POSTS_PUBLISH_OWN),
        trash=(Permission.POSTS_CREATE, Permission.POSTS_TRASH),
    )
    read = (Permission.POSTS_CREATE, Permission.POSTS_READ)

    def query(self) -> Select[Any]:
        return LISTED

    def scope(self) -> ColumnElement[bool]:
        if may(Permission.POSTS_READ):
            return POSTS
        return own_posts(actor().user_id)

    def url(self, row: Post) -> str:
        return row_url("page.edit", row.id)

    def url_new(self) -> str:
        return url_for("page.new") if may(Permission.POSTS_CREATE) else ""
