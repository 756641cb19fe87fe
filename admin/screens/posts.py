"""Posts: the list; the editor has a room of its own."""

from typing import Any, cast

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
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
from admin.crud.columns import Extra
from admin.crud.related import RelatedColumn
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
from shared.domain.posts import content_of, many
from shared.domain.posts.editors import SILENCE, select_writers
from shared.domain.reviews import is_waiting
from shared.models import Category, Comment, Post, PostCategory, PostTag, Revision, Tag, User
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


class TitleColumn(LinkColumn, RelatedColumn):
    """Titles, with who is writing at a post now."""

    def related(self, *, whole: bool) -> Select[Any]:  # noqa: ARG002 - there are few
        """Select who has the posts open."""
        return cast("Select[Any]", select_writers())

    def values(self) -> dict[str, Any]:
        """Return since when a silent editor counts as closed, and who looks at the list."""
        return {"silent_since": now() - SILENCE, "me": actor().user_id or 0}

    def busy(self, row: Any, extra: Extra) -> str:
        """Return who is writing, in words."""
        if not (names := sorted(extra.get(row.id, ()))):
            return ""
        told = ngettext(
            "%(names)s is editing", "%(names)s are editing", len(names), names=", ".join(names)
        )
        return str(told)


COLUMNS = (
    TitleColumn(
        "title",
        _l("Title"),
        note="slug",
        sortable=True,
        edit=Edit(
            lambda post, text, work: many.set_title(post, text, work=work),
            (Permission.POSTS_CREATE, Permission.POSTS_EDIT, Permission.PAGES_EDIT),
            read=lambda post: content_of(post).title,
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
    CountColumn(
        "comments",
        _l("Comments"),
        key=Comment.post_id,
        link=("comments.index", "post", "id"),
        shown=False,
    ),
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
