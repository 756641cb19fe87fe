"""Posts: the list; the editor has a room of its own."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Bundle

from admin.acting import actor, may
from admin.addresses import row_url
from admin.crud import (
    Column,
    CountColumn,
    DateColumn,
    Edit,
    LabelsColumn,
    LinkColumn,
    Screen,
    StatusColumn,
)
from admin.screens.post_actions import act_on
from admin.screens.post_filters import (
    AUTHOR,
    CATEGORY,
    MORE_FILTERS,
    POSTS,
    STATES,
    STATUS,
    TAG,
    own_posts,
)
from admin.screens.post_search import PostSearch
from shared.domain.permissions import Permission
from shared.domain.posts import many
from shared.domain.reviews import is_waiting
from shared.models import Category, Post, PostCategory, PostTag, Revision, Tag, User
from shared.web import now

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
        Post.words,
        Post.language,
        Post.created_at,
        Post.first_published_at,
        User.name.label("author_name"),
        is_waiting().label("is_waiting"),
    )
).outerjoin(User, User.id == Post.author_id)


def state_of(row: Any) -> str:
    """Return the status of a post, or `changed` where a working copy waits on a public one.

    A draft that somebody is asked to review says so.
    """
    status = Post.status(row, now())
    if status == "draft" and row.is_waiting:
        return "review"
    changed = status == "published" and row.working_id is not None
    return "changed" if changed else status


COLUMNS = (
    LinkColumn(
        "title",
        _l("Title"),
        note="slug",
        sortable=True,
        edit=Edit(
            lambda post, text, work: many.set_title(post, text, work=work),
            (Permission.POSTS_CREATE, Permission.POSTS_EDIT, Permission.PAGES_EDIT),
        ),
    ),
    StatusColumn("status", _l("Status"), looks=STATES, value=state_of),
    Column("author", _l("Author"), value=lambda row: row.author_name or row.byline),
    DateColumn("published_at", _l("Published"), sortable=True),
    DateColumn("updated_at", _l("Changed"), sortable=True),
    Column("slug", _l("Address"), shown=False),
    LabelsColumn(
        "tags",
        _l("Tags"),
        key=PostTag.post_id,
        label=Tag.name,
        joined=lambda: Tag.id == PostTag.tag_id,
        shown=False,
    ),
    LabelsColumn(
        "categories",
        _l("Categories"),
        key=PostCategory.post_id,
        label=Category.name,
        joined=lambda: Category.id == PostCategory.category_id,
        shown=False,
    ),
    Column("language", _l("Language"), shown=False),
    Column("words", _l("Words"), shown=False),
    DateColumn("created_at", _l("Begun"), shown=False),
    DateColumn("first_published_at", _l("First published"), shown=False),
    CountColumn("revisions", _l("Revisions"), key=Revision.post_id, shown=False),
)


class PostScreen(Screen):
    name, title, noun, model = "page", _l("Posts"), _l("post"), Post
    columns, search, order = COLUMNS, PostSearch("post", "title"), "-updated_at"
    filters = (STATUS, AUTHOR, CATEGORY, TAG, *MORE_FILTERS)
    actions = act_on(
        publish=(Permission.POSTS_PUBLISH, Permission.POSTS_PUBLISH_OWN),
        trash=(Permission.POSTS_CREATE, Permission.POSTS_TRASH),
        edit=(Permission.POSTS_CREATE, Permission.POSTS_EDIT),
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
