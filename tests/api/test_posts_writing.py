"""Writing posts and pages: each call is one transaction of the same verbs as the console's."""

import pytest
from sqlalchemy import func, select

from shared.models import AuditEvent, Category, Post, Tag
from tests.api.calls import PATCH, refused, wrong_fields
from tests.cast import NOON, make_post, work_of

EVERYTHING = {
    "title": "Flask 学习",
    "slug": "flask-学习",
    "markdown": "# One\n\nTwo",
    "summary": "About Flask.",
    "language": "zh-Hans",
    "byline": "The editors",
    "tags": ["Flask", "学习"],
    "meta": {"source": {"id": 7, "ok": True}},
    "cover": "/media/2026/flask.png",
    "cover_alt": "A flask",
    "cover_x": 10,
    "cover_y": 90,
    "seo_title": "Learn Flask",
    "seo_description": "In an evening.",
    "social_title": "Flask!",
    "social_description": "Read this.",
    "social_image": "https://example.org/flask.png",
    "canonical": "https://example.org/flask/",
    "comments": "off",
    "template": "wide",
    "noindex": True,
}


@pytest.mark.parametrize("kind", ["post", "page"])
def test_create_makes_a_draft_of_everything_given(as_client, api, kind):
    client = as_client(f"{kind}s:write")
    response = client.post(f"/v1/{kind}s", **EVERYTHING)
    assert response.status_code == 201
    assert response.headers["Location"] == f"/api/v1/{kind}s/1"
    made = response.json
    assert {name: made[name] for name in EVERYTHING if name != "tags"} == {
        name: value for name, value in EVERYTHING.items() if name != "tags"
    }
    assert made["tags"] == [{"name": "Flask", "slug": "flask"}, {"name": "学习", "slug": "学习"}]
    assert (made["status"], made["version"], made["published_at"]) == ("draft", 1, None)
    assert made["html"] == '<h1 id="one">One</h1>\n<p>Two</p>\n'
    assert refused(api.get(f"/v1/{kind}s/1")) == (404, 1001)


def test_people_and_translations_are_named_by_id(as_client, api, people):
    client = as_client("posts:write", "posts:publish", user=people.ben)
    client.post("/v1/posts", title="One", coauthors=[people.cy.id], language="en")
    client.post("/v1/posts", title="Eins", translation_of=1, language="de")
    both = [{"name": "Ben", "slug": "ben"}, {"name": "Cy", "slug": "cy"}]
    drafted = client.get("/v1/posts/1", view="working").json
    assert (drafted["authors"], drafted["coauthors"]) == (both, [people.cy.id])
    for number in (1, 2):
        client.send("POST", f"/v1/posts/{number}/publish")
    assert api.get("/v1/posts/2").json["translation_of"] == 1
    assert [item["title"] for item in api.get("/v1/posts", author="cy").json["items"]] == ["One"]
    shown = client.get("/v1/posts/1").json
    assert (shown["authors"], shown["coauthors"]) == (both, [people.cy.id])
    wrong = client.patch("/v1/posts/1", version=2, coauthors=[99], translation_of=99)
    assert wrong_fields(wrong) == ["coauthors", "translation_of"]


def test_publication_ends_when_it_is_told_to(as_client, api, clock):
    client = as_client("posts:write", "posts:publish")
    client.post("/v1/posts", title="One")
    end = "2026-03-02T12:00:00Z"
    send = lambda **body: client.send("POST", "/v1/posts/1/publish", json=body)  # noqa: E731 - short
    assert send(until=end).json["expires_at"] == end
    assert send(at="2026-01-01T12:00:00Z").json["expires_at"] == end
    assert refused(send(until="2026-02-01T12:00:00Z")) == (422, 1000)
    clock.forward(days=1)
    assert refused(api.get("/v1/posts/1")) == (404, 1001)
    assert send(until=None).json["status"] == "published"


def test_every_write_is_on_record(writer, runtime):
    writer.post("/v1/posts", title="A")
    writer.patch("/v1/posts/1", version=1, title="B")
    writer.send("POST", "/v1/posts/1/publish")
    writer.send("POST", "/v1/posts/1/unpublish")
    writer.delete("/v1/posts/1")
    with runtime.database.reading() as session:
        events = session.scalars(
            select(AuditEvent).where(AuditEvent.object_kind == "post").order_by(AuditEvent.number)
        ).all()
        assert [event.action for event in events] == [
            "post.created",
            "post.saved",
            "post.published",
            "post.unpublished",
            "post.trashed",
        ]
        assert {(event.actor_kind, event.actor_name) for event in events} == {
            ("client", "Newsletter")
        }


def test_life_of_a_post(writer, api):
    made = writer.post("/v1/posts", title="A").json
    saved = writer.patch("/v1/posts/1", version=made["version"], markdown="Text")
    assert (saved.status_code, saved.json["markdown"]) == (200, "Text")
    shown = writer.post("/v1/posts/1/publish", version=saved.json["version"]).json
    assert (shown["status"], shown["published_at"]) == ("published", "2026-03-01T12:00:00Z")
    assert api.get("/v1/posts/1").json["html"] == "<p>Text</p>\n"
    assert writer.send("POST", "/v1/posts/1/unpublish").json["status"] == "draft"
    assert refused(api.get("/v1/posts/1")) == (404, 1001)
    assert writer.delete("/v1/posts/1").json == {
        "error_code": 0,
        "msg": "ok",
        "request": "DELETE /v1/posts/1",
    }
    assert writer.get("/v1/posts/1").json["status"] == "trashed"


def test_patch_changes_only_what_it_names(writer):
    writer.post("/v1/posts", **EVERYTHING)
    changed = writer.patch("/v1/posts/1", version=1, title="New").json
    assert changed["title"] == "New"
    same = set(EVERYTHING) - {"title", "tags"}
    assert {name: changed[name] for name in same} == {name: EVERYTHING[name] for name in same}


def test_patch_by_null_gives_the_default_again(writer):
    writer.post("/v1/posts", **EVERYTHING)
    changed = writer.patch(
        "/v1/posts/1", version=1, summary=None, tags=None, meta={"source": {"id": None}, "new": []}
    ).json
    assert (changed["summary"], changed["tags"]) == ("", [])
    assert changed["meta"] == {"source": {"ok": True}, "new": []}


def test_patch_to_nothing_that_is_needed_is_refused(writer):
    writer.post("/v1/posts", title="A")
    response = writer.patch("/v1/posts/1", version=1, title=None)
    assert refused(response) == (422, 1000)
    assert wrong_fields(response) == ["title"]


def test_patch_without_version_is_428(writer):
    writer.post("/v1/posts", title="A")
    response = writer.patch("/v1/posts/1", title="B")
    assert refused(response) == (428, 1000)
    assert wrong_fields(response) == ["version"]


def test_stale_patch_is_1009_and_changes_nothing(writer):
    writer.post("/v1/posts", title="A")
    writer.patch("/v1/posts/1", version=1, title="B")
    response = writer.patch("/v1/posts/1", version=1, title="C", tags=["new"])
    assert refused(response) == (409, 1009)
    assert response.json["errors"] == [
        {"field": "version", "message": "1 was given, 2 is current."}
    ]
    assert writer.get("/v1/posts/1").json["title"] == "B"


@pytest.mark.parametrize("verb", ["publish", "unpublish"])
def test_stale_publishing_is_1009(writer, verb):
    writer.post("/v1/posts", title="A")
    writer.send("POST", "/v1/posts/1/publish")
    assert refused(writer.post(f"/v1/posts/1/{verb}", version=1)) == (409, 1009)


@pytest.mark.parametrize("kind", [PATCH, "application/json", "application/json; charset=UTF-8"])
def test_patch_is_taken_in_both_media_types(writer, kind):
    writer.post("/v1/posts", title="A")
    raw = '{"version": 1, "title": "学"}'.encode()
    response = writer.send("PATCH", "/v1/posts/1", data=raw, content_type=kind)
    assert response.json["title"] == "学"


def test_patch_in_another_media_type_says_which_are_right(writer):
    response = writer.send("PATCH", "/v1/posts/1", data=b"x", content_type="application/json-patch")
    assert refused(response) == (415, 1000)
    assert response.headers["Accept-Patch"] == "application/merge-patch+json, application/json"


def test_publish_at_an_instant_to_come_schedules(writer, api, clock):
    writer.post("/v1/posts", title="A")
    shown = writer.post("/v1/posts/1/publish", at="2026-03-02T08:00:00+01:00").json
    assert (shown["status"], shown["published_at"]) == ("scheduled", "2026-03-02T07:00:00Z")
    assert refused(api.get("/v1/posts/1")) == (404, 1001)
    clock.forward(days=1)
    assert api.get("/v1/posts/1").json["status"] == "published"


def test_publish_at_an_instant_gone_dates_back(writer):
    writer.post("/v1/posts", title="A")
    shown = writer.post("/v1/posts/1/publish", at="2020-01-01T00:00:00Z").json
    assert shown["published_at"] == "2020-01-01T00:00:00Z"


@pytest.mark.parametrize("at", [0, 1.5, "now", "2026-03-02", "2026-03-02T08:00:00", True, {}])
def test_publish_at_what_is_no_instant_is_refused(writer, at):
    writer.post("/v1/posts", title="A")
    response = writer.post("/v1/posts/1/publish", at=at)
    assert refused(response) == (422, 1000)
    assert wrong_fields(response) == ["at"]


@pytest.mark.parametrize(
    ("before", "call"),
    [
        ([], "unpublish"),
        (["trash"], "publish"),
        (["trash"], "trash"),
        (["trash"], "patch"),
        (["publish"], "schedule"),
    ],
)
def test_order_that_the_state_does_not_allow_is_1009(writer, before, call):
    calls = {
        "publish": lambda: writer.send("POST", "/v1/posts/1/publish"),
        "schedule": lambda: writer.post("/v1/posts/1/publish", at="2030-01-01T00:00:00Z"),
        "unpublish": lambda: writer.send("POST", "/v1/posts/1/unpublish"),
        "trash": lambda: writer.delete("/v1/posts/1"),
        "patch": lambda: writer.patch("/v1/posts/1", version=2, title="B"),
    }
    writer.post("/v1/posts", title="A")
    for name in before:
        assert calls[name]().status_code == 200
    assert refused(calls[call]()) == (409, 1009)


def test_taken_slug_is_1000_and_leaves_nothing_behind(writer, runtime):
    writer.post("/v1/posts", title="A", slug="a")
    response = writer.post("/v1/posts", title="B", slug="a", tags=["left behind"])
    assert refused(response) == (422, 1000)
    assert wrong_fields(response) == ["slug"]
    with runtime.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Post)) == 1
        assert session.scalars(select(Tag.name)).all() == []


def test_reserved_path_of_a_page_is_refused(as_client):
    response = as_client("pages:write").post("/v1/pages", title="A", slug="admin/x")
    assert wrong_fields(response) == ["slug"]


def test_categories_are_given_by_id(as_client, runtime):
    client = as_client("posts:write", "categories:write")
    client.post("/v1/categories", name="Notes")
    made = client.post("/v1/posts", title="A", categories=[1]).json
    assert made["categories"] == [{"name": "Notes", "path": "notes"}]
    with runtime.database.reading() as session:
        assert session.get_one(Category, 1).path == "notes"


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("posts:write", "POST", "/v1/posts"),
        ("posts:write", "PATCH", "/v1/posts/1"),
        ("posts:write", "DELETE", "/v1/posts/1"),
        ("posts:publish", "POST", "/v1/posts/1/publish"),
        ("posts:publish", "POST", "/v1/posts/1/unpublish"),
        ("pages:write", "POST", "/v1/pages"),
        ("pages:publish", "POST", "/v1/pages/1/publish"),
    ],
)
def test_missing_scope_is_1004_and_named(api, as_client, scope, method, path):
    assert refused(api.send(method, path, json={})) == (401, 1005)
    response = as_client("posts:read", "tags:write").send(method, path, json={})
    assert refused(response) == (403, 1004)
    assert response.json["msg"] == f"This needs the scope {scope}, which the token does not have."
    assert response.headers["WWW-Authenticate"] == (
        f'Bearer realm="api", error="insufficient_scope", scope="{scope}"'
    )


def test_client_of_an_author_stays_within_the_role(as_client, runtime, people):
    cy = as_client("posts:write", "posts:publish", "pages:write", user=people.cy)
    with runtime.database.writing() as session:
        make_post(work_of(session, people.ann), title="Of Ann")
        session.commit()
    mine = cy.post("/v1/posts", title="Mine").json
    assert mine["author"] == {"name": "Cy", "slug": "cy"}
    assert cy.send("POST", f"/v1/posts/{mine['id']}/publish").json["status"] == "published"
    assert refused(cy.patch("/v1/posts/1", version=2, title="Stolen")) == (403, 1004)
    assert refused(cy.post("/v1/pages", title="Page")) == (403, 1004)


def test_client_of_a_contributor_may_not_publish(as_client, people):
    con = as_client("posts:write", "posts:publish", user=people.con)
    assert con.post("/v1/posts", title="Mine").status_code == 201
    assert refused(con.send("POST", "/v1/posts/1/publish")) == (403, 1004)


def test_writing_dates_by_the_clock(writer, clock):
    clock.forward(minutes=5)
    assert writer.post("/v1/posts", title="A").json["updated_at"] == "2026-03-01T12:05:00Z"
    assert NOON.isoformat() == "2026-03-01T12:00:00+00:00"
