from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import NOON


@pytest.fixture
def years(write):
    write(title="Early", at=datetime(2019, 1, 8, 9, tzinfo=UTC))
    write(title="Later", at=datetime(2019, 1, 9, 9, tzinfo=UTC))
    write(title="Spring", at=datetime(2019, 4, 1, tzinfo=UTC))
    write(title="New year", at=datetime(2021, 12, 31, 20, tzinfo=UTC))


def test_index_groups_by_month(visit, years):
    page = visit("/archive/")
    assert page.texts("section/h2") == ["December 2021", "April 2019", "January 2019"]
    assert page.texts("section/ul/li") == [
        "31 Dec New year",
        "1 Apr Spring",
        "9 Jan Later",
        "8 Jan Early",
    ]


def test_index_links_only_years_that_have_posts(visit, years):
    assert visit("/archive/").texts("nav[@class='years']//a") == ["2021", "2019"]


def test_months_and_years_are_those_of_the_sites_zone(visit, years, settle):
    settle(timezone="Asia/Shanghai", language="zh-Hans")
    page = visit("/archive/2022/")
    assert page.texts("section/h2") == ["2022年1月"]
    assert page.texts("section/ul/li") == ["1月1日 New year"]
    assert page.texts("nav[@class='years']//a[@aria-current='page']") == ["2022"]


def test_year_shows_that_year_alone(visit, years):
    page = visit("/archive/2019/")
    assert (page.texts("h1"), page.titles) == (["2019"], ["Spring", "Later", "Early"])


def test_a_full_year_is_paged(visit, write, monkeypatch):
    monkeypatch.setattr("frontend.views.archive.SIZE", 2)
    for hours in range(3):
        write(title=f"Post {hours}", at=NOON - timedelta(hours=hours))
    pages = [visit("/archive/2026/"), visit("/archive/2026/?page=2")]
    assert [page.titles for page in pages] == [["Post 0", "Post 1"], ["Post 2"]]
    assert pages[0].rel("next") == ["/archive/2026/?page=2"]


@pytest.mark.parametrize("year", ["2020", "1066", "9999", "0000", "19", "20190"])
def test_other_years_are_missing(visit, years, year):
    assert visit(f"/archive/{year}/", 404).titles == []


def test_index_without_posts_says_so(visit):
    page = visit("/archive/")
    assert page.texts("p[@class='lede']") == ["Nothing has been published yet."]
    assert page.all("nav[@class='years']") == []
