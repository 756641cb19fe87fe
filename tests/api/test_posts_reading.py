"""What anyone reads, what a read scope reads besides, and in which order."""

from datetime import timedelta

import pytest

from shared.domain.posts import publish, save_post, schedule, trash, unpublish
from shared.domain.taxonomy import ensure_category
from shared.models import Post
from shared.runtime import Runtime
from tests.api.calls import refused, wrong_fields
from tests.cast import NOON, Cast, make_content, make_post, work_of

DAY = timedelta(days=1)


@pytest.fixture
def posts(runtime: Runtime, people: Cast) -> None:
    """Three posts a day apart, with Chinese among them, and one each that is not public."""
    with runtime.database.writing() as session:
        ann, cy = work_of(session, people.ann), work_of(session, people.cy)
        notes = ensure_category(["Notes"], work=ann)
        python = ensure_category(["Notes", "Python"], work=ann)
        make_post(ann, title="Alpha", at=NOON - 3 * DAY, tags=("Python",), categories=(python.id,))
        make_post(cy, title="Beta", at=NOON - 2 * DAY, tags=("Python", "实习"), language="zh-Hans")
        make_post(ann, title="Gamma", at=NOON - DAY, categories=(notes.id,), language="zh")
        make_post(cy, title="Draft of Cy", published=False)
        make_post(ann, title="Draft of Ann", published=False)
        schedule(make_post(ann, title="Later", published=False), NOON + DAY, version=None, work=ann)
        gone = make_post(ann, title="Gone", at=NOON - 5 * DAY)
        gone.expires_at = NOON - 4 * DAY
        trash(make_post(ann, title="Trashed"), work=ann)
        make_post(ann, title="About", kind="page")
        session.commit()


def titles(response):
    return [item["title"] for item in response.json["items"]]


def test_list_holds_what_is_public_newest_first(api, posts):
    assert titles(api.get("/v1/posts")) == ["Gamma", "Beta", "Alpha"]
    assert titles(api.get("/v1/pages")) == ["About"]


def test_list_item_is_the_whole_representation(api, posts):
    assert api.get("/v1/posts", tag="实习").json == {
        "items": [
            {
                "id": 2,
                "kind": "post",
                "slug": "beta",
                "url": "http://localhost/page/beta/",
                "title": "Beta",
                "excerpt": "Nothing happened today.",
                "summary": "",
                "language": "zh-Hans",
                "author": {"name": "Cy", "slug": "cy"},
                "authors": [{"name": "Cy", "slug": "cy"}],
                "categories": [],
                "tags": [{"name": "Python", "slug": "python"}, {"name": "实习", "slug": "实习"}],
                "published_at": "2026-02-27T12:00:00Z",
                "expires_at": None,
                "cover": "",
                "cover_alt": "",
                "cover_x": 50,
                "cover_y": 50,
                "updated_at": "2026-03-01T12:00:00Z",
                "words": 3,
                "status": "published",
            }
        ],
        "next": None,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"tag": "python"}, ["Beta", "Alpha"]),
        ({"tag": "python", "sort": "published_at"}, ["Alpha", "Beta"]),
        ({"tag": "python", "sort": "-title"}, ["Beta", "Alpha"]),
        ({"tag": "python", "category": "notes"}, ["Alpha"]),
        ({"tag": "nope"}, []),
        ({"category": "notes"}, ["Gamma", "Alpha"]),
        ({"category": "notes", "sort": "title"}, ["Alpha", "Gamma"]),
        ({"category": "notes/python"}, ["Alpha"]),
        ({"category": "notes/python", "sort": "title"}, ["Alpha"]),
        ({"category": "nope"}, []),
        ({"author": "cy"}, ["Beta"]),
        ({"author": "nobody"}, []),
        ({"language": "zh"}, ["Gamma", "Beta"]),
        ({"language": "zh-Hans"}, ["Beta"]),
        ({"since": "2026-02-27T12:00:00Z"}, ["Gamma", "Beta"]),
        ({"until": "2026-02-27T12:00:00Z"}, ["Alpha"]),
        ({"until": "2026-02-27T13:00:00+01:00"}, ["Alpha"]),
        ({"since": "2026-02-27t12:00:00z", "until": "2026-02-28T12:00:00Z"}, ["Beta"]),
        ({"tag": "python", "since": "2026-02-27T12:00:00Z"}, ["Beta"]),
        ({"sort": "published_at"}, ["Alpha", "Beta", "Gamma"]),
        ({"sort": "title"}, ["Alpha", "Beta", "Gamma"]),
        ({"sort": "-title"}, ["Gamma", "Beta", "Alpha"]),
        ({"limit": 2}, ["Gamma", "Beta"]),
    ],
)
def test_list_is_filtered_and_sorted(api, posts, query, expected):
    assert titles(api.get("/v1/posts", **query)) == expected


@pytest.mark.parametrize("sort", ["-published_at", "published_at", "title", "-title"])
@pytest.mark.parametrize("narrow", [{}, {"tag": "same"}, {"category": "here"}])
def test_pages_hold_each_post_once_also_when_all_are_alike(api, runtime, people, sort, narrow):
    with runtime.database.writing() as session:
        work = work_of(session, people.ann)
        here = ensure_category(["Here"], work=work)
        for _ in range(7):
            make_post(work, title="Twin", tags=("same",), categories=(here.id,))
        session.commit()
    seen, query = [], {"limit": 3, "sort": sort} | narrow
    while query is not None:
        response = api.get("/v1/posts", **query)
        seen.append([item["id"] for item in response.json["items"]])
        cursor = response.json["next"]
        query = query | {"cursor": cursor} if cursor else None
    ids = list(range(7, 0, -1)) if sort.startswith("-") else list(range(1, 8))
    assert seen == [ids[:3], ids[3:6], ids[6:]]


def test_link_header_leads_to_the_next_page(api, posts):
    first = api.get("/v1/posts", limit=2, tag="", author="ann")
    assert first.json["items"] == []
    first = api.get("/v1/posts", limit=1, author="ann")
    target = first.headers["Link"].removeprefix("</api").removesuffix('>; rel="next"')
    second = api.send("GET", target)
    assert titles(second) == ["Alpha"]
    assert "Link" not in second.headers
    assert second.json["next"] is None


def test_cursor_of_another_list_or_order_is_refused(api, posts):
    cursor = api.get("/v1/posts", limit=1).json["next"]
    for path, query in [
        ("/v1/pages", {"cursor": cursor}),
        ("/v1/posts", {"cursor": cursor, "sort": "title"}),
        ("/v1/posts", {"cursor": cursor[:-1] + ("a" if cursor[-1] != "a" else "b")}),
        ("/v1/tags", {"cursor": cursor}),
    ]:
        assert wrong_fields(api.get(path, **query)) == ["cursor"]


@pytest.mark.parametrize("status", ["draft", "scheduled", "expired", "trashed"])
def test_other_states_need_a_read_scope(api, as_client, posts, status):
    assert refused(api.get("/v1/posts", status=status)) == (401, 1005)
    response = as_client("pages:read").get("/v1/posts", status=status)
    assert refused(response) == (403, 1004)
    assert "posts:read" in response.json["msg"]
    assert 'scope="posts:read"' in response.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", ["Draft of Ann", "Draft of Cy"]),
        ("scheduled", ["Later"]),
        ("expired", ["Gone"]),
        ("trashed", ["Trashed"]),
        ("published", ["Gamma", "Beta", "Alpha"]),
    ],
)
def test_read_scope_lists_each_state(as_client, posts, status, expected):
    found = as_client("posts:read").get("/v1/posts", status=status)
    assert titles(found) == expected
    assert {item["status"] for item in found.json["items"]} == {status}
    assert all(item["version"] >= 1 for item in found.json["items"])


def test_author_lists_own_drafts_without_a_read_scope(as_client, people, posts):
    cy = as_client("posts:write", user=people.cy)
    assert titles(cy.get("/v1/posts", status="draft")) == ["Draft of Cy"]
    assert refused(cy.get("/v1/pages", status="draft")) == (403, 1004)


def test_drafts_have_no_order_of_publication(as_client, posts):
    response = as_client("posts:read").get("/v1/posts", status="draft", sort="published_at")
    assert wrong_fields(response) == ["sort"]


def test_order_of_saves_needs_a_read_scope(api, as_client, posts):
    assert refused(api.get("/v1/posts", sort="-updated_at")) == (401, 1005)
    reader = as_client("posts:read")
    assert titles(reader.get("/v1/posts", sort="-updated_at")) == ["Gamma", "Beta", "Alpha"]
    assert titles(reader.get("/v1/posts", sort="updated_at")) == ["Alpha", "Beta", "Gamma"]


def test_item_has_markdown_and_html_with_absolute_addresses(api, runtime, people):
    with runtime.database.writing() as session:
        make_post(work_of(session, people.ann), body="*Hi* [there](/page/b/) ![x](/media/x.png)")
        session.commit()
    found = api.get("/v1/posts/1").json
    assert found["markdown"] == "*Hi* [there](/page/b/) ![x](/media/x.png)"
    assert '<em>Hi</em> <a href="http://localhost/page/b/">there</a>' in found["html"]
    assert 'src="http://localhost/media/x.png"' in found["html"]
    assert {"version", "changed", "meta", "byline"} & set(found) == set()


def test_addresses_follow_a_prefix(api, runtime, people):
    with runtime.database.writing() as session:
        for _ in range(2):
            make_post(work_of(session, people.ann), body="[there](/page/b/)")
        session.commit()
    behind = {"environ_overrides": {"triptych.root": "/x/y"}}
    found = api.send("GET", "/v1/posts?limit=1&include=content", **behind)
    item = found.json["items"][0]
    assert item["url"] == "http://localhost/x/y/page/a-quiet-morning-2/"
    assert 'href="http://localhost/x/y/page/b/"' in item["html"]
    assert found.headers["Link"].startswith("</x/y/api/v1/posts?")


def test_list_includes_content_when_asked(api, posts):
    items = api.get("/v1/posts", include="content").json["items"]
    assert {item["markdown"] for item in items} == {"Nothing *happened* today."}
    assert {item["html"] for item in items} == {"<p>Nothing <em>happened</em> today.</p>\n"}


def test_saving_changes_nothing_that_visitors_see(api, writer, runtime, people, clock):
    with runtime.database.writing() as session:
        make_post(work_of(session, people.ann))
        session.commit()
    before = [api.get("/v1/posts/1").data, api.get("/v1/posts").data]
    with runtime.database.writing() as session:
        work = work_of(session, people.ann, clock.forward(hours=1))
        post = session.get_one(Post, 1)
        save_post(post, make_content(title="New", body="New *words*"), version=2, work=work)
        session.commit()
    assert [api.get("/v1/posts/1").data, api.get("/v1/posts").data] == before
    live, working = writer.get("/v1/posts/1").json, writer.get("/v1/posts/1", view="working").json
    assert (live["title"], live["changed"], live["version"]) == ("A quiet morning", True, 3)
    assert (working["title"], working["html"]) == ("New", "<p>New <em>words</em></p>\n")
    assert (working["words"], working["excerpt"]) == (2, "New words")


def test_working_view_does_not_tell_a_draft_from_nothing(api, as_client, runtime):
    with runtime.database.writing() as session:
        make_post(work_of(session), published=False)
        session.commit()
    for caller in (api, as_client("pages:read")):
        asked = [caller.get(f"/v1/posts/{number}", view="working") for number in (1, 2)]
        assert [refused(answer) for answer in asked] == [(404, 1001)] * 2


def test_working_view_needs_a_read_scope(api, as_client, posts):
    assert refused(api.get("/v1/posts/1", view="working")) == (401, 1005)
    assert refused(as_client("pages:read").get("/v1/posts/1", view="working")) == (403, 1004)


@pytest.mark.parametrize("number", [4, 5, 6, 7, 8])
def test_what_is_not_public_is_not_there_for_anyone(api, as_client, posts, number):
    assert refused(api.get(f"/v1/posts/{number}")) == (404, 1001)
    assert refused(as_client("pages:read").get(f"/v1/posts/{number}")) == (404, 1001)
    assert as_client("posts:read").get(f"/v1/posts/{number}").json["id"] == number


def test_page_is_no_post(api, posts):
    assert refused(api.get("/v1/posts/9")) == (404, 1001)
    assert api.get("/v1/pages/9").json["url"] == "http://localhost/about/"


def test_draft_shows_its_own_text_not_what_was_live(writer, runtime, people):
    with runtime.database.writing() as session:
        work = work_of(session, people.ann)
        post = make_post(work, body="Old")
        save_post(post, make_content(body="New"), version=None, work=work)
        unpublish(post, version=None, work=work)
        session.commit()
    assert writer.get("/v1/posts/1").json["html"] == "<p>New</p>\n"


def test_scheduled_post_appears_when_its_time_has_come(api, clock, posts):
    clock.forward(days=1)
    assert titles(api.get("/v1/posts"))[0] == "Later"
    assert api.get("/v1/posts/6").json["status"] == "published"


def test_byline_stands_for_the_author(api, runtime, people):
    with runtime.database.writing() as session:
        make_post(work_of(session, people.ann), byline="The editors")
        make_post(work_of(session), title="Orphan", byline="Nobody's")
        make_post(work_of(session), title="Nameless")
        session.commit()
    shown = [item["author"] for item in api.get("/v1/posts", sort="published_at").json["items"]]
    assert shown == [
        {"name": "The editors", "slug": "ann"},
        {"name": "Nobody's", "slug": ""},
        None,
    ]


def test_public_answers_may_be_asked_for_again_and_private_ones_not_kept(api, writer, posts):
    assert api.get("/v1/posts").headers["Cache-Control"] == "no-cache"
    assert writer.get("/v1/posts").headers["Cache-Control"] == "no-store"
    assert api.get("/v1/posts").headers["Vary"] == "Authorization"


def test_republished_post_keeps_its_date(writer, runtime, people, clock):
    with runtime.database.writing() as session:
        work = work_of(session, people.ann)
        publish(make_post(work, published=False), version=None, at=NOON - DAY, work=work)
        session.commit()
    clock.forward(days=3)
    writer.patch("/v1/posts/1", version=2, title="Again")
    shown = writer.send("POST", "/v1/posts/1/publish").json
    assert shown["published_at"] == "2026-02-28T12:00:00Z"
    assert shown["updated_at"] == "2026-03-04T12:00:00Z"
