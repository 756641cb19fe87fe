"""Writes a plan into a database many rows at a time, exactly as the verbs would have one by one.

People, tags and categories go through the verbs; posts do not, since 100,000 of them would take
half an hour. `tests/bench/test_loading.py` compares the rows with those that the verbs write.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from bench.content import ALL_TAGS, AUTHORS, CATEGORIES, FUTURE, START, Entry, Plan
from shared.content.excerpt import excerpt
from shared.content.markdown import RENDERER_VERSION, Rendered, render
from shared.content.slugs import slugify
from shared.content.tokens import index_tokens
from shared.domain import chain
from shared.domain.posts import Content
from shared.domain.taxonomy import ensure_category, ensure_tags
from shared.domain.users import create_user
from shared.domain.work import SYSTEM, Work
from shared.models import AuditEvent, Post, PostCategory, PostTag, Revision, SearchEntry, User
from shared.runtime import Runtime

BATCH: Final = 2_000
OWNER: Final = "owner@example.org"

Row = dict[str, Any]


@dataclass(frozen=True)
class Made:
    """What the posts refer to, and the texts of the pool rendered once."""

    authors: Sequence[User]
    tags: dict[str, int]
    categories: Sequence[int]
    rendered: Sequence[Rendered]
    tokens: Sequence[str]


def load(plan: Plan, runtime: Runtime, password: str, told: Callable[[int], None]) -> None:
    """Fill an empty, migrated database; `told` hears how many posts are in."""
    with runtime.database.writing() as session:
        made = make_surroundings(plan, session, password)
        session.commit()
    for start in range(0, len(plan.entries), BATCH):
        batch = plan.entries[start : start + BATCH]
        with runtime.database.writing() as session:
            write_posts(session, batch, made)
            session.commit()
        told(start + len(batch))


def make_surroundings(plan: Plan, session: Session, password: str) -> Made:
    """Make people, tags and categories by their verbs, and render the pool."""
    work = Work(session=session, actor=SYSTEM, at=START)
    create_user(email=OWNER, name="Owner", role="owner", password=password, work=work)
    authors = [
        create_user(email=f"author{n}@example.org", name=f"Author {n}", role="author", work=work)
        for n in range(1, AUTHORS + 1)
    ]
    tags = ensure_tags(ALL_TAGS, work=work)
    rendered = [render(body.source) for body in plan.bodies]
    return Made(
        authors=authors,
        tags={tag.name: tag.id for tag in tags},
        categories=[ensure_category(names, work=work).id for names in CATEGORIES],
        rendered=rendered,
        tokens=[index_tokens(one.text) for one in rendered],
    )


def write_posts(session: Session, batch: Sequence[Entry], made: Made) -> None:
    """Add posts with their revisions, lists, search entries and audit events."""
    contents = {entry.number: content_for(entry, made) for entry in batch}
    pairs = [(entry, contents[entry.number]) for entry in batch]
    rows = session.connection()
    shown = [entry for entry in batch if entry.state != "draft"]
    rows.execute(insert(Post), [_post(e, c, made) for e, c in pairs])
    rows.execute(insert(Revision), [_revision(e, c, made) for e, c in pairs])
    first, last = batch[0].number, batch[-1].number
    added = update(Post).where(Post.id.between(first, last))
    rows.execute(added.where(Post.published_at.is_(None)).values(working_id=Post.id))
    rows.execute(added.where(Post.published_at.is_not(None)).values(live_id=Post.id))
    rows.execute(insert(PostTag), [r for e in batch for r in _tag_rows(e, made)])
    rows.execute(insert(PostCategory), [_category_row(e, made) for e in batch])
    rows.execute(insert(SearchEntry), [_search_entry(e, made) for e in shown])
    for entry, content in pairs:
        for event in _events(entry, content, made):
            chain.add(session, event)


def content_for(entry: Entry, made: Made) -> Content:
    """Return what the author of a post would have typed, with the slug it would get."""
    return Content(
        title=entry.title,
        slug=slugify(entry.title),
        body=entry.body.source,
        summary=entry.summary,
        language=entry.body.language,
        tags=entry.tags,
        categories=(made.categories[entry.category],),
    )


def _post(entry: Entry, content: Content, made: Made) -> Row:
    row = {
        "id": entry.number,
        "kind": "post",
        "version": 1,
        **{name: getattr(content, name) for name in ("title", "slug", "summary", "body")},
        "language": content.language,
        "author_id": made.authors[entry.author].id,
        "created_at": entry.at,
        "updated_at": entry.at,
        "html": "",
        "excerpt": "",
        "words": 0,
        "renderer": 0,
        "first_published_at": None,
        "published_at": None,
    }
    return row if entry.state == "draft" else row | _live_columns(entry, content, made)


def _live_columns(entry: Entry, content: Content, made: Made) -> Row:
    rendered = made.rendered[entry.body_number]
    return {
        "version": 2,
        "html": rendered.html,
        "words": rendered.words,
        "renderer": RENDERER_VERSION,
        "excerpt": content.summary or excerpt(rendered.prose),
        "first_published_at": _published_at(entry),
        "published_at": _published_at(entry),
    }


def _published_at(entry: Entry) -> datetime | None:
    return {"draft": None, "scheduled": FUTURE, "published": entry.at}[entry.state]


def _revision(entry: Entry, content: Content, made: Made) -> Row:
    author = made.authors[entry.author]
    return {
        "id": entry.number,
        "post_id": entry.number,
        "number": 1,
        "origin": "create",
        "content": content.as_document(),
        "title": content.title,
        "size": len(content.body),
        "author_id": author.id,
        "author_name": author.name,
        "created_at": entry.at,
        "updated_at": entry.at,
    }


def _tag_rows(entry: Entry, made: Made) -> list[Row]:
    at = _published_at(entry)
    return [
        {"post_id": entry.number, "tag_id": made.tags[tag], "listed_at": at} for tag in entry.tags
    ]


def _category_row(entry: Entry, made: Made) -> Row:
    number = made.categories[entry.category]
    return {"post_id": entry.number, "category_id": number, "listed_at": _published_at(entry)}


def _search_entry(entry: Entry, made: Made) -> Row:
    tags = " ".join(sorted(entry.tags))
    body = made.tokens[entry.body_number]
    if entry.summary:
        body = f"{index_tokens(entry.summary)} {body}"
    title = index_tokens(f"{entry.title} {tags}", singles=True)
    return {"post_id": entry.number, "title": title, "body": body}


def _events(entry: Entry, content: Content, made: Made) -> list[AuditEvent]:
    author = made.authors[entry.author]

    def event(action: str, **data: Any) -> AuditEvent:
        return AuditEvent(
            at=entry.at,
            actor_kind="user",
            actor_id=author.id,
            actor_name=author.name,
            action=action,
            object_kind="post",
            object_id=entry.number,
            object_label=content.title,
            data=data,
            request_id="",
        )

    created = event("post.created", kind="post", slug=content.slug)
    if entry.state == "draft":
        return [created]
    if entry.state == "scheduled":
        return [created, event("post.scheduled", revision=1, at=FUTURE.isoformat())]
    return [created, event("post.published", revision=1, slug=content.slug)]
