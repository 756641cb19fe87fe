"""Columns, filters and views that a person chooses: remembered, in the URL, and theirs alone."""

from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from admin import create_app
from shared.domain.posts import content_of, save_post
from tests.admin.content import add_category, change, write
from tests.admin.counting import counted
from tests.admin.lists import fill, read_list
from tests.admin.signing_in import enter
from tests.cast import NOON


@pytest.fixture
def ann(any_runtime):
    return enter(create_app(any_runtime), "Ann")


def choose(browser, names, path="/page/columns/", **more):
    form = browser.get(path).page.forms[-1]
    fields = MultiDict(form.fields)
    fields.setlist("order", [*names, *(n for n in fields.getlist("order") if n not in names)])
    fields.setlist("column", names)
    return browser.send(path, MultiDict([*fields.items(multi=True), *more.items()]))


def heads(browser, path="/page/"):
    rows = read_list(browser, path).rows
    return list(rows[0]) if rows else []


def test_columns_are_chosen_ordered_and_remembered_for_each_person(any_runtime):
    app = create_app(any_runtime)
    ann, ben = enter(app, "Ann"), enter(app, "Ben")
    category = add_category(any_runtime, "Life")
    write(any_runtime, title="One", tags=("b", "a"), categories=(category,), language="en")
    answer = choose(ann, ["tags", "words", "categories", "revisions", "language"])

    assert (answer.status, answer.location) == (303, "/page/")
    [row] = read_list(ann, "/page/").rows
    assert list(row) == ["Title", "Tags", "Words", "Categories", "Revisions", "Language"]
    assert list(row.values())[1:] == ["a, b", "3", "Life", "1", "en"]
    assert heads(ben) == ["Title", "Status", "Author", "Published", "Changed"]
    assert heads(ann, "/page/?status=published") == list(row)

    choose(ann, [], usual="1")
    assert heads(ann) == heads(ben)


def test_columns_are_moved_without_scripts_before_they_are_stored(ann, any_runtime):
    write(any_runtime)
    page = ann.get("/page/columns/").page
    fields = MultiDict(page.forms[-1].fields)
    fields.setlist("column", ["status", "author"])
    moved = ann.send(
        "/page/columns/", MultiDict([*fields.items(multi=True), ("move", "author:up")])
    )

    order = moved.page.forms[-1].fields.getlist("order")
    assert order[:3] == ["title", "author", "status"]
    assert heads(ann)[1] == "Status"
    ann.send("/page/columns/", moved.page.forms[-1].fields)
    assert heads(ann) == ["Title", "Author", "Status"]


@pytest.mark.parametrize("names", [["nothing"], ["body"], ["title", "title"]])
def test_unknown_columns_are_passed_over(ann, any_runtime, names):
    write(any_runtime)
    choose(ann, names)

    assert heads(ann)[0] == "Title"
    assert "body" not in heads(ann)


def save_again(post, work):
    save_post(post, content_of(post), version=None, work=work)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("has_tags=yes", ["Tagged"]),
        ("has_tags=no", ["Changed", "Filed", "Told"]),
        ("has_category=yes", ["Filed"]),
        ("has_summary=yes", ["Told"]),
        ("has_summary=no&has_tags=no", ["Changed", "Filed"]),
        ("has_changes=yes", ["Changed"]),
        ("has_changes=no", ["Filed", "Tagged", "Told"]),
        ("language=zh-Hans", ["Told"]),
        ("has_tags=perhaps", ["Changed", "Filed", "Tagged", "Told"]),
        ("q=told&has_summary=yes", ["Told"]),
        ("q=told&has_summary=no", []),
    ],
)
def test_has_and_has_not(ann, any_runtime, query, found):
    write(any_runtime, title="Tagged", tags=("a",))
    write(any_runtime, title="Filed", categories=(add_category(any_runtime, "Life"),))
    write(any_runtime, title="Told", summary="In short.", language="zh-Hans")

    number = write(any_runtime, title="Changed")
    change(any_runtime, number, save_again)
    page = read_list(ann, f"/page/?{query}&sort=title")

    assert [row["Title"].split()[0] for row in page.rows] == found
    assert page.count == str(len(found))


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2026-02-27..2026-02-28", ["27", "28"]),
        ("2026-02-28..", ["28", "01"]),
        ("..2026-02-25", ["25"]),
        ("2026-02-30..", ["25", "26", "27", "28", "01"]),
        ("rubbish", ["25", "26", "27", "28", "01"]),
        ("..", ["25", "26", "27", "28", "01"]),
    ],
)
def test_days_are_those_of_the_sites_zone(ann, any_runtime, value, days):
    fill(any_runtime, 20, published_at=lambda n: NOON - timedelta(days=n // 4))
    page = read_list(ann, f"/page/?published={value}")

    assert {row["Published"][8:10] for row in page.rows} == set(days)


def test_dates_sort_the_list_unless_another_order_is_asked(ann, any_runtime):
    fill(any_runtime, 30)
    form = ann.get("/page/filter/").page.forms[-1]
    fields = {"published.from": "2026-02-27", "published.to": "2026-02-28"}
    answer = ann.get(form.action, query_string={**form.fields, **fields})

    assert "2026-02-27 to 2026-02-28" in answer.page.text
    dated = read_list(ann, "/page/?published=2026-02-27..2026-02-28")
    assert dated.sorted["Published"] == "descending"
    by_title = read_list(ann, "/page/?published=2026-02-27..2026-02-28&sort=title")
    assert by_title.sorted["Title"] == "ascending"


def test_chips_name_each_filter_and_lead_to_the_list_without_it(ann, any_runtime):
    category = add_category(any_runtime, "Life & work")
    write(any_runtime, categories=(category,))
    html = ann.get(f"/page/?category={category}&author=2&status=published&q=quiet").page.html

    assert "Category: <b>Life &amp; work</b>" in html
    assert "Author: <b>Ben</b>" in html
    assert "Status: <b>Published</b>" in html
    assert f'href="?q=quiet&amp;status=published&amp;category={category}"><span>Author' in html
    assert f'href="?status=published&amp;author=2&amp;category={category}"' in html


def test_filter_page_shows_what_is_on_and_keeps_the_rest(ann, any_runtime):
    add_category(any_runtime, "Life")
    page = ann.get("/page/filter/?q=x&author=2&sort=title&published=2026-01-01..").page
    sent = page.forms[-1].fields

    assert sent["author"] == "2"
    assert (sent["published.from"], sent["published.to"]) == ("2026-01-01", "")
    assert (sent["q"], sent["sort"]) == ("x", "title")


def test_search_finds_words_of_the_text_and_titles_of_drafts(ann, any_runtime):
    write(any_runtime, title="Public", body="About *elephants*, at length.")
    write(any_runtime, title="An elephant in draft", published=False)
    write(any_runtime, title="Other", body="Nothing", published=False)
    page = read_list(ann, "/page/?q=elephant&sort=title")

    assert [row["Title"].split(" an-")[0] for row in page.rows] == [
        "An elephant in draft",
        "Public public",
    ]
    assert read_list(ann, "/pages/?q=elephant").rows == []


def test_costly_condition_is_counted_within_a_walk_only(ann, any_runtime):
    fill(any_runtime, 2_100)
    page = read_list(ann, "/page/?has_tags=no")

    assert (page.count, len(page.ids)) == ("1,000+", 20)
    assert read_list(ann, "/page/?has_tags=yes").count == "0+"


def test_a_full_list_with_every_column_makes_few_queries(as_, runtime):
    ann, any_runtime = as_("Ann"), runtime
    category = add_category(any_runtime, "Life")
    for number in range(3):
        write(any_runtime, title=f"Post {number}", tags=("t",), categories=(category,))
    choose(ann, ["tags", "categories", "revisions"])
    with counted(any_runtime) as statements:
        ann.get(f"/page/?q=post&category={category}&author=2&tag=t&has_tags=yes&status=published")

    assert len(statements) <= 8, "\n".join(statements)
