"""Cells that are changed in their place: by the same verbs, with the same refusals."""

import pytest
from werkzeug.datastructures import MultiDict

from admin import create_app
from shared.domain.posts import save_post
from shared.models import Tag
from tests.admin.content import change, read, write
from tests.admin.signing_in import enter
from tests.cast import make_content


@pytest.fixture
def ann(any_runtime):
    return enter(create_app(any_runtime), "Ann")


def told(browser, path):
    return browser.client.get(path).get_json()


def store(browser, path, value, version=1):
    fields = MultiDict({"csrf_token": browser.token(), "value": value, "version": str(version)})
    answer = browser.client.post(path, data=fields)
    return answer.status_code, answer.get_json()


def test_title_is_changed_for_visitors_and_the_cell_drawn_anew(ann, any_runtime):
    number = write(any_runtime, title="Old")
    path = f"/page/cell/{number}/title/"
    before = told(ann, path)
    status, answer = store(ann, path, "  New   <b>title</b> ", before["version"])

    assert before == {"value": "Old", "version": before["version"], "most": 200, "title": "Title"}
    assert status == 200
    assert f'href="/page/edit/{number}/">New &lt;b&gt;title&lt;/b&gt;</a>' in answer["html"]
    post = read(any_runtime, number)
    assert (post.live.title, post.live.slug) == ("New <b>title</b>", "old")


def test_title_of_a_post_with_changes_is_kept_with_them_and_that_is_said(ann, any_runtime):
    number = write(any_runtime, title="Old")
    change(any_runtime, number, save_post, content=make_content(title="Newer"), version=None)
    path = f"/page/cell/{number}/title/"
    before = told(ann, path)
    status, answer = store(ann, path, "Newest", before["version"])

    assert (before["value"], status) == ("Newer", 200)
    assert answer["said"].startswith("Kept with the unpublished changes")
    post = read(any_runtime, number)
    assert (post.live.title, post.saved.title) == ("Old", "Newest")
    assert told(ann, path)["value"] == "Newest"


def test_version_that_is_past_is_refused(ann, any_runtime):
    number = write(any_runtime, title="Old")
    path = f"/page/cell/{number}/title/"
    version = told(ann, path)["version"]
    store(ann, path, "Theirs", version)
    status, answer = store(ann, path, "Mine", version)

    assert (status, "Someone changed this meanwhile" in answer["error"]) == (409, True)
    assert read(any_runtime, number).live.title == "Theirs"


@pytest.mark.parametrize(
    ("value", "reason"), [("", "Give a title."), ("x" * 201, "Give at most 200 characters.")]
)
def test_what_a_verb_refuses_is_told_and_not_stored(ann, any_runtime, value, reason):
    number = write(any_runtime, title="Old")
    path = f"/page/cell/{number}/title/"

    assert store(ann, path, value, told(ann, path)["version"]) == (422, {"error": reason})
    assert read(any_runtime, number).live.title == "Old"


def test_tag_is_renamed_and_a_taken_address_refused(ann, any_runtime):
    write(any_runtime, tags=("one", "two"))
    assert store(ann, "/tags/cell/1/name/", "Eins")[0] == 200
    status, answer = store(
        ann, "/tags/cell/1/slug/", "two", told(ann, "/tags/cell/1/slug/")["version"]
    )

    assert (status, answer["error"]) == (422, "“two” is taken by another tag.")
    with any_runtime.database.reading() as session:
        tag = session.get(Tag, 1)
        assert (tag.name, tag.slug) == ("Eins", "one")


def test_only_declared_cells_of_visible_rows_are_there(any_runtime):
    app = create_app(any_runtime)
    cy, con = enter(app, "Cy"), enter(app, "Con")
    own, other = write(any_runtime, "Cy", title="Mine"), write(any_runtime, "Ben")
    write(any_runtime, "Con")

    for path in (f"/page/cell/{own}/slug/", f"/page/cell/{other}/title/", "/page/cell/99/title/"):
        assert cy.get(path).status == 404
    assert cy.get("/tags/cell/1/name/").status == 403
    page = con.get("/page/").page.html
    assert "data-cell-url" in page


def test_post_in_the_trash_is_left_alone(ann, any_runtime):
    from shared.domain.posts import trash

    number = write(any_runtime, title="Old")
    change(any_runtime, number, trash)
    path = f"/page/cell/{number}/title/"
    status, answer = store(ann, path, "New", told(ann, path)["version"])

    assert (status, answer["error"]) == (422, "This is in the trash. Restore it to edit it.")
