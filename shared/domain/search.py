"""Full-text search over live content, ranked, in Chinese and English.

The tokens are cut by `shared.content.tokens` for text and query alike and kept in `search_entry`;
the database's own index follows them: FTS5 by triggers, a tsvector as a generated column.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from shared.content.tokens import fts5_match, index_tokens, query_terms, tsquery
from shared.models import Post, SearchEntry

COUNT_CAP = 1_000

_PUBLIC = "p.published_at <= :now AND (p.expires_at IS NULL OR p.expires_at > :now)"

_SQLITE = f"""
SELECT p.id FROM search_index JOIN post AS p ON p.id = search_index.rowid
WHERE search_index MATCH :query AND {_PUBLIC}
"""  # noqa: S608 - joined from constants
_SQLITE_ORDER = "ORDER BY bm25(search_index, 8.0, 1.0), p.published_at DESC, p.id DESC"
# Pairs of characters are joined by AND; that they stand in a row is checked on the tokens.
_POSTGRESQL = f"""
SELECT p.id FROM search_entry AS e JOIN post AS p ON p.id = e.post_id
WHERE e.vector @@ to_tsquery('english', :query) AND {_PUBLIC} AND NOT EXISTS (
    SELECT 1 FROM unnest(CAST(:phrases AS text[])) AS phrase
    WHERE ' ' || e.title || ' ' NOT LIKE phrase AND ' ' || e.body || ' ' NOT LIKE phrase
)
"""  # noqa: S608 - joined from constants
_POSTGRESQL_ORDER = """
ORDER BY ts_rank_cd(e.vector, to_tsquery('english', :query), 1) DESC, p.published_at DESC, p.id DESC
"""


@dataclass(frozen=True)
class Found:
    """One page of a search: ids of posts, best first; `total` stops counting at COUNT_CAP."""

    ids: list[int]
    total: int


def search(session: Session, query: str, *, now: datetime, limit: int, offset: int = 0) -> Found:
    """Return the public posts and pages that hold every term of a query."""
    terms = query_terms(query)
    if not terms:
        return Found([], 0)
    bound: dict[str, Any] = {"limit": limit, "offset": offset}
    if session.get_bind().dialect.name == "sqlite":
        statement, order = _SQLITE, _SQLITE_ORDER
        bound |= {"query": fts5_match(terms), "now": now.strftime("%Y-%m-%d %H:%M:%S.%f")}
    else:
        statement, order = _POSTGRESQL, _POSTGRESQL_ORDER
        phrases = [term.like for term in terms if term.kind == "phrase"]
        bound |= {"query": tsquery(terms), "now": now, "phrases": phrases}
    page = text(f"{statement} {order} LIMIT :limit OFFSET :offset")
    ids = session.scalars(page, bound).all()
    if offset == 0 and len(ids) < limit:
        return Found(list(ids), len(ids))
    # Without an order the database stops at the cap; with one it would rank every hit again.
    capped = text(f"SELECT count(*) FROM ({statement} LIMIT {COUNT_CAP}) AS hit")  # noqa: S608 - joined from constants
    return Found(list(ids), session.scalar(capped, bound) or 0)


def index_post(session: Session, post: Post, plain: str) -> None:
    """Make a live post findable by its title and its text."""
    tags = " ".join(tag.name for tag in post.tags)
    title = index_tokens(f"{post.title} {tags}", singles=True)
    entry = SearchEntry(post_id=post.id, title=title, body=index_tokens(f"{post.summary} {plain}"))
    session.merge(entry)
    session.flush()


def remove_post(session: Session, post: Post) -> None:
    """Make a post no longer findable."""
    session.execute(delete(SearchEntry).where(SearchEntry.post_id == post.id))
