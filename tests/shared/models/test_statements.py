"""Lists of public posts are read from their indexes: no sorting, no walk from the other end."""

import pytest
from sqlalchemy import text

from shared.models.reading import Where
from shared.models.statements import NEIGHBOURS, list_statement
from tests.cast import NOON

COVERING = "SEARCH post USING COVERING INDEX ix_post_kind_published_at_id_expires_at"
TAGGED = "SEARCH post_tag USING COVERING INDEX ix_post_tag_tag_id_listed_at_post_id"
FILED = "SEARCH post_category USING COVERING INDEX ix_post_category_category_id_listed_at_post_id"


def plan(runtime, statement, **values) -> list[str]:
    """Return the steps by which SQLite runs a statement."""
    with runtime.database.reading() as session:
        compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": False})
        known = {"limit": 10, "offset": 0, "reach": 10, "now": str(NOON), **values}
        names = compiled.positiontup or []
        sql = "EXPLAIN QUERY PLAN " + str(compiled)
        bound = tuple(known.get(name, 1) for name in names)
        return [row[3] for row in session.connection().exec_driver_sql(sql, bound)]


@pytest.mark.parametrize(
    ("where", "step"),
    [
        (Where(), f"{COVERING} (kind=? AND published_at<?)"),
        (Where(since=NOON), f"{COVERING} (kind=? AND published_at>? AND published_at<?)"),
        (Where(tag_id=1), f"{TAGGED} (tag_id=? AND listed_at<?)"),
        (Where(category_ids=(1,)), f"{FILED} (category_id=? AND listed_at<?)"),
    ],
)
def test_a_list_is_read_in_order_from_its_index(runtime, where, step):
    steps = plan(runtime, list_statement(where.shape, html=False))
    assert step in steps


def test_categories_are_merged_from_their_indexes(runtime):
    where = Where(category_ids=(1, 2, 3))
    steps = plan(runtime, list_statement(where.shape, html=False))
    assert steps.count(f"{FILED} (category_id=? AND listed_at<?)") == 3


def test_an_authors_posts_are_merged_from_both_indexes(runtime):
    steps = plan(runtime, list_statement(Where(author_id=1).shape, html=False))
    own = "SEARCH post USING COVERING INDEX ix_post_author_id_kind_published_at_id_expires_at"
    others = "SEARCH post_author USING COVERING INDEX ix_post_author_user_id_listed_at_post_id"
    assert f"{own} (author_id=? AND kind=? AND published_at<?)" in steps
    assert f"{others} (user_id=? AND listed_at<?)" in steps


def test_neighbours_start_beside_the_post(runtime, clock):
    """With 1,000 posts, the middle one is found by as few steps as the newest."""
    from tests.cast import make_post, work_of

    with runtime.database.writing() as session:
        post = make_post(work_of(session, at=clock()))
        session.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                "INSERT INTO post (kind, version, title, slug, summary, body, html, excerpt, words,"
                " renderer, language, meta, byline, created_at, updated_at, published_at) "
                "SELECT kind, 1, title, slug || i, '', '', '', '', 0, 0, '', meta, '',"
                " created_at, updated_at, datetime(published_at, '-' || i || ' minutes')"
                " FROM post, n WHERE post.id = :id"
            ),
            {"id": post.id},
        )
        session.commit()
    newest, middle = (steps_to_neighbours(runtime, minutes) for minutes in (1, 500))
    assert middle < newest * 2


def steps_to_neighbours(runtime, minutes: int) -> int:
    """Count the instructions of SQLite's machine, in tens, that finding the neighbours takes."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    with runtime.database.reading() as session:
        connection = session.connection()
        place = session.execute(
            text("SELECT id, published_at FROM post ORDER BY published_at DESC LIMIT 1 OFFSET :n"),
            {"n": minutes},
        ).one()
        driver = connection.connection.dbapi_connection
        compiled = NEIGHBOURS.compile(session.get_bind())
        values = {"kind": "post", "before_at": place[1], "before_id": place[0], "now": str(NOON)}
        literal = {
            name: bind.value for name, bind in compiled.binds.items() if bind.value is not None
        }
        bound = [({**literal, **values})[name] for name in compiled.positiontup]
        driver.set_progress_handler(count, 10)
        driver.execute(str(compiled), bound).fetchall()
        driver.set_progress_handler(None, 0)
    return counted
