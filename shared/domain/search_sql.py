"""The statements of search, for each kind of database.

`newest` gives the newest posts that match, `ranked` one page of all matches, best first. A word
that stands in more posts than CAP tells little about any of them, and ranking them all costs
300 ms at 100,000 posts: `common` ranks only the newest that have it in the title, then the newest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import TextClause, text

from shared.content.tokens import Term, fts5_match, tsquery

CAP: Final = 1_000

_PUBLIC: Final = "p.published_at <= :now AND (p.expires_at IS NULL OR p.expires_at > :now)"
_PAGE: Final = "LIMIT :limit OFFSET :offset"
_NEWEST_OF_BOTH: Final = f"""
SELECT p.id FROM (
    SELECT id, max(titled) AS titled FROM ({{}}) AS both_ways GROUP BY id
) AS hit JOIN post AS p ON p.id = hit.id WHERE {_PUBLIC}
ORDER BY hit.titled DESC, p.published_at DESC, p.id DESC {_PAGE}
"""  # noqa: S608 - joined from constants


# Pairs of characters are joined by AND; that they stand in a row is checked on the tokens.
_MATCHES: Final = """e.vector @@ to_tsquery('english', :{}) AND NOT EXISTS (
    SELECT 1 FROM unnest(CAST(:phrases AS text[])) AS phrase
    WHERE ' ' || e.title || ' ' NOT LIKE phrase AND ' ' || e.body || ' ' NOT LIKE phrase)"""


@dataclass(frozen=True)
class Statements:
    """Three statements over the same bound values."""

    newest: TextClause
    ranked: TextClause
    common: TextClause


def _sqlite() -> Statements:
    hits = f"""SELECT p.id FROM search_index JOIN post AS p ON p.id = search_index.rowid
        WHERE search_index MATCH :query AND {_PUBLIC}"""  # noqa: S608 - joined from constants

    def some(query: str, titled: int) -> str:
        return f"""SELECT * FROM (SELECT rowid AS id, {titled} AS titled FROM search_index
            WHERE search_index MATCH :{query} ORDER BY rowid DESC LIMIT {CAP})"""  # noqa: S608 - joined from constants

    best = "ORDER BY bm25(search_index, 8.0, 1.0), p.published_at DESC, p.id DESC"
    both = f"{some('titled', 1)} UNION ALL {some('query', 0)}"
    return Statements(
        newest=text(f"{hits} ORDER BY search_index.rowid DESC LIMIT {CAP + 1}"),
        ranked=text(f"{hits} {best} {_PAGE}"),
        common=text(_NEWEST_OF_BOTH.format(both)),
    )


def _postgresql() -> Statements:
    hits = f"""SELECT p.id FROM search_entry AS e JOIN post AS p ON p.id = e.post_id
        WHERE {_MATCHES.format("query")} AND {_PUBLIC}"""  # noqa: S608 - joined from constants

    def some(query: str, titled: int) -> str:
        return f"""(SELECT e.post_id AS id, {titled} AS titled FROM search_entry AS e
            WHERE {_MATCHES.format(query)} ORDER BY e.post_id DESC LIMIT {CAP})"""  # noqa: S608 - joined from constants

    best = """ORDER BY ts_rank_cd(e.vector, to_tsquery('english', :query), 1) DESC,
        p.published_at DESC, p.id DESC"""
    both = f"{some('titled', 1)} UNION ALL {some('query', 0)}"
    return Statements(
        newest=text(f"{hits} ORDER BY e.post_id DESC LIMIT {CAP + 1}"),
        ranked=text(f"{hits} {best} {_PAGE}"),
        common=text(_NEWEST_OF_BOTH.format(both)),
    )


STATEMENTS: Final = {"sqlite": _sqlite(), "postgresql": _postgresql()}


def bind(dialect: str, terms: Sequence[Term], now: datetime) -> dict[str, Any]:
    """Return the values that the statements of a dialect are bound to."""
    if dialect == "sqlite":
        query = fts5_match(terms)
        moment = now.strftime("%Y-%m-%d %H:%M:%S.%f")
        return {"query": query, "titled": f"title : ({query})", "now": moment}
    query = tsquery(terms)
    return {
        "query": query,
        "titled": re.sub(r"'(?: |$)|':\*", _in_title, query),
        "phrases": [term.like for term in terms if term.kind == "phrase"],
        "now": now,
    }


def _in_title(end: re.Match[str]) -> str:
    """Hold a word to the title, whose lexemes have weight A."""
    return "':*A" if end[0] == "':*" else f"':A{end[0][1:]}"


_DRAFTS: Final = " INDEXED BY ix_post_kind_title_id_unpublished"  # holds all that is asked
_UNPUBLISHED: Final = r"""SELECT id FROM (SELECT id FROM post{} WHERE kind = :kind
    AND published_at IS NULL AND title {} :pattern ESCAPE '\' LIMIT :most) AS d"""
# CROSS JOIN keeps SQLite's order of the tables: the index first, newest first, until enough.
# What editors search: whatever is in the index, public or not yet, and drafts by their titles.
EVERYTHING: Final = {
    "sqlite": text(
        f"""{_UNPUBLISHED.format(_DRAFTS, "LIKE")} UNION SELECT id FROM (
            SELECT search_index.rowid AS id FROM search_index
            CROSS JOIN post AS p ON p.id = search_index.rowid AND p.kind = :kind
            WHERE search_index MATCH :query ORDER BY search_index.rowid DESC LIMIT :most) AS i"""  # noqa: S608 - joined from constants
    ),
    "postgresql": text(
        f"""{_UNPUBLISHED.format("", "ILIKE")} UNION SELECT id FROM (
            SELECT e.post_id AS id FROM search_entry AS e
            JOIN post AS p ON p.id = e.post_id AND p.kind = :kind
            WHERE {_MATCHES.format("query")} ORDER BY e.post_id DESC LIMIT :most) AS i"""  # noqa: S608 - joined from constants
    ),
}
# The same of posts and pages alike: to ask each hit for its kind takes longer than to find it.
EITHER_KIND: Final = {
    "sqlite": text(
        f"""{_UNPUBLISHED.format(_DRAFTS, "LIKE")} UNION ALL SELECT id FROM (
            SELECT rowid AS id FROM search_index
            WHERE search_index MATCH :query ORDER BY rowid DESC LIMIT :most) AS i"""  # noqa: S608 - joined from constants
    ),
    "postgresql": text(
        f"""{_UNPUBLISHED.format("", "ILIKE")} UNION ALL SELECT id FROM (
            SELECT e.post_id AS id FROM search_entry AS e
            WHERE {_MATCHES.format("query")} ORDER BY e.post_id DESC LIMIT :most) AS i"""  # noqa: S608 - joined from constants
    ),
}
# The same of posts and pages alike, by the words of the title alone.
TITLES: Final = {
    dialect: text(
        EVERYTHING[dialect]
        .text.replace(":query", ":titled")
        .replace(" AND p.kind = :kind", "")
        .replace("kind = :kind", "kind IN ('post', 'page')")
    )
    for dialect in EVERYTHING
}
# Whether one row of `post` is among those.
ONE_OF_THEM: Final = {
    "sqlite": r"""(post.published_at IS NULL AND post.title LIKE :pattern ESCAPE '\' OR post.id IN (
        SELECT rowid FROM search_index WHERE search_index MATCH :query))""",
    "postgresql": rf"""(post.published_at IS NULL AND post.title ILIKE :pattern ESCAPE '\'
        OR post.id IN (SELECT e.post_id FROM search_entry AS e
        WHERE {_MATCHES.format("query")}))""",  # noqa: S608 - joined from constants
}
