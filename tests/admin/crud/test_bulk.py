"""Actions on a selection: asked first, one by one, reported."""

import pytest
from werkzeug.datastructures import MultiDict

from shared.domain.posts import trash
from tests.admin.content import read, write
from tests.admin.lists import read_list


@pytest.fixture
def ann(as_):
    return as_("Ann")


def act(browser, action, ids, path="/page/bulk/", **more):
    fields = MultiDict({"csrf_token": browser.token(), "action": action, **more})
    fields.setlist("ids", [str(number) for number in ids])
    return browser.send(path, fields)


def test_action_asks_first_and_changes_nothing(ann, runtime):
    ids = [write(runtime, title=f"Post {n}") for n in range(2)]
    answer = act(ann, "trash", ids)
    form = answer.page.forms[-1]

    assert answer.status == 200
    assert "Move these to the trash?" in answer.page.text
    assert form.fields.getlist("ids") == [str(number) for number in ids]
    assert [read(runtime, number).status for number in ids] == ["published"] * 2

    done = ann.send(form.action, form.filled(confirmed="1"))
    assert (done.status, done.location) == (303, "/page/")
    assert [read(runtime, number).status for number in ids] == ["trashed"] * 2
    assert "In the trash: 2." in ann.get("/page/").page.text


def test_each_row_succeeds_or_fails_by_itself(ann, runtime):
    draft = write(runtime, title="A draft", published=False)
    public = write(runtime, title="A public one")
    act(ann, "unpublish", [draft, public], confirmed="1")
    text = ann.get("/page/").page.text

    assert read(runtime, public).status == "draft"
    assert "Unpublished: A public one." in text
    assert "A draft: This is not published." in text


def test_refused_rows_leave_no_trace(ann, runtime):
    trashed = write(runtime, then=lambda post, work: trash(post, work=work))
    before = read(runtime, trashed)
    act(ann, "publish", [trashed], confirmed="1")

    assert read(runtime, trashed) == before


def test_own_content_is_all_that_an_author_reaches(as_, runtime):
    cy = as_("Cy")
    own, other = write(runtime, "Cy", title="Mine"), write(runtime, "Ben", title="Not mine")
    act(cy, "trash", [own, other], confirmed="1")

    assert read(runtime, own).status == "trashed"
    assert read(runtime, other).status == "published"
    assert "Not mine" not in cy.get("/page/").page.text


def test_contributor_is_not_offered_to_publish(as_, runtime):
    con = as_("Con")
    number = write(runtime, "Con", title="Please publish")
    page = con.get("/page/").page

    assert [form.actions for form in page.forms if form.actions] == [["trash", "restore", ""]]
    assert act(con, "publish", [number], confirmed="1").status == 403
    assert read(runtime, number).status == "draft"


def test_nothing_chosen_says_so(ann):
    answer = act(ann, "trash", [], next="/page/?status=draft")

    assert (answer.status, answer.location) == (303, "/page/?status=draft")
    assert "Choose at least one line first." in ann.get("/page/").page.text


def test_way_back_stays_in_the_console(ann, runtime):
    number = write(runtime)
    answer = act(ann, "trash", [number], confirmed="1", next="https://evil.example/")

    assert answer.location == "/page/"


@pytest.mark.parametrize("action", ["", "explode", "delete"])
def test_unknown_action_is_not_found(ann, runtime, action):
    number = write(runtime)

    assert act(ann, action, [number], confirmed="1").status == 404
    assert read(runtime, number).status == "published"


def test_tags_are_deleted_together(ann, runtime):
    write(runtime, tags=("one", "two", "three"))
    page = read_list(ann, "/tags/")
    by_name = dict(zip(page.column("Name"), page.ids, strict=True))
    act(ann, "delete", [by_name["one"], by_name["three"]], "/tags/bulk/", confirmed="1")

    assert "Deleted: 2." in ann.get("/profile/").page.text
    assert read_list(ann, "/tags/").column("Name") == ["two"]
