"""Stamps of writes that no verb made: bulk updates, plain SQL, keys between tables, savepoints."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, make_url, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.domain.taxonomy import ensure_category
from shared.models import Category, Post, PostCategory, PostTag, Revision, Setting, Tag, User
from shared.runtime import Runtime
from tests.cast import NOON, Cast, make_post, work_of
from tests.shared.models.stamped import stamped, stamped_since, version_of

HOUR = timedelta(hours=1)
CY = 3
DAYS = {"day:2026-03-01", "month:2026-03", "year:2026"}
SHOWN = {"post:1", "post:2", "content"}
LISTS = {"posts", "search", "tags", "tagged:1", "at:post/one", "at:post/two", f"by:{CY}"} | DAYS


@pytest.fixture
def site(any_runtime: Runtime) -> Runtime:
    """Posts 1 and 2 by Cy with tag 1, post 1 in category 1; draft 3 with tag 2."""
    with any_runtime.database.writing() as session:
        work = work_of(session, Cast.load(session).ben)
        news = ensure_category(["News"], work=work)
        make_post(work, title="One", tags=("a",), categories=(news.id,), author_id=CY)
        make_post(work, title="Two", tags=("a",), author_id=CY)
        make_post(work, title="Draft", tags=("b",), published=False)
        session.commit()
    return any_runtime


def run(statement: str) -> object:
    return lambda session: session.execute(text(statement))


def test_bulk_update_stamps_each_row_that_visitors_see(site: Runtime) -> None:
    every = update(Post)
    assert stamped(site, lambda s: s.execute(every.values(byline="C."))) == SHOWN
    assert stamped(site, lambda s: s.execute(every.values(byline="C."))) == set()
    hidden = every.values(meta={"a": 1}, body="", updated_at=NOON + HOUR, version=9)
    assert stamped(site, lambda s: s.execute(hidden)) == set()
    public = every.where(Post.published_at.is_not(None))
    moved = stamped(site, lambda s: s.execute(public.values(published_at=NOON - HOUR)))
    assert moved == SHOWN | LISTS | {"filed:1"}
    ended = public.where(Post.id == 2).values(expires_at=NOON)
    two = {"post:2", "content"} | LISTS - {"at:post/one"}
    assert stamped(site, lambda s: s.execute(ended)) == two


def test_bulk_insert_and_delete_stamp(site: Runtime) -> None:
    links = [{"post_id": number, "tag_id": 2, "listed_at": NOON} for number in (1, 2)]
    tagged = SHOWN | {"tagged:2", "tags"}
    assert stamped(site, lambda s: s.execute(insert(PostTag), links)) == tagged
    assert stamped(site, lambda s: s.execute(delete(PostTag).where(PostTag.tag_id == 2))) == tagged


def test_label_without_a_date_is_still_seen_on_its_post(site: Runtime) -> None:
    loose = insert(PostTag).values(post_id=1, tag_id=2)
    found = {"post:1", "content", "tagged:2", "tags"}
    assert stamped(site, lambda s: s.execute(loose)) == found
    on_draft = insert(PostCategory).values(post_id=3, category_id=1)
    assert stamped(site, lambda s: s.execute(on_draft)) == set()


def test_label_moved_stamps_where_it_was_and_where_it_is(site: Runtime) -> None:
    moved = update(PostTag).where(PostTag.post_id == 1).values(tag_id=2)
    found = {"post:1", "content", "tagged:1", "tagged:2", "tags"}
    assert stamped(site, lambda s: s.execute(moved)) == found


def test_label_lost_while_its_post_goes_stamps_its_list(site: Runtime) -> None:
    def both(session: Session) -> None:
        session.execute(delete(PostTag))
        session.execute(update(Post).values(published_at=None))

    assert stamped(site, both) == SHOWN | LISTS | {"filed:1"}


def test_deleting_a_post_stamps_what_goes_with_it(site: Runtime) -> None:
    gone = {"post:1", "content", "filed:1"} | LISTS - {"at:post/two"}
    assert stamped(site, run("DELETE FROM post WHERE id = 1")) == gone
    assert stamped(site, run("DELETE FROM post WHERE id = 3")) == set()


def test_deleting_what_posts_point_at_stamps_them(site: Runtime) -> None:
    person = {f"author:{CY}", "authors", f"by:{CY}"}
    assert stamped(site, lambda s: s.execute(delete(User).where(User.id == CY))) == SHOWN | person
    tag = {"tag:1", "tagged:1", "tags"}
    assert stamped(site, lambda s: s.execute(delete(Tag).where(Tag.id == 1))) == SHOWN | tag
    category = {"category:1", "categories", "filed:1", "post:1", "content"}
    assert stamped(site, lambda s: s.execute(delete(Category))) == category
    assert stamped(site, lambda s: s.execute(delete(Revision))) == SHOWN


def test_date_of_the_live_revision_alone_is_seen(site: Runtime) -> None:
    later = update(Revision).values(updated_at=NOON + HOUR)
    assert stamped(site, lambda s: s.execute(later.where(Revision.post_id == 1))) == {
        "post:1",
        "content",
    }
    assert stamped(site, lambda s: s.execute(later.where(Revision.post_id == 3))) == set()
    assert stamped(site, lambda s: s.execute(update(Revision).values(note="!"))) == set()


def test_values_that_stay_stamp_nothing(site: Runtime) -> None:
    same = "UPDATE {} SET {} = {}"
    for table, column in (("tag", "name"), ("category", "path"), ('"user"', "bio")):
        assert stamped(site, run(same.format(table, column, column))) == set()
    assert stamped(site, run("UPDATE search_entry SET body = body")) == set()
    assert stamped(site, run("UPDATE search_entry SET body = 'x'")) == {"search"}
    assert stamped(site, run("DELETE FROM search_entry WHERE post_id = 1")) == {"search"}


def test_setting_written_anew_stamps_when_it_differs(site: Runtime) -> None:
    def put(value: str) -> set[str]:
        row = Setting(key="title", value={"is": value}, updated_at=NOON)
        return stamped(site, lambda s: s.merge(row))

    assert [put("A"), put("A"), put("B")] == [{"site"}, set(), {"site"}]


PROGRAM = """
import json, sys
kind, where, statements = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
if kind == "sqlite":
    import sqlite3
    connection = sqlite3.connect(where)
else:
    import psycopg
    connection = psycopg.connect(where)
for statement in statements:
    connection.execute(statement)
connection.commit()
connection.close()
"""


def in_another_process(runtime: Runtime, *statements: str) -> set[str]:
    """Run plain SQL by a driver of its own; on SQLite the standard library's, keys not enforced."""
    url = make_url(runtime.database.url)
    sqlite = runtime.database.dialect == "sqlite"
    where = str(url.database) if sqlite else runtime.database.url.replace("+psycopg", "")
    before = version_of(runtime)
    runtime.database.close()
    given = [runtime.database.dialect, where, json.dumps(statements)]
    subprocess.run([sys.executable, "-c", PROGRAM, *given], check=True)
    return stamped_since(runtime, before)


def test_plain_sql_of_another_process_stamps(site: Runtime) -> None:
    assert in_another_process(
        site,
        "UPDATE post SET title = 'Uno' WHERE id = 1",
        "UPDATE \"user\" SET name = 'Cyrus' WHERE id = 3",
        "INSERT INTO post_tag (post_id, tag_id, listed_at) VALUES (2, 2, '2026-03-01 12:00:00')",
        "UPDATE post SET title = 'Not yet' WHERE id = 3",
    ) == SHOWN | {"author:3", "authors", "tagged:2", "tags"}


def test_plain_sql_deleting_a_post_stamps(site: Runtime) -> None:
    gone = {"post:1", "content", "filed:1"} | LISTS - {"at:post/two"}
    assert in_another_process(site, "DELETE FROM post WHERE id = 1") == gone


def test_what_is_rolled_back_stamps_nothing(site: Runtime) -> None:
    before = version_of(site)
    with site.database.writing() as session:
        session.execute(update(Post).values(byline="C."))
        session.rollback()
        session.execute(update(Post).values(updated_at=NOON + HOUR))
        session.commit()
    assert stamped_since(site, before) == set()


def test_savepoint_stamps_when_it_is_kept(site: Runtime) -> None:
    def act(session: Session) -> None:
        with session.begin_nested():
            session.execute(update(Tag).where(Tag.id == 1).values(name="A"))
        with session.begin_nested() as lost:
            session.execute(update(Post).values(byline="C."))
            lost.rollback()
        session.execute(update(Tag).where(Tag.id == 2).values(name="B"))

    assert stamped(site, act) == {"tag:1", "tag:2", "tags"}


def test_statement_that_fails_stamps_nothing(site: Runtime) -> None:
    before = version_of(site)
    with site.database.writing() as session, pytest.raises(IntegrityError):
        session.execute(update(Post).where(Post.id == 2).values(slug="one"))
    assert stamped_since(site, before) == set()
