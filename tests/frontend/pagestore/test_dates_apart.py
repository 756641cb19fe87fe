"""`listed_at` repeats `published_at`; plain SQL may part them, and no list becomes old by it."""

import pytest
from sqlalchemy import text

from frontend import create_app
from tests.frontend.conftest import writer_of
from tests.frontend.pagestore.property.asking import ask

LISTS = ("/list/", "/list/oak/", "/list/oak/feed.xml", "/category/crafts/")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE post_tag SET listed_at = '2026-03-01 12:30:00.000000'",
        "UPDATE post_category SET listed_at = '2026-03-01 12:30:00.000000'",
    ],
)
def test_lists_wait_for_no_date_of_a_link(any_runtime, clock, sql):
    write = writer_of(any_runtime, clock)
    write(slug="a", tags=("oak",), categories=("Crafts",))
    with any_runtime.database.writing() as session:
        session.execute(text(sql.replace(":", "\\:")))
        session.commit()
    store = create_app(any_runtime).extensions["pages"]
    before = [ask(store, where).body for where in LISTS]
    clock.forward(hours=1)
    assert [ask(store.app, where).body for where in LISTS] == before
    assert [ask(store, where).body for where in LISTS] == before
