from datetime import UTC, datetime

import pytest

from admin.transfer.jekyll.config import Config
from admin.transfer.jekyll.permalinks import (
    expand,
    file_address,
    page_address,
    post_address,
    same_page,
    slug_of,
)

AT = datetime(2019, 1, 8, 9, 5, 7, tzinfo=UTC)


def address(pattern: str, **over) -> str:
    facts = {"name": "flask学习", "moment": AT, "categories": ("Web", "Py thon")} | over
    return post_address(Config({"permalink": pattern}), **facts)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("date", "/web/py thon/2019/01/08/flask学习.html"),
        ("pretty", "/web/py thon/2019/01/08/flask学习/"),
        ("ordinal", "/web/py thon/2019/008/flask学习.html"),
        ("weekdate", "/web/py thon/2019/W02/Tue/flask学习.html"),
        ("none", "/web/py thon/flask学习.html"),
        ("/:year/:i_month/:i_day/:title", "/2019/1/8/flask学习"),
        ("/news/:short_year/:month/:day/:slug/", "/news/19/01/08/flask学习/"),
        ("/:slugified_categories/:title:output_ext", "/web/py-thon/flask学习.html"),
        ("/:short_month-:long_month/:short_day-:long_day/", "/Jan-January/Tue-Tuesday/"),
        ("/:w_year/:week/:w_day/:y_day/", "/2019/02/2/008/"),
        ("/:hour:minute:second/:name/:collection/", "/090507/flask学习/posts/"),
        ("/:title_more/:unknown/", "/flask学习_more/:unknown/"),
        ("no-slash/../:title", "/no-slash/flask学习"),
    ],
)
def test_address_follows_the_sites_pattern(pattern, path):
    assert address(pattern) == path


def test_address_without_categories_leaves_no_double_slash():
    assert address("date", categories=()) == "/2019/01/08/flask学习.html"


def test_address_lies_in_the_sites_zone():
    late = datetime(2019, 1, 8, 23, 30, tzinfo=UTC)
    east = Config({"permalink": "/:year/:month/:day/", "timezone": "Asia/Shanghai"})
    assert post_address(east, name="x", moment=late, categories=()) == "/2019/01/09/"


def test_address_takes_the_slug_of_the_front_matter():
    assert address("/:title/", slug="Own Slug") == "/Own-Slug/"
    assert address("/:slug/", slug="Own Slug") == "/own-slug/"


def test_pattern_of_the_collection_goes_before_the_sites():
    config = Config({"permalink": "pretty", "collections": {"posts": {"permalink": "/n/:title/"}}})
    assert post_address(config, name="x", moment=AT, categories=()) == "/n/x/"


@pytest.mark.parametrize(
    ("text", "pretty", "slug"),
    [
        ("Hello, World_2.0!", False, "hello-world-2-0"),
        ("Hello, World_2.0!", True, "Hello,-World_2.0!"),
        ("jekyll-sass-converter-3.0", True, "jekyll-sass-converter-3.0"),
        ("--实习 报告--", False, "实习-报告"),
    ],
)
def test_slug_is_made_as_jekyll_makes_it(text, pretty, slug):
    assert slug_of(text, pretty=pretty) == slug


@pytest.mark.parametrize(
    ("permalink", "path", "address"),
    [
        ("date", "about.md", "/about.html"),
        ("pretty", "about.md", "/about/"),
        ("/:year/:title/", "about.md", "/about/"),
        ("date", "docs/index.md", "/docs/"),
        ("date", "index.md", "/"),
        ("date", "docs/a/b.markdown", "/docs/a/b.html"),
    ],
)
def test_page_lies_where_its_file_does(permalink, path, address):
    assert page_address(Config({"permalink": permalink}), path) == address


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("_docs/history.md", "/docs/history/"),
        ("_talks/2019/one.md", "/talks/2019/one.html"),
        ("assets/cv.pdf", "/assets/cv.pdf"),
        ("about.md", "/about.html"),
        ("news/index.html", "/news/"),
    ],
)
def test_linked_file_has_the_address_of_its_collection(path, address):
    config = Config({"collections": {"docs": {"permalink": "/:collection/:path/"}}})
    assert file_address(config, path) == address


@pytest.mark.parametrize("path", ["/a", "/a/", "/a.html", "/a/index.html"])
def test_forms_of_one_page_are_one(path):
    assert same_page(path) == "/a"
    assert same_page("/index.html") == same_page("/") == "/"


def test_pattern_cannot_climb_out():
    assert expand("/../../:title//x", {"title": "a"}) == "/a/x"
