"""Lists of public posts, read by columns rather than objects: two queries for any page of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from shared.models.own_links import fill_in_links
from shared.models.post import Post
from shared.models.reads import read
from shared.models.stamps import span
from shared.models.statements import (
    BY_IDS,
    END,
    LABELS,
    MERGED,
    NEIGHBOURS,
    Shape,
    list_statement,
)
from shared.models.taxonomy import Category, PostTag, Tag


class Label(NamedTuple):
    """A tag (`key` is its slug), a category (its path) or an author (slug) beside a post."""

    name: str
    key: str


class Cover(NamedTuple):
    """The picture of a post: its address, what it shows, and the point that is never cut off.

    The point is told in percent from the left and from the top.
    """

    address: str
    alt: str
    x: int
    y: int


class Details(NamedTuple):
    """What only the page of a post tells of it: to engines, other sites, and in its layout."""

    comments: str = ""
    seo_title: str = ""
    seo_description: str = ""
    social_title: str = ""
    social_description: str = ""
    social_image: str = ""
    canonical: str = ""
    template: str = ""
    noindex: bool = False
    translation_of: int | None = None


class Summary(NamedTuple):
    """What a list shows of a public post; `html` is empty unless the list was asked for it.

    `author` answers for the post, `coauthors` wrote it too; `details` come with the one post that
    was asked for by its slug.

    `updated_at` is when what visitors see was last written; a save that is not published yet
    does not move it.
    """

    id: int
    kind: str
    slug: str
    title: str
    excerpt: str
    language: str
    words: int
    published_at: datetime
    updated_at: datetime
    author: Label | None
    tags: tuple[Label, ...]
    categories: tuple[Label, ...]
    coauthors: tuple[Label, ...] = ()
    cover: Cover | None = None
    html: str = ""
    details: Details = Details()

    @property
    def authors(self) -> tuple[Label, ...]:
        """Everyone who wrote it, in their order."""
        return (self.author, *self.coauthors) if self.author else self.coauthors


NAMES = ("kind", "slug", "tag_id", "author_id", "since", "until")


@dataclass(frozen=True)
class Where:
    """Which public posts: each field narrows the list; `before` and `after` are keyset bounds."""

    kind: str | None = "post"
    slug: str | None = None
    tag_id: int | None = None
    category_ids: Sequence[int] = ()
    author_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: tuple[datetime, int] | None = None

    @property
    def keys(self) -> list[str]:
        """What is stamped when a post comes into the list, leaves it or moves within it."""
        kinds = ("post", "page") if self.kind is None else (self.kind,)
        if self.slug is not None:
            return [f"at:{kind}/{self.slug}" for kind in kinds]
        if self.tag_id is not None:
            return [f"tagged:{self.tag_id}"]
        if self.category_ids:
            return [f"filed:{number}" for number in self.category_ids]
        if self.author_id is not None:
            return [f"by:{self.author_id}"]
        return [f"{kind}s" for kind in kinds]

    @property
    def shape(self) -> Shape:
        """Which of the conditions there are."""
        given = {name: getattr(self, name) is not None for name in NAMES}
        return Shape(**given, before=self.before is not None, categories=len(self.category_ids))

    @property
    def values(self) -> dict[str, Any]:
        """What the conditions compare with."""
        values: dict[str, Any] = {name: getattr(self, name) for name in NAMES}
        if self.before is not None:
            values["before_at"], values["before_id"] = self.before
        if len(self.category_ids) > MERGED:
            values["category_ids"] = list(self.category_ids)
        else:
            values |= {f"category_{n}": number for n, number in enumerate(self.category_ids)}
        return values


def list_public(
    session: Session,
    where: Where = Where(),
    *,
    now: datetime,
    limit: int,
    offset: int = 0,
    html: bool = False,
) -> list[Summary]:
    """Return public posts, newest first."""
    statement = list_statement(where.shape, html=html)
    bounds = {"now": now, "limit": limit, "offset": offset, "reach": limit + offset}
    values = bounds | where.values
    rows = read(session, statement, values, of=lambda rows: [*where.keys, *_keys_of(rows)])
    found = _summaries(session, rows)
    return _with_links(session, found, now) if html else found


def _with_links(session: Session, found: list[Summary], now: datetime) -> list[Summary]:
    texts = fill_in_links(session, [item.html for item in found], now=now)
    return [item._replace(html=text) for item, text in zip(found, texts, strict=True)]


def list_by_ids(session: Session, ids: Sequence[int]) -> list[Summary]:
    """Return posts in the order of their ids, as a search gives them."""
    rows = read(session, BY_IDS, {"ids": list(ids)}, of=_keys_of)
    by_id = {item.id: item for item in _summaries(session, rows)}
    return [by_id[number] for number in ids if number in by_id]


def find_neighbours(
    session: Session, post: Post | Summary, *, now: datetime
) -> tuple[Label | None, Label | None]:
    """Return the public posts just before and just after one, as name and slug."""
    if post.published_at is None:
        return None, None
    values = {"kind": post.kind, "now": now, "before_at": post.published_at, "before_id": post.id}
    rows = read(session, NEIGHBOURS, values, of=_keys_between)
    found = {row.place: Label(row.title, row.slug) for row in rows}
    return found.get(0), found.get(1)


def subtree(session: Session, category: Category) -> list[int]:
    """Return the ids of a category and all below it."""
    below = Category.path.startswith(f"{category.path}/", autoescape=True)
    return list(session.scalars(select(Category.id).where(or_(Category.id == category.id, below))))


def is_carried(now: Any) -> ColumnElement[bool]:
    """Return the condition that a post public at `now`, an instant or bound, carries a tag."""
    return exists().where(
        PostTag.tag_id == Tag.id,
        PostTag.listed_at < END,
        Post.id == PostTag.post_id,
        Post.kind == "post",
        Post.public(now),
    )


def _keys_of(rows: Sequence[Any]) -> set[str]:
    authors = {f"author:{row.author_id}" for row in rows if row.author_id is not None}
    return authors.union([f"post:{row[0]}" for row in rows])


def _keys_between(rows: Sequence[Any]) -> set[str]:
    """Return the keys of both neighbours, and of what might come between them."""
    keys = {f"post:{row.id}" for row in rows}
    if len(rows) < 2:
        return keys | {"posts"}
    older, newer = sorted(row.published_at for row in rows)
    return keys | span(older, newer)


def _summaries(session: Session, rows: Sequence[Any]) -> list[Summary]:
    labels = labels_of(session, [row.id for row in rows])
    return [_summary(row, labels[row[0]]) for row in rows]


def _summary(row: Sequence[Any], labels: "Labels") -> Summary:
    """Take a row by the places of COLUMNS; by name each value would cost ten times as much."""
    number, kind, slug, title, excerpt, language, words, published, revised, *rest = row
    _, byline, author_name, author_slug, cover, alt, x, y, *text = rest
    if author_name is not None:
        author: Label | None = Label(byline or author_name, author_slug)
    else:
        author = Label(byline, "") if byline else None
    return Summary(
        number,
        kind,
        slug,
        title,
        excerpt,
        language,
        words,
        published,
        revised if revised is not None and revised > published else published,
        author,
        tuple(labels.tags),
        tuple(labels.categories),
        tuple(label for label in labels.authors if label.key != author_slug),
        Cover(cover, alt, x, y) if cover else None,
        text[0] if text else "",
        _details(text[1:]),
    )


def _details(columns: Sequence[Any]) -> Details:
    """Take what WHOLE has; a post without a presentation has NULL in all of it but `comments`."""
    if len(columns) < 2 or columns[1] is None:
        return Details(*columns[:1])
    return Details(*columns)


class Labels(NamedTuple):
    """What hangs on one post: each by name, further authors in their order."""

    tags: list[Label]
    categories: list[Label]
    authors: list[Label]


def labels_of(session: Session, ids: Iterable[int]) -> dict[int, Labels]:
    """Return tags, categories and further authors of many posts with one query."""
    found = {number: Labels([], [], []) for number in ids}
    if not found:
        return found
    rows = read(session, LABELS, {"ids": list(found)}, of=_keys_of_labels)
    for post_id, _, name, key, kind, _ in sorted(rows, key=itemgetter(5, 3)):
        found[post_id][_PLACES[kind]].append(Label(name, key))
    return found


_PLACES = {"tag": 0, "category": 1, "author": 2}


def _keys_of_labels(rows: Sequence[Any]) -> set[str]:
    return {f"{kind}:{number}" for _, number, _, _, kind, _ in rows}
