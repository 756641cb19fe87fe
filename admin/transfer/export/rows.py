"""Posts as they go out, read a few at a time: never are all of them in memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from admin.transfer.export.own_links import find_addresses, lead_ordinarily
from admin.transfer.export.scope import Scope
from shared.domain.posts import Content
from shared.domain.posts.details import PRESENTED, find_people
from shared.models import (
    Category,
    Post,
    PostAuthor,
    PostCategory,
    PostTag,
    Presentation,
    Redirect,
    Revision,
    Tag,
    User,
)
from shared.models.own_links import address_of

BATCH: Final = 20  # texts may have two megabytes each

_LIVE: Final = aliased(Revision)
_POSTS: Final = (
    select(
        *(Post.id, Post.kind, Post.title, Post.slug, Post.summary, Post.body, Post.language),
        *(Post.byline, Post.meta, Post.published_at, Post.expires_at, Post.live_id),
        *(Post.working_id, Post.updated_at, Post.comments, User.name.label("author")),
        *(getattr(Presentation, name) for name in PRESENTED),
        _LIVE.updated_at.label("written_at"),
    )
    .outerjoin(User, User.id == Post.author_id)
    .outerjoin(_LIVE, _LIVE.id == Post.live_id)
    .outerjoin(Presentation, Presentation.post_id == Post.id)
    .order_by(Post.id)
    .limit(BATCH)
)


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a post: what visitors see, a draft, or a `working` copy on top."""

    kind: str
    content: Content
    author: str
    updated_at: datetime
    published_at: datetime | None
    expires_at: datetime | None
    categories: Sequence[str]
    redirects: Sequence[str] = ()
    coauthors: Sequence[str] = ()
    translation_of: str = ""
    working: bool = False

    @property
    def post(self) -> Post:
        """The post as far as its address and its status go; it is in no session."""
        return Post(
            kind=self.kind,
            slug=self.content.slug,
            published_at=self.published_at,
            expires_at=self.expires_at,
        )


def read_versions(session: Session, scope: Scope, now: datetime) -> Iterator[Version]:
    """Yield each post in the order of the ids, and its working copy after it."""
    paths = {row.id: row.path for row in session.execute(select(Category.id, Category.path))}
    query, last = _POSTS.where(scope.posts(now)), 0
    while rows := session.execute(query.where(Post.id > last)).all():
        for version in _versions(session, rows, paths, scope, now):
            addresses = find_addresses(session, version.content.body, scope, now)
            yield replace(version, content=lead_ordinarily(version.content, addresses))
        last = rows[-1].id


def _versions(
    session: Session,
    rows: Sequence[Row[Any]],
    paths: Mapping[int, str],
    scope: Scope,
    now: datetime,
) -> Iterator[Version]:
    ids = [row.id for row in rows]
    tags = _gather(session, _tags(ids))
    categories = _gather(session, _categories(ids))
    redirects = _gather(session, _redirects(ids))
    changed = [row.working_id for row in rows if row.live_id and row.working_id]
    copies = _read_copies(session, changed) if scope.drafts and changed else {}
    saved = {number: Content.from_document(copy.content) for number, copy in copies.items()}
    authors, people = _gather(session, _authors(ids)), _slugs(session, saved.values())
    begun = {row.translation_of for row in rows} | {item.translation_of for item in saved.values()}
    places = _places(session, begun, scope, now)
    for row in rows:
        content = Content(**_plain(row), tags=tuple(tags[row.id]))
        live = Version(
            **_facts(row),
            content=content,
            updated_at=row.written_at or row.updated_at,
            categories=categories[row.id],
            redirects=redirects[row.id],
            coauthors=authors[row.id],
            translation_of=places.get(content.translation_of, ""),
        )
        yield live
        if copy := copies.get(row.id):
            content = saved[row.id]
            known = [paths[number] for number in content.categories if number in paths]
            yield Version(
                **_facts(row),
                content=content,
                updated_at=copy.updated_at,
                categories=known,
                coauthors=[people[one] for one in content.coauthors if one in people],
                translation_of=places.get(content.translation_of, ""),
                working=True,
            )


_SAME: Final = ("title", "slug", "summary", "body", "language", "byline", "meta", "comments")


def _plain(row: Row[Any]) -> dict[str, Any]:
    """Return the fields of a content that a row has; NULL where a post has no presentation."""
    values = {name: getattr(row, name) for name in (*_SAME, *PRESENTED)}
    return {name: value for name, value in values.items() if value is not None}


def _facts(row: Row[Any]) -> dict[str, Any]:
    """Return what all versions of a post have in common."""
    return {
        "kind": row.kind,
        "author": row.author or "",
        "published_at": row.published_at,
        "expires_at": row.expires_at,
    }


def _gather(session: Session, query: Select[int, str]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for number, value in session.execute(query):
        found[number].append(value)
    return found


def _tags(ids: Sequence[int]) -> Select[int, str]:
    query = select(PostTag.post_id, Tag.name).join(Tag, Tag.id == PostTag.tag_id)
    return query.where(PostTag.post_id.in_(ids)).order_by(Tag.name)


def _categories(ids: Sequence[int]) -> Select[int, str]:
    query = select(PostCategory.post_id, Category.path).join(
        Category, Category.id == PostCategory.category_id
    )
    return query.where(PostCategory.post_id.in_(ids)).order_by(Category.path)


def _authors(ids: Sequence[int]) -> Select[int, str]:
    query = select(PostAuthor.post_id, User.slug).join(User, User.id == PostAuthor.user_id)
    return query.where(PostAuthor.post_id.in_(ids)).order_by(PostAuthor.place)


def _slugs(session: Session, contents: Iterable[Content]) -> dict[int, str]:
    """Return the slugs of the further authors of contents that are not published."""
    ids = tuple({number for content in contents for number in content.coauthors})
    return {number: user.slug for number, user in find_people(ids, session).items()}


def _places(
    session: Session, ids: set[int | None], scope: Scope, now: datetime
) -> dict[int | None, str]:
    """Return the addresses of posts that translations began with, of those that go out."""
    wanted = [number for number in ids if number is not None]
    if not wanted:
        return {}
    query = select(Post.id, Post.kind, Post.slug).where(Post.id.in_(wanted), scope.posts(now))
    return {row.id: address_of(row.kind, row.slug) for row in session.execute(query)}


def _redirects(ids: Sequence[int]) -> Select[int, str]:
    leading = (Redirect.post_id.in_(ids), Redirect.status == 301)
    return select(Redirect.post_id, Redirect.path).where(*leading).order_by(Redirect.path)  # type: ignore[return-value]  # not NULL where it is among the ids


def _read_copies(session: Session, ids: Sequence[int]) -> Mapping[int, Row[Any]]:
    query = select(Revision.post_id, Revision.content, Revision.updated_at)
    return {row.post_id: row for row in session.execute(query.where(Revision.id.in_(ids)))}
