"""No page of the console makes more than eight queries, however much there is."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from shared.models import PostCategory, PostTag, Tag
from tests.admin.content import add_category, write
from tests.admin.counting import counted, explained
from tests.admin.lists import fill
from tests.cast import NOON

CEILING = 8
LONG = 1_200


@pytest.fixture
def long(runtime):
    """More posts than are counted, all of one author, in one category and with one tag."""
    category = add_category(runtime, "Life")
    drafts = {"published_at": lambda n: None if n % 12 else NOON - timedelta(n)}
    ids = fill(runtime, LONG, title=lambda n: f"Post {n:04}", author_id=lambda _: 2)
    fill(runtime, LONG, slug=lambda n: f"draft-{n}", author_id=lambda _: 3, **drafts)
    with runtime.database.writing() as session:
        for number, (slug, tagged) in enumerate((("all", ids), ("few", ids[:9])), start=1):
            session.add(Tag(id=number, name=slug, slug=slug, created_at=NOON, updated_at=NOON))
            session.flush()
            rows = [{"post_id": n, "tag_id": number, "listed_at": NOON} for n in tagged]
            session.execute(insert(PostTag), rows)
        rows = [{"post_id": n, "category_id": category, "listed_at": NOON} for n in ids]
        session.execute(insert(PostCategory), rows)
        session.commit()
    return runtime


@pytest.fixture
def full(runtime):
    """An instance with enough rows that a query for each would show."""
    category = add_category(runtime, "Life")
    for number in range(30):
        write(runtime, title=f"Post {number}", tags=(f"t{number}",), categories=(category,))
        write(runtime, title=f"Page {number}", kind="page")
    return runtime


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/page/",
        "/page/?q=post&category=1&status=published&author=2&tag=t1",
        "/pages/",
        "/categories/",
        "/tags/",
        "/users/",
        "/clients/",
        "/redirects/",
        "/audit/",
        "/audit/?action=post.published&actor=user:2",
        "/settings/",
        "/profile/",
        "/profile/sessions/",
        "/tags/edit/1/",
        "/categories/edit/1/",
        "/users/edit/2/",
        "/audit/5/",
    ],
)
def test_page_keeps_below_the_ceiling(as_, full, path):
    ann = as_("Ann")
    with counted(full) as statements:
        answer = ann.get(path)

    assert answer.status == 200
    assert len(statements) <= CEILING, "\n".join(statements)


def test_lists_never_read_the_texts(as_, full):
    ann = as_("Ann")
    with counted(full) as statements:
        ann.get("/page/")
        ann.get("/")

    assert [text for text in statements if "post.body" in text or "post.html" in text] == []


def plans(runtime, statements):
    """Return how SQLite carries out what was asked of posts."""
    with runtime.database.reading() as session:
        connection = session.connection()
        return [
            row.detail
            for text, values in statements
            if "FROM post" in text
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        ]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?sort=title",
        "?sort=-title",
        "?sort=published_at",
        "?status=published",
        "?status=draft",
        "?author=2",
        "?category=1",
        "?tag=all",
        "?tag=all&category=1&status=published",
    ],
)
def test_long_list_is_walked_along_an_index_and_never_sorted(as_, long, query):
    ann = as_("Ann")
    with explained(long) as statements:
        ann.get(f"/page/{query}")
    found = plans(long, statements)

    assert any("USING INDEX ix_post_" in line for line in found), found
    assert [line for line in found if line.startswith("SCAN post")] == []
    assert [line for line in found if "TEMP B-TREE" in line] == []


@pytest.mark.parametrize("query", ["?status=trashed", "?status=scheduled", "?tag=few", "?q=0007"])
def test_short_list_within_a_long_table_reads_its_rows_by_key(as_, long, query):
    ann = as_("Ann")
    with explained(long) as statements:
        ann.get(f"/page/{query}")
    found = plans(long, statements)

    assert any(line.startswith("SEARCH post USING INTEGER PRIMARY KEY") for line in found), found
    assert [line for line in found if line.startswith("SCAN post") and "COVERING" not in line] == []


@pytest.mark.parametrize("query", ["?has_tags=no", "?has_summary=no", "?has_changes=no"])
def test_what_a_post_lacks_is_met_on_a_walk_that_ends(as_, long, query):
    ann = as_("Ann")
    with explained(long) as statements:
        page = ann.get(f"/page/{query}").page
    found = plans(long, statements)

    assert "in all" in page.text
    assert any("USING INDEX ix_post_kind" in line for line in found), found
    assert [line for line in found if line == "SCAN post" or "TEMP B-TREE" in line] == []
