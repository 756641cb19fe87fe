"""Filters of the lists of posts and pages, in the forms that an index of theirs serves."""

from datetime import UTC, datetime
from functools import lru_cache

from flask_babel import lazy_gettext as _l
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from admin.crud import ChoiceFilter, DateFilter, HasFilter, RelationFilter, TextFilter
from admin.crud.conditions import (
    Asked,
    Condition,
    Where,
    either,
    found,
    has_relation,
    related,
    same,
    same_number,
    within_days,
)
from admin.crud.filters import name_by_id
from shared.models import (
    Category,
    Post,
    PostCategory,
    PostTag,
    Presentation,
    Review,
    Tag,
    User,
    UtcDateTime,
)
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
# One look into the index for each language: to read all posts for it takes 70 ms at 100,000.
_NEXT = select(func.min(Post.language).label("code")).where(Post.language != "").cte(recursive=True)
_AFTER = select(func.min(Post.language)).where(Post.language > _NEXT.c.code).scalar_subquery()
_CODES = _NEXT.union_all(select(_AFTER).where(_NEXT.c.code.is_not(None)))
LANGUAGES = select(_CODES.c.code).where(_CODES.c.code.is_not(None)).limit(50)
TAGGED = select(PostTag.post_id).where(PostTag.post_id == Post.id).exists()
FILED = select(PostCategory.post_id).where(PostCategory.post_id == Post.id).exists()
# Public posts and pages with changes that visitors do not see yet.
CHANGED = and_(Post.working_id.is_not(None), Post.published_at.is_not(None))
OTHER = aliased(Post)
CHANGED_IDS = select(OTHER.id).where(OTHER.working_id.is_not(None), OTHER.published_at.is_not(None))
WAITING = select(Review.post_id).where(Review.state == literal_column("'waiting'"))
AT = bindparam("at", type_=UtcDateTime)
TAG_SLUG: BindParameter[str] = bindparam("tag_slug")
TAGGED_SO = related(
    PostTag.post_id,
    PostTag.tag_id == select(Tag.id).where(Tag.slug == TAG_SLUG).scalar_subquery(),
    Post.id,
)
# Nearly all posts are published: the list is walked in its own order then, which the index on
# `published_at` would spoil, so that it is kept out by a function.
IN_STATE = {
    "draft": found(and_(Post.published_at.is_(None), KEPT), "title", "updated_at", "published_at"),
    "scheduled": Condition(Post.published_at > AT, along=frozenset({"published_at"}), is_rare=True),
    "published": Condition(
        and_(
            func.coalesce(Post.published_at, literal(NEVER, UtcDateTime)) <= AT,
            or_(Post.expires_at.is_(None), Post.expires_at > AT),
        ),
        "usual",
    ),
    "review": Condition(
        and_(KEPT, WAITING.where(Review.post_id == Post.id).exists()),
        ids=WAITING.join(OTHER, OTHER.id == Review.post_id).where(OTHER.trashed_at.is_(None)),
        key=Review.post_id,
    ),
    "trashed": Condition(Post.trashed_at.is_not(None), is_rare=True),
}


@lru_cache(maxsize=256)
def own_posts(user_id: int | None) -> ColumnElement[bool]:
    """Return the condition that a post is someone's own."""
    return and_(POSTS, Post.author_id == user_id)


def in_state(value: str) -> Asked | None:
    """Return the condition that a post has a status."""
    condition = IN_STATE.get(value)
    return None if condition is None else Asked(condition, {AT.key: now()})


def has(clause: ColumnElement[bool]) -> Where:
    """Return the condition that a row has something, or has it not, which no index knows."""
    return either(Condition(clause, "met"), Condition(~clause, "met"))


def presents(column: InstrumentedAttribute[str]) -> Where:
    """Return the condition that a post says something of how it is presented, or does not."""
    says = related(Presentation.post_id, column != literal_column("''"), Post.id)
    return either(says, Condition(~says.clause, "met"))


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


def tagged(slug: str) -> Asked:
    """Return the condition that a post carries a tag."""
    return Asked(TAGGED_SO, {TAG_SLUG.key: slug})


STATUS = ChoiceFilter(
    name="status",
    title=_l("Status"),
    options=tuple(
        (name, STATES[name][1]) for name in ("draft", "review", "scheduled", "published", "trashed")
    ),
    where=in_state,
    otherwise=KEPT,
)
AUTHOR = RelationFilter(
    name="author",
    title=_l("Author"),
    options=authors,
    named=name_by_id(User.name, User.id),
    where=same_number(Post.author_id, "published_at", "updated_at"),
)
CATEGORY = RelationFilter(
    name="category",
    title=_l("Category"),
    options=categories,
    named=name_by_id(Category.name, Category.id),
    where=has_relation(PostCategory.post_id, PostCategory.category_id, Post.id),
)
TAG = TextFilter(name="tag", title=_l("Tag"), where=tagged)
MORE_FILTERS = (
    RelationFilter(
        name="language",
        title=_l("Language"),
        options=languages,
        where=same(Post.language, "updated_at"),
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
        where=has(TAGGED),
    ),
    HasFilter(
        name="has_category",
        title=_l("Has a category"),
        where=has(FILED),
    ),
    HasFilter(
        name="has_summary",
        title=_l("Has a summary"),
        where=has(Post.summary != ""),
    ),
    HasFilter(name="has_cover", title=_l("Has a cover"), where=presents(Presentation.cover)),
    HasFilter(
        name="has_canonical",
        title=_l("Has a canonical address"),
        where=presents(Presentation.canonical),
    ),
    HasFilter(
        name="has_changes",
        title=_l("Has unpublished changes"),
        where=either(
            Condition(CHANGED, ids=CHANGED_IDS, key=OTHER.id), Condition(~CHANGED, "usual")
        ),
    ),
)
