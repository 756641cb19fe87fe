"""At 100,000 rows every list in every way of narrowing and sorting walks along an index.

What it costs is told in steps of SQLite's machine, which no other work on this machine changes.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from admin import create_app
from shared.runtime import Runtime
from shared.settings import Settings
from tests.admin.counting import explained
from tests.admin.crud.long import fill_long
from tests.admin.lists import read_list
from tests.admin.signing_in import Browser, enter
from tests.cast import SECRET, Clock

CEILING = 8
LOOKED = 30_000  # of 100,000, where PostgreSQL reads a part of a table and ends
STEPS = 160_000  # one to two milliseconds

POSTS = [
    "",
    "status=draft",
    "status=scheduled",
    "status=published",
    "status=trashed",
    "status=review",
    "author=2",
    "category=5",
    "tag=tag-1",
    "tag=tag-7",
    "language=en",
    "language=de",
    "language=ja",
    "published=2024-01-01..2024-12-31",
    "changed=2024-01-01..2024-12-31",
    "has_tags=yes",
    "has_tags=no",
    "has_category=yes",
    "has_category=no",
    "has_summary=yes",
    "has_summary=no",
    "has_cover=yes",
    "has_cover=no",
    "has_canonical=yes",
    "has_canonical=no",
    "has_changes=yes",
    "has_changes=no",
    "author=2&category=5",
    "author=2&tag=tag-1&status=published",
    "author=3&language=en&has_summary=no",
]
SORTS = ["", "title", "-title", "-published_at", "updated_at"]
# What no index has in the order that is asked for: walked to where such rows begin.
FAR = {
    "/page/?published=2024-01-01..2024-12-31&sort=updated_at": 1_000_000,
    "/page/?changed=2024-01-01..2024-12-31&sort=-published_at": 400_000,
    "/page/?q=nowhere": 500_000,
}
LISTS = [
    *(
        path
        for query in POSTS
        for sort in SORTS
        if (path := f"/page/?{query}&sort={sort}") not in FAR
    ),
    "/page/?q=post",
    *(f"/tags/?sort={sort}" for sort in ("name", "-slug")),
    "/categories/",
    *(f"/redirects/?{query}" for query in ("", "status=301", "status=410", "origin=import")),
    *(
        f"/audit/?{query}"
        for query in (
            "",
            "action=post.saved",
            "action=post.trashed",
            "actor=user:2",
            "kind=post",
            "object=post:77",
            "at=2024-01-01..2024-12-31",
            "actor=user:2&action=post.saved",
        )
    ),
    *(f"/mail/?{query}" for query in ("", "state=sent", "state=failed", "state=waiting")),
    *(f"/users/?{query}" for query in ("", "role=editor")),
]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory, template_file: Path) -> Iterator[Any]:
    """A console over 100,000 rows, and whoever owns it."""
    folder = tmp_path_factory.mktemp("long") / "instance"
    folder.mkdir()
    (folder / "triptych.sqlite3").write_bytes(template_file.read_bytes())
    runtime = Runtime(Settings(instance=folder, secret_key=SECRET), Clock())
    fill_long(runtime)
    yield SimpleNamespace(runtime=runtime, ann=enter(create_app(runtime), "Ann"))
    runtime.database.close()


@pytest.fixture(scope="module")
def long_postgres(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Any]:
    """The same on PostgreSQL."""
    url: str = request.getfixturevalue("postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE long_lists TEMPLATE prepared")
    folder = tmp_path_factory.mktemp("long") / "instance"
    settings = Settings(instance=folder, secret_key=SECRET)
    own = replace(settings, database_url=url.replace("/postgres?", "/long_lists?"))
    runtime = Runtime(own, Clock())
    fill_long(runtime)
    yield SimpleNamespace(runtime=runtime, ann=enter(create_app(runtime), "Ann"))
    runtime.database.close()


def asked(long: Any, path: str) -> list[tuple[str, Any]]:
    """Return what a list asks of the database."""
    ann: Browser = long.ann
    ann.get(path)
    with explained(long.runtime) as statements:
        read_list(ann, path)
    return statements


def steps(runtime: Runtime, statements: list[tuple[str, Any]]) -> int:
    """Return the thousands of steps that SQLite takes for statements, in steps."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 100
        return 0

    with runtime.database.reading() as session:
        driver: Any = session.connection().connection.driver_connection
        driver.set_progress_handler(count, 100)
        for statement, values in statements:
            driver.execute(statement, values).fetchall()
        driver.set_progress_handler(None, 0)
    return taken


@pytest.mark.parametrize("path", LISTS)
def test_list_costs_little_whatever_it_is_narrowed_to(long: Any, path: str) -> None:
    statements = asked(long, path)
    assert len(statements) <= CEILING
    assert steps(long.runtime, statements) <= STEPS, "\n".join(text for text, _ in statements)


@pytest.mark.parametrize(("path", "most"), FAR.items())
def test_list_that_no_index_has_in_order_costs_no_more_than_it_did(
    long: Any, path: str, most: int
) -> None:
    statements = asked(long, path)

    assert len(statements) <= CEILING
    assert steps(long.runtime, statements) <= most


@pytest.mark.parametrize(
    "query",
    [
        *("", "sort=title", "status=draft", "status=scheduled", "status=published"),
        *("status=trashed", "author=2", "author=2&sort=title", "language=de", "language=ja"),
        *("category=5", "has_cover=yes&sort=-title", "has_summary=no", "has_changes=yes"),
    ],
)
def test_list_looks_at_few_rows_on_postgresql(long_postgres: Any, query: str) -> None:
    path = f"/page/?{query}"
    statements = asked(long_postgres, path)
    with long_postgres.runtime.database.reading() as session:
        driver: Any = session.connection().connection.driver_connection
        plans = [
            line
            for statement, values in statements
            for (line,) in driver.execute(f"EXPLAIN ANALYZE {statement}", values).fetchall()
        ]

    assert max(map(looked_at, plans)) <= LOOKED, "\n".join(plans)


def looked_at(line: str) -> int:
    """Return how many rows a line of a plan tells of, also those that did not fit."""
    numbers = re.findall(r"rows=([\d.]+) loops=|Removed by \w+(?: Recheck)?: (\d+)", line)
    return max((int(float(one or other)) for one, other in numbers), default=0)
