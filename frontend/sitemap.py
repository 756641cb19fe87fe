"""The sitemap: one file for a small site, an index of parts for a large one.

A part holds the posts of a range of ids, so that it changes only when one of them does, and
none is found by counting. Part 0 holds the lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from frontend.frame import path
from frontend.topics import list_tags
from shared.models import Category, Post, PostAuthor, Presentation, Revision, User
from shared.models.reads import read

PART = 10_000  # the protocol allows 50,000 addresses a file
CONTENT = ("content",)
LAST = select(func.max(Post.id))
# Not what engines are asked to leave out, nor what is a copy of something elsewhere.
SEARCHED = or_(
    Presentation.post_id.is_(None),
    and_(Presentation.noindex.is_(False), Presentation.canonical == ""),
)
PATHS = select(Category.path).order_by(Category.path)


@dataclass(frozen=True, slots=True)
class Place:
    """One address below the site's root, and when it last changed."""

    path: str
    changed: datetime | None = None


def list_parts(session: Session, *, now: datetime) -> list[int]:
    """Return the numbers of the parts that hold a public post."""
    [(last,)] = read(session, LAST, {}, of=CONTENT)
    if last is None:
        return []
    numbers = range(1, (last - 1) // PART + 2)
    looks = (exists().where(_in_part(number, now)).label(f"p{number}") for number in numbers)
    [found] = read(session, select(*looks), {}, of=CONTENT)
    return [number for number, is_there in zip(numbers, found, strict=True) if is_there]


def list_posts_of(session: Session, number: int, *, now: datetime) -> Iterator[Place]:
    """Yield the public posts and pages of a part."""
    listed = select(Post.kind, Post.slug, Post.published_at, Revision.updated_at)
    joined = listed.outerjoin(Revision, Revision.id == Post.live_id)
    joined = joined.outerjoin(Presentation, Presentation.post_id == Post.id).where(SEARCHED)
    rows = read(session, joined.where(_in_part(number, now)).order_by(Post.id), {}, of=CONTENT)
    for kind, slug, published, revised in rows:
        where = path("posts.show", slug=slug) if kind == "post" else path("pages.show", path=slug)
        yield Place(where, max(filter(None, (published, revised))))


def list_lists(session: Session, *, now: datetime) -> Iterator[Place]:
    """Yield the front page and the lists by tag, category and author."""
    for endpoint in ("posts.index", "tags.index", "archive.index"):
        yield Place(path(endpoint))
    for tag in list_tags(session, now=now):
        yield Place(path("tags.show", slug=tag.key))
    for (key,) in read(session, PATHS, {}, of=("categories",)):
        yield Place(path("categories.show", path=key))
    published = exists().where(Post.author_id == User.id, Post.kind == "post", Post.public(now))
    link = and_(PostAuthor.user_id == User.id, Post.id == PostAuthor.post_id)
    with_others = exists().where(link, Post.kind == "post", Post.public(now))
    authors = select(User.slug).where(or_(published, with_others)).order_by(User.slug)
    for (slug,) in read(session, authors, {}, of=("authors", "posts", "content")):
        yield Place(path("authors.show", slug=slug))


def _in_part(number: int, now: datetime) -> ColumnElement[bool]:
    first = (number - 1) * PART + 1
    return and_(Post.id >= first, Post.id < first + PART, Post.public(now))
