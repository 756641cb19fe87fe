"""Tags and categories through the API."""

import pytest

from shared.domain.posts import schedule
from shared.models import Post
from tests.api.calls import refused, wrong_fields
from tests.cast import NOON, make_post, work_of


@pytest.fixture
def curator(as_client):
    return as_client("tags:write", "categories:write")


def test_tag_is_created_read_changed_and_deleted(curator):
    made = curator.post("/v1/tags", name="  Flask  学习 ", description="Notes")
    assert (made.status_code, made.headers["Location"]) == (201, "/api/v1/tags/1")
    assert made.json == {
        "id": 1,
        "name": "Flask 学习",
        "slug": "flask-学习",
        "url": "http://localhost/list/flask-%E5%AD%A6%E4%B9%A0/",
        "description": "Notes",
        "updated_at": "2026-03-01T12:00:00Z",
        "version": 1,
    }
    assert curator.get("/v1/tags/1").json == made.json
    changed = curator.patch("/v1/tags/1", version=1, slug="flask", description=None).json
    assert (changed["slug"], changed["description"], changed["version"]) == ("flask", "", 2)
    assert curator.delete("/v1/tags/1").json["error_code"] == 0
    assert refused(curator.get("/v1/tags/1")) == (404, 1001)


def test_tags_of_drafts_are_for_those_who_read_drafts(curator, api, as_client, runtime, clock):
    with runtime.database.writing() as session:
        work = work_of(session)
        make_post(work, tags=("open", "secret"), published=False, slug="draft")
        make_post(work, tags=("open",), slug="public")
        later = make_post(work, tags=("later",), published=False, slug="later")
        schedule(later, NOON.replace(day=3), version=None, work=work)
        session.commit()
    reader, other = as_client("posts:read"), as_client("pages:read")

    def seen(caller):
        names = {item["name"]: item["id"] for item in caller.get("/v1/tags").json["items"]}
        found = [caller.get(f"/v1/tags/{number}").status_code for number in (1, 2, 3)]
        return sorted(names), sorted(found)

    everything = (["later", "open", "secret"], [200, 200, 200])
    assert [seen(caller) for caller in (reader, curator)] == [everything] * 2
    assert [seen(caller) for caller in (api, other)] == [(["open"], [200, 404, 404])] * 2
    clock.forward(days=3)
    assert seen(api) == (["later", "open"], [200, 200, 404])


def test_deleted_tag_leaves_its_posts(curator, api, runtime, people):
    with runtime.database.writing() as session:
        make_post(work_of(session, people.ann), tags=("One", "Two"))
        session.commit()
    curator.delete("/v1/tags/1")
    assert [tag["name"] for tag in api.get("/v1/posts/1").json["tags"]] == ["Two"]


def test_category_tree_is_built_moved_and_taken_down(curator, api):
    curator.post("/v1/categories", name="Notes")
    below = curator.post("/v1/categories", name="Python", parent_id=1).json
    assert (below["path"], below["parent_id"]) == ("notes/python", 1)
    assert below["url"] == "http://localhost/category/notes/python/"
    curator.patch("/v1/categories/1", version=1, slug="texts")
    assert api.get("/v1/categories/2").json["path"] == "texts/python"
    assert refused(curator.delete("/v1/categories/1")) == (409, 1009)
    moved = curator.patch("/v1/categories/2", version=1, parent_id=None)
    assert (moved.json["path"], moved.json["parent_id"]) == ("python", None)
    assert curator.delete("/v1/categories/1").status_code == 200
    assert [item["path"] for item in api.get("/v1/categories").json["items"]] == ["python"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"parent_id": 9}, "parent_id"),
        ({"parent_id": 1}, "parent_id"),
        ({"parent_id": 2}, "parent_id"),
        ({"parent_id": "2"}, "parent_id"),
        ({"slug": "other"}, "slug"),
        ({"name": " "}, "name"),
    ],
)
def test_category_refuses_what_would_break_the_tree(curator, body, field):
    curator.post("/v1/categories", name="Notes")
    curator.post("/v1/categories", name="Python", parent_id=1)
    curator.post("/v1/categories", name="Other")
    response = curator.patch("/v1/categories/1", version=1, **body)
    assert refused(response) == (422, 1000)
    assert wrong_fields(response) == [field]


@pytest.mark.parametrize("kind", ["tags", "categories"])
def test_taken_slug_stale_version_and_missing_version(curator, kind):
    curator.post(f"/v1/{kind}", name="A")
    curator.post(f"/v1/{kind}", name="B")
    assert wrong_fields(curator.patch(f"/v1/{kind}/2", version=1, slug="a")) == ["slug"]
    assert refused(curator.patch(f"/v1/{kind}/2", version=9, name="C")) == (409, 1009)
    assert refused(curator.patch(f"/v1/{kind}/2", name="C")) == (428, 1000)
    assert refused(curator.patch(f"/v1/{kind}/7", version=1, name="C")) == (404, 1001)


@pytest.mark.parametrize("kind", ["tags", "categories"])
def test_writing_needs_the_scope_of_the_kind(as_client, api, kind):
    assert refused(api.post(f"/v1/{kind}", name="A")) == (401, 1005)
    response = as_client("posts:write").post(f"/v1/{kind}", name="A")
    assert refused(response) == (403, 1004)
    assert f"{kind}:write" in response.json["msg"]


@pytest.mark.parametrize("kind", ["tags", "categories"])
def test_lists_are_paged_by_slug(curator, kind):
    for name in "dbcae":
        curator.post(f"/v1/{kind}", name=name)
    first = curator.get(f"/v1/{kind}", limit=3)
    assert [item["slug"] for item in first.json["items"]] == ["a", "b", "c"]
    rest = curator.get(f"/v1/{kind}", limit=3, cursor=first.json["next"])
    assert [item["slug"] for item in rest.json["items"]] == ["d", "e"]
    assert rest.json["next"] is None


def test_post_in_a_category_keeps_its_number_when_that_moves(curator, api, runtime, people):
    curator.post("/v1/categories", name="Notes")
    with runtime.database.writing() as session:
        make_post(work_of(session, people.ann), categories=(1,))
        session.commit()
    curator.patch("/v1/categories/1", version=1, name="Texts", slug="texts")
    shown = api.get("/v1/posts", category="texts").json["items"]
    assert [item["categories"] for item in shown] == [[{"name": "Texts", "path": "texts"}]]
    with runtime.database.reading() as session:
        assert session.get_one(Post, 1).version == 2
