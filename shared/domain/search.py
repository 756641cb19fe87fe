"""Full-text search over live content, ranked, in Chinese and English.

The tokens are cut by `shared.content.tokens` for text and query alike; SQLite keeps them in an
FTS5 index, PostgreSQL in a tsvector whose Chinese part bypasses its parser, so that a server's
locale does not matter.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from shared.content.tokens import Term, fts5_match, index_tokens, query_terms
from shared.models import Post, SearchEntry

COUNT_CAP = 1_000

_PUBLIC = "p.published_at <= :now AND (p.expires_at IS NULL OR p.expires_at > :now)"

_SQLITE = f"""
SELECT p.id FROM search_index JOIN post AS p ON p.id = search_index.rowid
WHERE search_index MATCH :query AND {_PUBLIC}
ORDER BY bm25(search_index, 8.0, 1.0), p.published_at DESC, p.id DESC
"""  # noqa: S608 - joined from constants
# Pairs of characters are joined by AND; that they stand in a row is checked on the tokens.
_POSTGRESQL = f"""
SELECT p.id FROM search_entry AS e JOIN post AS p ON p.id = e.post_id
WHERE e.vector @@ CAST(:query AS tsquery) AND {_PUBLIC} AND NOT EXISTS (
    SELECT 1 FROM unnest(CAST(:phrases AS text[])) AS phrase
    WHERE strpos(' ' || e.title || ' ', phrase) + strpos(' ' || e.body || ' ', phrase) = 0
)
ORDER BY ts_rank_cd(e.vector, CAST(:query AS tsquery), 1) DESC, p.published_at DESC, p.id DESC
"""  # noqa: S608 - joined from constants


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
        statement = _SQLITE
        bound |= {"query": fts5_match(terms), "now": now.strftime("%Y-%m-%d %H:%M:%S.%f")}
    else:
        statement = _POSTGRESQL
        bound |= {"query": _tsquery(session, terms), "now": now, "phrases": _phrases(terms)}
    ids = session.scalars(text(f"{statement} LIMIT :limit OFFSET :offset"), bound).all()
    if offset == 0 and len(ids) < limit:
        return Found(list(ids), len(ids))
    capped = text(f"SELECT count(*) FROM ({statement} LIMIT {COUNT_CAP}) AS hit")  # noqa: S608 - joined from constants
    return Found(list(ids), session.scalar(capped, bound) or 0)


def index_post(session: Session, post: Post, plain: str) -> None:
    """Make a live post findable by its title and its text."""
    tags = " ".join(tag.name for tag in post.tags)
    title = index_tokens(f"{post.title} {tags}", singles=True)
    entry = SearchEntry(post_id=post.id, title=title, body=index_tokens(f"{post.summary} {plain}"))
    session.merge(entry)
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_VECTOR, {"post": post.id, **_vector_parts(entry)})


def remove_post(session: Session, post: Post) -> None:
    """Make a post no longer findable."""
    session.execute(delete(SearchEntry).where(SearchEntry.post_id == post.id))


# Positions matter for ranking only, and stop at 16,383: the Latin part has them, the rest not.
_VECTOR = text("""
UPDATE search_entry SET vector =
    setweight(to_tsvector('english', :title_latin) || array_to_tsvector(:title_cjk), 'A')
    || setweight(to_tsvector('english', :body_latin) || array_to_tsvector(:body_cjk), 'B')
WHERE post_id = :post
""")


def _vector_parts(entry: SearchEntry) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for name in ("title", "body"):
        tokens = getattr(entry, name).split()
        parts[f"{name}_latin"] = " ".join(token for token in tokens if token.isascii())
        parts[f"{name}_cjk"] = sorted({token for token in tokens if not token.isascii()})
    return parts


_STEM = text("SELECT (plainto_tsquery('english', :all) && to_tsquery('english', :last))::text")


def _tsquery(session: Session, terms: list[Term]) -> str:
    """Return the query: Latin words stemmed by the server, the last a prefix, the rest as is."""
    words = [token for term in terms for token in term.tokens]
    parts = [f"'{word}'" for word in words if not word.isascii()]
    latin = [word for word in words if word.isascii()]
    if latin:
        last = f"{latin[-1]}:*" if terms[-1].kind == "word" else latin[-1]
        stemmed = session.scalar(_STEM, {"all": " ".join(latin[:-1]), "last": last})
        parts += [stemmed] if stemmed else []
    return " & ".join(parts)


def _phrases(terms: list[Term]) -> list[str]:
    return [f" {' '.join(term.tokens)} " for term in terms if len(term.tokens) > 1]
