"""Lists of public posts: the right ones, in order, by few queries."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from shared.domain.taxonomy import ensure_category
from shared.domain.work import Work
from shared.models import Category, Post, Tag
from shared.models.reading import (
    Label,
    Where,
    find_neighbours,
    list_by_ids,
    list_public,
    subtree,
)
from shared.runtime import Runtime
from tests.cast import NOON, Cast, make_post, work_of

HOUR = timedelta(hours=1)


@pytest.fixture
def work(any_runtime: Runtime) -> Iterator[Work]:
    """Six posts an hour apart, newest first `5 … 0`, in tags, categories and by two authors."""
    with any_runtime.database.writing() as session:
        cast = Cast.load(session)
        made = work_of(session, cast.ben)
        world = ensure_category(["News", "World"], work=made)
        news = session.scalars(select(Category).where(Category.path == "news")).one()
        for number in range(6):
            make_post(
                made,
                title=str(number),
                tags=("even",) if number % 2 == 0 else ("odd", "b"),
                categories=(world.id,) if number < 3 else (news.id, world.id),
                author_id=cast.cy.id if number == 4 else None,
                at=NOON - (6 - number) * HOUR,
            )
        make_post(made, kind="page", title="About")
        make_post(made, title="Draft", published=False)
        yield made


def titles(session: Session, where: Where = Where(), **options: int) -> str:  # noqa: B008 - frozen
    found = list_public(session, where, now=NOON, **({"limit": 10} | options))
    return "".join(item.title for item in found)


def test_list_is_newest_first_and_pages(work: Work) -> None:
    session = work.session
    assert titles(session) == "543210"
    assert titles(session, limit=2, offset=2) == "32"


def test_list_narrowed_by_each_field(work: Work) -> None:
    session = work.session
    tag = session.scalars(select(Tag.id).where(Tag.slug == "even")).one()
    categories = {item.path: item for item in session.scalars(select(Category))}
    cy = Cast.load(session).cy.id
    assert titles(session, Where(tag_id=tag)) == "420"
    assert titles(session, Where(tag_id=tag), limit=1, offset=1) == "2"
    assert titles(session, Where(category_ids=[categories["news"].id])) == "543"
    assert titles(session, Where(category_ids=subtree(session, categories["news"]))) == "543210"
    assert titles(session, Where(author_id=cy)) == "4"
    assert titles(session, Where(since=NOON - 3 * HOUR, until=NOON - HOUR)) == "43"
    assert titles(session, Where(kind="page")) == "About"


def test_keyset_bound_goes_on_where_the_page_before_ended(work: Work) -> None:
    first = list_public(work.session, now=NOON, limit=3)
    bound = (first[-1].published_at, first[-1].id)
    assert titles(work.session, Where(before=bound)) == "210"


def test_summary_says_who_and_where(work: Work) -> None:
    item = list_public(work.session, now=NOON, limit=1, html=True)[0]
    assert (item.author, item.tags, item.categories) == (
        Label("Ben", "ben"),
        (Label("b", "b"), Label("odd", "odd")),
        (Label("News", "news"), Label("World", "news/world")),
    )
    assert item.html == "<p>Nothing <em>happened</em> today.</p>\n"


def test_any_page_of_a_list_takes_two_queries(work: Work) -> None:
    work.flush()
    seen: list[str] = []
    engine = work.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    list_public(work.session, now=NOON, limit=10)
    assert len(seen) == 2


def test_list_by_ids_keeps_their_order(work: Work) -> None:
    ids = [item.id for item in list_public(work.session, now=NOON, limit=10)][1:4]
    shuffled = [ids[2], ids[0], ids[1]]
    assert [item.id for item in list_by_ids(work.session, [*shuffled, 999])] == shuffled
    assert list_by_ids(work.session, []) == []


def test_neighbours_are_the_posts_before_and_after(work: Work) -> None:
    def around(title: str) -> tuple[str | None, str | None]:
        post = work.session.scalars(select(Post).where(Post.title == title)).one()
        older, newer = find_neighbours(work.session, post, now=NOON)
        return (older.name if older else None, newer.name if newer else None)

    assert [around(title) for title in "053"] == [(None, "1"), ("4", None), ("2", "4")]
