"""The same calls on SQLite and on a real PostgreSQL."""

import pytest
from werkzeug.test import Client

from api import create_app
from shared.domain.clients import approve_client, get_client
from shared.domain.permissions import SCOPE_PERMISSIONS
from tests.api.calls import Api, refused
from tests.api.conftest import SECRET
from tests.cast import work_of


@pytest.fixture
def caller(any_runtime) -> Api:
    """A client with every scope, that registered and took its token through the API."""
    api = Api(Client(create_app(any_runtime)))
    asked = {"name": "Everything", "type": "service", "secret": SECRET}
    made = api.post("/v1/client/register", **asked).json
    with any_runtime.database.writing() as session:
        work = work_of(session)
        approve_client(get_client(session, 1), scopes=SCOPE_PERMISSIONS, work=work)
        session.commit()
    body = {"grant_type": "client_credentials", "client_id": made["client_id"]}
    answer = api.post("/v1/client/token", **body, client_secret=SECRET)
    return Api(api.http, answer.json["access_token"])


def test_a_post_lives_on_both_databases(caller):
    caller.post("/v1/categories", name="Notes")
    made = caller.post(
        "/v1/posts", title="Flask 学习", tags=["实习"], categories=[1], markdown="Text"
    )
    assert made.status_code == 201
    changed = caller.patch("/v1/posts/1", version=1, summary="Sum", language="zh-Hans").json
    assert (changed["version"], changed["summary"]) == (2, "Sum")
    assert refused(caller.patch("/v1/posts/1", version=1, title="Late")) == (409, 1009)
    assert caller.send("POST", "/v1/posts/1/publish").json["status"] == "published"
    for query in (
        {"tag": "实习"},
        {"category": "notes"},
        {"category": "notes", "tag": "实习", "sort": "title"},
        {"language": "zh"},
        {"sort": "updated_at"},
        {"since": "2026-03-01T12:00:00Z", "until": "2026-03-01T12:00:01Z"},
    ):
        items = caller.get("/v1/posts", **query).json["items"]
        assert [item["title"] for item in items] == ["Flask 学习"], query
    hits = caller.get("/v1/search", q="学习").json["items"]
    assert [hit["id"] for hit in hits] == [1]
    assert caller.delete("/v1/posts/1").status_code == 200
    for status in ("draft", "scheduled", "expired", "published"):
        assert caller.get("/v1/posts", status=status).json["items"] == []
    assert len(caller.get("/v1/posts", status="trashed").json["items"]) == 1


@pytest.mark.parametrize("sort", ["-published_at", "published_at", "title", "-title"])
def test_pages_are_whole_on_both_databases(caller, sort):
    for title in ("b", "A", "学", "a", "B"):
        number = caller.post("/v1/posts", title=title).json["id"]
        caller.send("POST", f"/v1/posts/{number}/publish")
    seen, query = [], {"limit": 2, "sort": sort}
    while query:
        page = caller.get("/v1/posts", **query).json
        seen += [item["id"] for item in page["items"]]
        query = query | {"cursor": page["next"]} if page["next"] else None
    assert sorted(seen) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("path", ["/v1/posts/2147483647", "/v1/tags/2147483647"])
def test_largest_number_is_just_not_found(caller, path):
    assert refused(caller.get(path)) == (404, 1001)
