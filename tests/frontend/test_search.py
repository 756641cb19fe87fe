from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.cast import NOON


@pytest.fixture
def library(write):
    write(title="Hinges", body="A hinge joins two panels.", tags=("doors",))
    write(title="Panels", body="Oak, mostly.", at=NOON - timedelta(days=1))
    write(title="网站框架", body="用框架搭建网站，路由很重要。", at=NOON - timedelta(days=2))


def test_index_finds_and_marks(visit, library):
    page = visit("/search/?q=panel")
    assert sorted(page.titles) == ["Hinges", "Panels"]
    assert page.texts("p[@class='passage']/mark") == ["panels"]
    assert page.texts("p[@role='status']") == ["2 results for “panel”"]


def test_index_finds_two_characters_of_chinese(visit, library):
    page = visit("/search/?q=路由")
    assert (page.titles, page.texts("p[@class='passage']/mark")) == (["网站框架"], ["路由"])
    assert page.texts("p[@role='status']") == ["One result for “路由”"]


def test_index_is_for_people_not_for_engines(visit, library):
    page = visit("/search/?q=panel")
    assert page.meta("robots") == ["noindex"]
    form = page.one("form")
    assert (form.get("method"), form.get("action")) == ("get", "/search/")
    assert page.one("form//input").get("value") == "panel"


def test_index_without_results_suggests(visit, library):
    page = visit("/search/?q=zzz")
    assert page.texts("p[@role='status']") == ["Nothing found for “zzz”"]
    assert page.texts("section[@class='topics']//a") == ["doors"]
    assert page.texts("section[@class='recent']//h3") == ["Hinges", "Panels", "网站框架"]


def test_index_without_a_query_offers_the_form(visit, library):
    page = visit("/search/")
    assert (page.texts("p[@role='status']"), page.one("form//input").get("value")) == ([], "")


def test_index_escapes_what_was_asked(visit, library):
    asked = "\"><script>alert(1)</script> & 'x'"
    page = visit(f"/search/?q={quote(asked)}")
    assert page.one("form//input").get("value") == asked
    assert page.texts("p[@role='status']") == [f"Nothing found for “{asked}”"]
    assert [script.get("type") for script in page.all("script")] == ["module", "module"]


def test_index_reads_no_more_than_its_field_holds(visit, library):
    page = visit(f"/search/?q={'x' * 5000}")
    assert page.one("form//input").get("value") == "x" * 200


@pytest.mark.parametrize("query", ["*", '"', "NEAR(", "a AND", "^", "{x}", "-", "%00", "a:b"])
def test_index_takes_any_query(visit, library, query):
    assert visit(f"/search/?q={quote(query)}").texts("h1") == ["Search"]


def test_index_is_paged_and_keeps_the_query(visit, write, settle):
    settle(posts_per_page=2)
    for number in range(3):
        write(title=f"Panel 面板 {number}")
    page = visit("/search/?q=面板")
    assert page.texts("p[@role='status']") == ["3 results for “面板”"]
    assert page.links("nav[@class='turn']/a") == ["/search/?q=%E9%9D%A2%E6%9D%BF&page=2"]
    assert len(visit("/search/?q=面板&page=2").titles) == 1
    assert visit("/search/?q=面板&page=3", 404).titles == []


def test_index_finds_pages_too(visit, write):
    write(kind="page", title="About hinges", slug="about")
    assert visit("/search/?q=hinges").links("article//h2/a") == ["/about/"]


def test_a_passage_is_text_not_contents_or_markup(visit, write):
    body = "[TOC]\n\n## Marvel\n\nA **mar**vel, `a < b`, [linked](/x/)."
    write(title="Other", body=body)
    (passage,) = visit("/search/?q=linked").texts("p[@class='passage']")
    assert passage == "Marvel A marvel, a < b, linked."
