"""Search through the API finds what is public, in both languages, a page at a time."""

import pytest

from tests.api.calls import refused, wrong_fields
from tests.cast import make_post, work_of


@pytest.fixture
def texts(runtime, people):
    with runtime.database.writing() as session:
        work = work_of(session, people.ann)
        make_post(work, title="Flask 学习", body="用 Flask 写一个博客 <b>&</b> 学习路由。")
        make_post(work, title="Nothing", body="Of <script>alert(1)</script> flasks & bottles.")
        make_post(work, title="Flask draft", published=False)
        make_post(work, title="About flask", kind="page", slug="about")
        session.commit()


def test_search_finds_posts_and_pages_with_marked_passages(api, texts):
    found = api.get("/v1/search", q="学习").json
    assert (found["total"], found["next"]) == (1, None)
    (hit,) = found["items"]
    assert (hit["title"], hit["kind"], hit["status"]) == ("Flask 学习", "post", "published")
    assert "<mark>学习</mark>" in hit["snippet"]
    assert {"markdown", "html", "version"} & set(hit) == set()


def test_snippets_are_escaped(api, texts):
    (hit,) = api.get("/v1/search", q="bottles").json["items"]
    assert "<script" not in hit["snippet"]
    assert "&amp; <mark>bottles</mark>" in hit["snippet"]


def test_drafts_are_not_found(api, writer, texts):
    expected = {"Flask 学习", "Nothing", "About flask"}
    for caller in (api, writer):
        found = caller.get("/v1/search", q="flask").json["items"]
        assert {item["title"] for item in found} == expected


def test_search_is_paged(api, texts):
    ids, query = [], {"q": "flask", "limit": 2}
    first = api.get("/v1/search", **query)
    assert first.headers["Link"].startswith("</api/v1/search?q=flask&limit=2&cursor=")
    second = api.get("/v1/search", **query, cursor=first.json["next"])
    for page in (first, second):
        ids += [item["id"] for item in page.json["items"]]
    assert sorted(ids) == [1, 2, 4]
    assert second.json["next"] is None


def test_cursor_of_another_search_is_refused(api, texts):
    cursor = api.get("/v1/search", q="flask", limit=1).json["next"]
    assert wrong_fields(api.get("/v1/search", q="nothing", cursor=cursor)) == ["cursor"]


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "x" * 201}, {"q": "\0"}])
def test_search_for_nothing_is_refused(api, query):
    response = api.get("/v1/search", **query)
    assert refused(response) == (400, 1000)
    assert wrong_fields(response) == ["q"]


@pytest.mark.parametrize("q", ["*", '"', "a AND", "NEAR(", "'; DROP TABLE post; --", "的", "��"])
def test_odd_queries_find_nothing_and_break_nothing(api, texts, q):
    found = api.get("/v1/search", q=q)
    assert found.status_code == 200
    assert found.json["next"] is None
