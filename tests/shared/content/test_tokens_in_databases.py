"""The same tokens find the same posts in SQLite and in PostgreSQL."""

import sqlite3

import psycopg
import pytest

from shared.content.tokens import fts5_match, index_tokens, query_terms, tsquery

POSTS = {
    1: "Flask学习笔记：路由与模板",
    2: "Running a REST service with flask",
    3: "流程图怎么画",
    4: "流程很长，程图不是词",
    5: "C++ and C# compared",
    6: "Naïve databases, quoted 'text' & <tags>",
}
QUERIES = {
    "flask": {1, 2},
    "学习": {1},
    "流程图": {3},
    "流程": {3, 4},
    "run services": {2},
    "flas": {1, 2},
    "the rest of flask": {2},
    "c++": {5},
    "naive database": {6},
    '"rest service"': {2},
    '"service rest"': set(),
    "'; DROP TABLE posts; --": set(),
    "路由 flask": {1},
}


@pytest.fixture(scope="module")
def sqlite():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE posts USING fts5(tokens, tokenize='porter unicode61')")
    rows = [(key, index_tokens(text)) for key, text in POSTS.items()]
    connection.executemany("INSERT INTO posts (rowid, tokens) VALUES (?, ?)", rows)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def postgresql(postgres):
    with psycopg.connect(postgres) as connection:
        connection.execute("CREATE TEMPORARY TABLE posts (id int, tokens text)")
        for key, text in POSTS.items():
            connection.execute("INSERT INTO posts VALUES (%s, %s)", (key, index_tokens(text)))
        yield connection
        connection.rollback()


@pytest.mark.parametrize(("query", "found"), QUERIES.items())
def test_sqlite_finds(sqlite, query, found):
    match = fts5_match(query_terms(query))
    rows = sqlite.execute("SELECT rowid FROM posts WHERE posts MATCH ?", (match,))
    assert {row[0] for row in rows} == found


@pytest.mark.parametrize(("query", "found"), QUERIES.items())
def test_postgresql_finds(postgresql, query, found):
    terms = query_terms(query)
    phrases = [term.like for term in terms if term.kind == "phrase"]
    rows = postgresql.execute(
        "SELECT id FROM posts WHERE to_tsvector('english', tokens) @@ to_tsquery('english', %s)"
        " AND ' ' || tokens || ' ' LIKE ALL (%s)",
        (tsquery(terms), phrases),
    )
    assert {row[0] for row in rows} == found
