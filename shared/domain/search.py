"""Full-text search over live content, ranked, in Chinese and English.

The tokens are cut by `shared.content.tokens` for text and query alike and kept in `search_entry`;
the database's own index follows them: FTS5 by triggers, a tsvector as a generated column.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.content.tokens import index_tokens, query_terms
from shared.domain.search_sql import CAP, STATEMENTS, bind
from shared.models import Post, SearchEntry
from shared.models.reads import read

KEYS = ("search", "posts", "pages")  # what is stamped when another answer may be right


@dataclass(frozen=True)
class Found:
    """One page of a search: ids of posts, best first; `total` stops counting at CAP."""

    ids: list[int]
    total: int


def search(session: Session, query: str, *, now: datetime, limit: int, offset: int = 0) -> Found:
    """Return the public posts and pages that hold every term of a query."""
    terms = query_terms(query)
    if not terms:
        return Found([], 0)
    dialect = session.get_bind().dialect.name
    statements = STATEMENTS[dialect]
    bound = bind(dialect, terms, now)
    total = len(read(session, statements.newest, bound, of=KEYS))
    if total <= offset:
        return Found([], total)
    chosen = statements.ranked if total <= CAP else statements.common
    rows = read(session, chosen, bound | {"limit": limit, "offset": offset}, of=KEYS)
    return Found([row.id for row in rows], min(total, CAP))


def index_post(session: Session, post: Post, plain: str) -> None:
    """Make a live post findable by its title and its text."""
    title = _title_tokens(post)
    entry = SearchEntry(post_id=post.id, title=title, body=index_tokens(f"{post.summary} {plain}"))
    session.merge(entry)
    session.flush()


def retitle(session: Session, post_ids: Collection[int]) -> None:
    """Make posts findable by the names that their tags have now."""
    wanted = select(SearchEntry, Post).join(Post, Post.id == SearchEntry.post_id)
    for entry, post in session.execute(wanted.where(Post.id.in_(post_ids))):
        session.expire(post, ["tags"])
        entry.title = _title_tokens(post)
    session.flush()


def _title_tokens(post: Post) -> str:
    tags = " ".join(tag.name for tag in post.tags)
    return index_tokens(f"{post.title} {tags}", singles=True)


def remove_post(session: Session, post: Post) -> None:
    """Make a post no longer findable."""
    session.execute(delete(SearchEntry).where(SearchEntry.post_id == post.id))
