"""`/v1/search`: full-text search over what is public."""

from api.callers import PUBLIC
from api.contract import Contract, Reply
from api.paging import next_link, read_cursor, write_cursor
from api.posts_showing import show_rows
from api.posts_statements import BY_IDS, rows_of
from api.schemas.search import Hit, SearchQuery, SearchResult
from shared.content.plaintext import strip_tags
from shared.content.snippets import snippet
from shared.domain.search import search as find
from shared.web import now, session

search = Contract("search", "Full-text search in Chinese and English over what is public.")
DEEPEST = 1_000  # hits; nobody reads on from there, and counting stops there too


@search("index", "GET", access=PUBLIC, query=SearchQuery, returns=SearchResult)
def index(query: SearchQuery) -> Reply:
    """Find published posts and pages, best first, each with the passage that fits."""
    scope = f"search:{query.q}"
    (offset,) = read_cursor(scope, query.cursor) or (0,)
    found = find(session(), query.q, now=now(), limit=query.limit, offset=offset)
    end = offset + len(found.ids)
    is_more = bool(found.ids) and end < min(found.total, DEEPEST)
    cursor = write_cursor(scope, end) if is_more else None
    result = SearchResult(items=_hits(found.ids, query.q), total=found.total, next=cursor)
    return Reply(result, next_link("search.index", cursor))


def _hits(ids: list[int], asked: str) -> list[Hit]:
    rows = rows_of(session().connection().execute(BY_IDS, {"ids": ids}).all())
    text = {row.id: row.html for row in rows}
    shown = show_rows(session(), rows, status="published", inside=False, content=False)
    by_id = {values["id"]: values for values in shown}
    return [
        Hit(**by_id[number], snippet=snippet(strip_tags(text[number]), asked))
        for number in ids
        if number in by_id
    ]
