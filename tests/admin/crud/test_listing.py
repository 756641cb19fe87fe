"""Lists: order, paging by place, search and filters, on SQLite and PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from admin import create_app
from shared.models import PostTag, Tag
from tests.admin.lists import every_page, fill, read_list
from tests.admin.signing_in import enter
from tests.cast import NOON


@pytest.fixture
def ann(any_runtime):
    return enter(create_app(any_runtime), "Ann")


@pytest.mark.parametrize("sort", ["title", "-title", "updated_at", "-updated_at", "-published_at"])
def test_every_row_comes_once_under_equal_values(ann, any_runtime, sort):
    made = fill(any_runtime, 65)
    pages = every_page(ann, f"/page/?sort={sort}")
    seen = [number for page in pages for number in page.ids]

    assert sorted(seen) == sorted(made)
    assert [len(page.ids) for page in pages] == [20, 20, 20, 5]
    assert {page.count for page in pages} == {"65"}
    assert seen == [
        number for page in every_page(ann, f"/page/?sort={sort}") for number in page.ids
    ]


def test_rows_without_a_value_come_last_in_either_direction(ann, any_runtime):
    made = fill(any_runtime, 50, published_at=lambda n: NOON - timedelta(n) if n % 2 else None)
    dated, undated = made[1::2], made[0::2]

    for sort, first in (("published_at", dated[::-1]), ("-published_at", dated)):
        seen = [number for page in every_page(ann, f"/page/?sort={sort}") for number in page.ids]
        assert seen[:25] == first
        assert sorted(seen[25:]) == undated


def test_going_back_shows_the_same_pages(ann, any_runtime):
    fill(any_runtime, 65, published_at=lambda n: NOON - timedelta(n) if n % 2 else None)
    there = every_page(ann, "/page/?sort=-published_at")
    back = [there[-1]]
    while back[-1].previous:
        back.append(read_list(ann, back[-1].previous))

    assert [page.ids for page in reversed(back)] == [page.ids for page in there]
    assert there[0].previous == ""


def test_page_stays_where_it_is_while_others_write(ann, any_runtime):
    fill(any_runtime, 45)
    first = read_list(ann, "/page/?sort=title")
    second = read_list(ann, first.next)
    fill(any_runtime, 3, title=lambda _: "A first one", slug=lambda n: f"later-{n}")

    assert read_list(ann, first.next).ids == second.ids


def test_counting_stops_at_a_thousand(ann, any_runtime):
    fill(any_runtime, 1_001)

    assert read_list(ann, "/page/").count == "1,000+"
    assert read_list(ann, "/page/?q=post").count == "1,000+"
    assert read_list(ann, "/page/?q=post+01").count == "100"


def test_many_found_are_walked_and_few_are_sorted_alike(ann, any_runtime):
    ids = fill(any_runtime, 1_050)
    with any_runtime.database.writing() as session:
        for slug, tagged in (("many", ids[:1_020]), ("few", ids[500:530])):
            tag = Tag(name=slug, slug=slug, created_at=NOON, updated_at=NOON)
            session.add(tag)
            session.flush()
            session.execute(
                insert(PostTag),
                [{"post_id": n, "tag_id": tag.id, "listed_at": None} for n in tagged],
            )
        session.commit()
    many = every_page(ann, "/page/?tag=many&sort=updated_at")
    few = every_page(ann, "/page/?tag=few&sort=updated_at")

    assert many[0].count == "1,000+"
    assert sorted(n for page in many for n in page.ids) == ids[:1_020]
    assert few[0].count == "30"
    assert sorted(n for page in few for n in page.ids) == ids[500:530]
    titles = [title for page in many for title in page.column("Title")]
    assert [title.split()[1] for title in titles] == sorted(
        (title.split()[1] for title in titles), reverse=True
    )
    assert every_page(ann, "/page/?tag=many&tag=few&status=trashed")[0].count == "0"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("learn", ["Learning Flask"]),
        ("LEARN flask", []),
        ("学习", ["Flask 学习笔记"]),
        ("习", ["Flask 学习笔记"]),
        ("flask", ["Flask 学习笔记", "Learning Flask"]),
        ("100%", ["100% done"]),
        ("_", ["snake_case"]),
        ("  100%   done ", ["100% done"]),
        ("'; DROP TABLE post", []),
    ],
)
def test_search_finds_words_within_titles(ann, any_runtime, words, found):
    titles = ["Learning Flask", "Flask 学习笔记", "100% done", "snake_case", "Quiet"]
    fill(any_runtime, 5, title=lambda n: titles[n])
    answer = ann.get("/page/", query_string={"q": words, "sort": "title"})

    assert [title for title in titles if f">{title}</a>" in answer.page.html] == [
        title for title in titles if title in found
    ]


@pytest.mark.parametrize(
    "query",
    [
        "sort=body",
        "sort=-password_hash",
        "sort=",
        "after=%00",
        "before=W10",
        "after=WyJ4IiwxXQ",
        "q=%00",
    ],
)
def test_odd_parameter_is_passed_over(ann, any_runtime, query):
    made = fill(any_runtime, 25)

    assert read_list(ann, f"/page/?{query}").ids == read_list(ann, "/page/").ids
    assert len(made) == 25


@pytest.mark.parametrize("query", ["author=x", "author=99999999999", "status=odd", "tag=none"])
def test_senseless_filter_finds_nothing(ann, any_runtime, query):
    fill(any_runtime, 3)

    assert read_list(ann, f"/page/?{query}").ids == []
    assert "Nothing matches." in ann.get(f"/page/?{query}").page.text


def test_headings_say_the_order_and_turn_it(ann, any_runtime):
    fill(any_runtime, 2)
    page = read_list(ann, "/page/?sort=title&status=published")

    assert page.sorted == {"Title": "ascending", "Published": "none", "Changed": "none"}
    assert 'href="?status=published&amp;sort=-title"' in page.html
    assert 'href="?status=published&amp;sort=updated_at"' in page.html
