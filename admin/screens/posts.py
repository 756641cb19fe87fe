"""Posts: the list; the editor has a room of its own."""

from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload, load_only

from admin.acting import actor, may
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
from admin.crud.filters import number_or_none, same_number
from admin.screens.post_actions import publishing
from shared.domain.permissions import Permission
from shared.models import Category, Post, PostCategory, PostTag, Tag, User
from shared.web import now

STATES = {
    "draft": ("", "Draft"),
    "scheduled": ("accent", "Scheduled"),
    "published": ("good", "Published"),
    "changed": ("warn", "Published, with changes"),
    "expired": ("", "Expired"),
    "trashed": ("bad", "In the trash"),
}
MOST_CHOICES = 200


def listed(kind: str) -> Select[Any]:
    """Select what a list shows of posts of a kind, never their text."""
    shown = load_only(
        Post.kind,
        Post.version,
        Post.title,
        Post.slug,
        Post.author_id,
        Post.live_id,
        Post.working_id,
        Post.published_at,
        Post.expires_at,
        Post.updated_at,
        Post.trashed_at,
    )
    author = joinedload(Post.author).load_only(User.name)
    return select(Post).where(Post.kind == kind).options(shown, author)


def state_of(post: Post) -> str:
    """Return the status of a post, or `changed` where a working copy waits on a public one."""
    status = post.status(now())
    changed = status == "published" and post.working_id is not None
    return "changed" if changed else status


def in_state(value: str) -> ColumnElement[bool] | None:
    """Return the condition that a post has a status."""
    return {
        "draft": and_(Post.published_at.is_(None), Post.trashed_at.is_(None)),
        "scheduled": Post.published_at > now(),
        "published": Post.public(now()),
        "trashed": Post.trashed_at.is_not(None),
    }.get(value)


def authors(session: Session) -> list[tuple[str, str]]:
    """Return the people who may have written something."""
    rows = session.execute(select(User.id, User.name).order_by(User.name).limit(MOST_CHOICES))
    return [(str(row.id), row.name) for row in rows]


def categories(session: Session) -> list[tuple[str, str]]:
    """Return the categories, indented as the tree is."""
    rows = session.execute(
        select(Category.id, Category.name, Category.path)
        .order_by(Category.path)
        .limit(MOST_CHOICES)
    )
    return [(str(row.id), "\u2003" * row.path.count("/") + row.name) for row in rows]


def in_category(value: str) -> ColumnElement[bool] | None:
    """Return the condition that a post stands in a category."""
    number = number_or_none(value)
    if number is None:
        return None
    return Post.id.in_(select(PostCategory.post_id).where(PostCategory.category_id == number))


def with_tag(slug: str) -> ColumnElement[bool]:
    """Return the condition that a post carries a tag."""
    tag = select(Tag.id).where(Tag.slug == slug).scalar_subquery()
    return Post.id.in_(select(PostTag.post_id).where(PostTag.tag_id == tag))


COLUMNS = (
    LinkColumn("title", note="slug", sortable=True),
    StatusColumn("status", looks=STATES, value=state_of),
    Column("author", value=lambda post: post.author.name if post.author else post.byline),
    DateColumn("published_at", "Published", sortable=True),
    DateColumn("updated_at", "Changed", sortable=True),
)
STATUS = ChoiceFilter(
    "status",
    "Status",
    tuple((name, STATES[name][1]) for name in ("draft", "scheduled", "published", "trashed")),
    in_state,
    otherwise=lambda: Post.trashed_at.is_(None),
)


class PostScreen(Screen):
    name, title, noun, model = "page", "Posts", "post", Post
    columns, search, order = COLUMNS, ("title", "slug"), "-updated_at"
    filters = (
        STATUS,
        RelationFilter("author", "Author", authors, same_number(Post.author_id)),
        RelationFilter("category", "Category", categories, in_category),
        TextFilter("tag", "Tag", with_tag),
    )
    actions = publishing(Permission.POSTS_CREATE, Permission.POSTS_READ)
    read = (Permission.POSTS_CREATE, Permission.POSTS_READ)

    def query(self) -> Select[Any]:
        found = listed("post")
        if may(Permission.POSTS_READ):
            return found
        return found.where(Post.author_id == actor().user_id)

    def url(self, row: Post) -> str:
        return url_for("page.edit", id=row.id)

    def url_new(self) -> str:
        return url_for("page.new") if may(Permission.POSTS_CREATE) else ""
