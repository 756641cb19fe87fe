"""Filters of the lists of posts and pages, in the forms that an index of theirs serves."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from admin.crud import ChoiceFilter, DateFilter, HasFilter, RelationFilter, TextFilter
from admin.crud.filters import either, number_or_none, same, same_number, within_days
from shared.domain.reviews import select_waiting
from shared.models import Category, Post, PostCategory, PostTag, Tag, User, UtcDateTime
from shared.web import now

MOST_CHOICES = 200
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
STATES = {
    "draft": ("", _l("Draft")),
    "scheduled": ("accent", _l("Scheduled")),
    "published": ("good", _l("Published")),
    "changed": ("warn", _l("Published, with changes")),
    "expired": ("", _l("Expired")),
    "trashed": ("bad", _l("In the trash")),
    "review": ("accent", _l("Waiting for review")),
}
POSTS, PAGES = Post.kind == "post", Post.kind == "page"
KEPT = Post.trashed_at.is_(None)
AUTHORS = select(User.id, User.name).order_by(User.name).limit(MOST_CHOICES)
CATEGORIES = (
    select(Category.id, Category.name, Category.path).order_by(Category.path).limit(MOST_CHOICES)
)
LANGUAGES = (
    select(Post.language).where(Post.language != "").distinct().order_by(Post.language).limit(50)
)
TAGGED = select(PostTag.post_id).where(PostTag.post_id == Post.id).exists()
FILED = select(PostCategory.post_id).where(PostCategory.post_id == Post.id).exists()


@lru_cache(maxsize=256)
def own_posts(user_id: int | None) -> ColumnElement[bool]:
    """Return the condition that a post is someone's own."""
    return and_(POSTS, Post.author_id == user_id)


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
        "review": Post.id.in_(select_waiting()),
        "trashed": Post.trashed_at.is_not(None),
    }.get(value)


def authors(session: Session) -> list[tuple[str, str]]:
    """Return the people who may have written something."""
    return [(str(number), name) for number, name in session.connection().execute(AUTHORS)]


def categories(session: Session) -> list[tuple[str, str]]:
    """Return the categories, indented as the tree is."""
    rows = session.connection().execute(CATEGORIES)
    return [(str(number), "\u2003" * path.count("/") + name) for number, name, path in rows]


def languages(session: Session) -> list[tuple[str, str]]:
    """Return the languages that posts are in."""
    return [(code, code) for code in session.scalars(LANGUAGES)]


def name_of(model: type[User | Category]) -> Any:
    """Return what selects the name of one row by its id, None for what is no id."""

    def named(value: str) -> Select[Any] | None:
        number = number_or_none(value)
        return None if number is None else select(model.name).where(model.id == number)

    return named


def is_tagged(slug: str) -> ColumnElement[bool]:
    """Return the condition that a joined tag is this one."""
    return PostTag.tag_id == select(Tag.id).where(Tag.slug == slug).scalar_subquery()


def changed() -> Select[int]:
    """Select the public posts and pages with changes that visitors do not see yet."""
    return select(Post.id).where(Post.working_id.is_not(None), Post.published_at.is_not(None))


STATUS = ChoiceFilter(
    name="status",
    title=_l("Status"),
    options=tuple(
        (name, STATES[name][1]) for name in ("draft", "review", "scheduled", "published", "trashed")
    ),
    where=in_state,
    otherwise=lambda: KEPT,
)
AUTHOR = RelationFilter(
    name="author",
    title=_l("Author"),
    options=authors,
    named=name_of(User),
    where=same_number(Post.author_id),
)
CATEGORY = RelationFilter(
    name="category",
    title=_l("Category"),
    options=categories,
    named=name_of(Category),
    where=same_number(PostCategory.category_id),
    via=PostCategory.post_id,
)
TAG = TextFilter(name="tag", title=_l("Tag"), where=is_tagged, via=PostTag.post_id)
MORE_FILTERS = (
    RelationFilter(
        name="language", title=_l("Language"), options=languages, where=same(Post.language)
    ),
    DateFilter(
        name="published",
        title=_l("Published"),
        where=within_days(Post.published_at),
        sorts="published_at",
    ),
    DateFilter(
        name="changed",
        title=_l("Changed"),
        where=within_days(Post.updated_at),
        sorts="updated_at",
    ),
    HasFilter(
        name="has_tags",
        title=_l("Has tags"),
        where=either(lambda: TAGGED, lambda: ~TAGGED),
        is_scanned=True,
    ),
    HasFilter(
        name="has_category",
        title=_l("Has a category"),
        where=either(lambda: FILED, lambda: ~FILED),
        is_scanned=True,
    ),
    HasFilter(
        name="has_summary",
        title=_l("Has a summary"),
        where=either(lambda: Post.summary != "", lambda: Post.summary == ""),
        is_scanned=True,
    ),
    HasFilter(
        name="has_changes",
        title=_l("Has unpublished changes"),
        where=either(lambda: Post.id.in_(changed()), lambda: Post.id.not_in(changed())),
    ),
)
