"""Columns and filters of the list of comments."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Bundle, Session

from admin.acting import may
from admin.addresses import row_url
from admin.crud import (
    ChoiceFilter,
    Column,
    DateColumn,
    DateFilter,
    Edit,
    HasFilter,
    Hits,
    LinkColumn,
    SearchIndex,
    StatusColumn,
    TextFilter,
)
from admin.crud.columns import Address, Cell, Extra
from admin.crud.conditions import (
    Asked,
    Condition,
    Where,
    either,
    found,
    same_number,
    within_days,
)
from admin.crud.filters import Named, name_by_id
from shared.content.excerpt import excerpt
from shared.domain.comments import edit_comment
from shared.domain.permissions import Permission
from shared.models import Comment, Post

MODERATE = (Permission.COMMENTS_MODERATE, Permission.POSTS_PUBLISH_OWN)
READ = 400  # characters of a text that a list reads
SHOWN = 140  # columns of it that it shows
STATES = {
    "pending": ("warn", _l("Waiting")),
    "approved": ("good", _l("Approved")),
    "spam": ("bad", _l("Spam")),
    "trashed": ("", _l("In the trash")),
}
OPEN = Comment.shelf == "open"
# Of the two open states the list is walked in its order, whatever index there is on states.
IN_STATE = {
    "pending": found(and_(OPEN, Comment.waiting_since.is_not(None)), "waiting_since"),
    "approved": Condition(and_(OPEN, func.coalesce(Comment.state, "") == "approved"), "usual"),
    "spam": found(Comment.shelf == "spam", "waiting_since", "created_at"),
    "trashed": found(Comment.shelf == "trashed", "waiting_since", "created_at"),
    "every": Condition(true(), "usual"),
}
TITLE_OF = name_by_id(Post.title, Post.id)
LISTED: Select[Any] = select(
    Bundle(
        "comment",
        Comment.id,
        Comment.name,
        Comment.email,
        Comment.state,
        Comment.parent_id,
        Comment.user_id,
        Comment.post_id,
        Comment.created_at,
        Comment.updated_at,
        Comment.waiting_since,
        func.substr(Comment.body, 1, READ).label("body"),
        Post.title.label("post_title"),
    )
).join(Post, Post.id == Comment.post_id)


def shown(row: Any) -> str:
    """Return the first words of a comment; of one that was erased, that it was."""
    return excerpt(row.body, limit=SHOWN) if row.body else str(_l("Removed for good"))


def sees_addresses() -> bool:
    """Tell whether the person at hand may see the addresses of those who commented."""
    return may(Permission.COMMENTS_MODERATE)


class PostColumn(Column):
    """The post that a comment is on, which leads to its editor."""

    def __init__(self) -> None:
        super().__init__("post", _l("Post or page"), value=lambda row: row.post_title)

    def cells(self, rows: Sequence[Any], extra: Extra, _: Address, /) -> Iterator[Cell]:
        """Return the titles as links."""
        title = str(self.title)
        for row in rows:
            url = row_url("page.edit", row.post_id)
            yield Cell(self.kind, title, self.value(row, extra), url)


class CommentSearch(SearchIndex):
    """Words of texts and names; whole addresses, and parts of them for who may see them."""

    @property
    def columns(self) -> tuple[str, ...]:  # type: ignore[override]  # it depends on who asks
        """The columns that are looked into."""
        return ("body", "name", "email") if sees_addresses() else ("body", "name")

    def find(self, session: Session, words: str, most: int) -> Hits | None:
        """Find a whole address by its index."""
        if "@" not in words or not sees_addresses():
            return None
        by = Comment.email == words.lower()
        ids = session.scalars(select(Comment.id).where(by).order_by(Comment.id.desc()).limit(most))
        return Hits(ids.all(), lambda: by)


class PostFilter(TextFilter):
    """The number of a post, as links give it."""

    def says(self, value: str) -> str | Named:
        """Return what reads the post's title."""
        return TITLE_OF(value) or value


@lru_cache(maxsize=256)
def on_own_posts(user_id: int | None) -> ColumnElement[bool]:
    """Return the condition that a comment is on a post of someone's own."""
    own = select(Post.id).where(Post.kind == "post", Post.author_id == user_id)
    return Comment.post_id.in_(own)


def in_state(value: str) -> Asked | None:
    """Return the condition that a comment is in a state."""
    condition = IN_STATE.get(value)
    return None if condition is None else Asked(condition)


def has(clause: ColumnElement[bool]) -> Where:
    """Return the condition that a comment has something, or has it not, which no index knows."""
    return either(Condition(clause, "met"), Condition(~clause, "met"))


def has_address(value: str) -> Asked | None:
    """Return the condition that an address was given, for who may see it."""
    return HAS_ADDRESS(value) if sees_addresses() else None


COLUMNS = (
    LinkColumn("body", _l("What it says"), value=shown),
    Column(
        "name",
        _l("By"),
        edit=Edit(lambda row, text, work: edit_comment(row, name=text, work=work), MODERATE),
    ),
    Column(
        "email",
        _l("E-mail"),
        value=lambda row: row.email if sees_addresses() else "",
        shown=False,
    ),
    PostColumn(),
    StatusColumn("state", _l("State"), looks=STATES),
    DateColumn("created_at", _l("Written"), sortable=True),
    DateColumn("waiting_since", _l("Waiting since"), sortable=True, shown=False),
    DateColumn("updated_at", _l("Changed"), shown=False),
    Column("id", _l("Number"), value=lambda row: f"#{row.id}", shown=False),
    Column(
        "parent_id",
        _l("Answers"),
        value=lambda row: f"#{row.parent_id}" if row.parent_id else "",
        shown=False,
    ),
)
FILTERS = (
    ChoiceFilter(
        name="state",
        title=_l("State"),
        options=(
            *((name, words) for name, (_, words) in STATES.items()),
            ("every", _l("Every state")),
        ),
        where=in_state,
        otherwise=OPEN,
    ),
    DateFilter(
        name="written",
        title=_l("Written"),
        where=within_days(Comment.created_at),
        sorts="created_at",
    ),
    PostFilter(
        name="post", title=_l("Number of the post or page"), where=same_number(Comment.post_id)
    ),
    HasFilter(name="has_links", title=_l("Has links"), where=has(Comment.html.contains("<a "))),
    HasFilter(name="has_email", title=_l("Has an e-mail address"), where=has_address),
    HasFilter(
        name="is_reply", title=_l("Answers another"), where=has(Comment.parent_id.is_not(None))
    ),
    HasFilter(
        name="is_ours",
        title=_l("Written in the console"),
        where=has(Comment.user_id.is_not(None)),
    ),
)
HAS_ADDRESS = has(Comment.email != "")
