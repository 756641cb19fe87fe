"""Saved views in the console: tabs that keep search, filters, order and columns."""

import pytest
from werkzeug.datastructures import MultiDict

from tests.admin.content import write
from tests.admin.lists import read_list


@pytest.fixture(autouse=True)
def posts(runtime):
    write(runtime, title="A draft", published=False)
    write(runtime, title="B public")


def keep(browser, query, name, **more):
    form = browser.get(f"/page/views/new/{query}").page.forms[-1]
    return browser.send(f"/page/views/new/{query}", form.filled(name=name, **more))


def titles(browser, path):
    return [row["Title"].split()[0] for row in read_list(browser, path).rows]


def test_view_keeps_the_list_and_is_shown_as_a_tab(ben):
    answer = keep(ben, "?status=draft&sort=title", "My drafts")
    page = read_list(ben, answer.location)

    assert (answer.status, answer.location) == (303, "/page/?view=1")
    assert [row["Title"].split()[0] for row in page.rows] == ["A"]
    assert '<a href="?view=1" aria-current="page">My drafts</a>' in page.html
    assert page.sorted["Title"] == "ascending"
    # Taking the filter off leaves the view's wishes behind.
    assert titles(ben, "/page/?sort=title&view=1") == ["A", "B"]


def test_view_of_one_person_is_not_another_persons(as_, ben):
    keep(ben, "?status=draft", "My drafts")
    ann = as_("Ann")

    assert "My drafts" not in ann.get("/page/").page.text
    assert ann.get("/page/views/1/").status == 404
    assert titles(ann, "/page/?view=1") == ["B", "A"]


def test_shared_view_is_seen_by_everyone_and_changed_by_few(as_, ben):
    keep(ben, "?status=draft", "Drafts", shared="1")
    con = as_("Con")

    assert "Drafts shared" in con.get("/page/").page.text
    page = con.get("/page/views/1/").page
    assert "name" not in page.forms[-1].fields
    refused = con.send("/page/views/1/", page.forms[-1].filled(delete="1"))
    assert refused.status == 403
    con.send("/page/views/1/", page.forms[-1].filled(first="1"))
    assert '<a href="?view=1" aria-current="page">Drafts' in con.get("/page/").page.html


def test_first_view_is_what_the_bare_list_shows_until_it_is_left(ben):
    keep(ben, "?status=draft", "Drafts", first="1")

    assert titles(ben, "/page/") == ["A"]
    assert titles(ben, "/page/?view=0") == ["B", "A"]
    html = ben.get("/page/").page.html
    assert 'href="?sort=-updated_at&amp;view=1"' in html  # the chip without its filter
    assert titles(ben, "/page/?sort=-updated_at&view=1") == ["B", "A"]


def test_view_is_renamed_taken_anew_and_deleted(ben):
    keep(ben, "?status=draft", "Drafts")
    form = ben.get("/page/views/1/").page.forms[-1]
    ben.send("/page/views/1/", form.filled(name="Unwritten"))
    assert titles(ben, "/page/?view=1") == ["A"]
    assert "Unwritten" in ben.get("/page/").page.text

    query = "?status=published&sort=title&view=1"
    form = ben.get(f"/page/views/1/{query}").page.forms[-1]
    ben.send(f"/page/views/1/{query}", form.filled(again="1"))
    assert titles(ben, "/page/?view=1") == ["B"]

    form = ben.get("/page/views/1/").page.forms[-1]
    assert ben.send("/page/views/1/", form.filled(delete="1")).location == "/page/?view=0"
    assert "Unwritten" not in ben.get("/profile/").page.text.replace("The view Unwritten", "")


def test_name_is_asked_for_and_stale_form_is_refused(ben):
    answer = keep(ben, "", "  ")
    assert "Give 1 to 60 characters." in answer.page.text

    keep(ben, "", "One")
    old = ben.get("/page/views/1/").page.forms[-1]
    ben.send("/page/views/1/", old.filled(name="Two"))
    again = ben.send("/page/views/1/", MultiDict(old.filled(name="Three")))
    assert "changed by someone else" in again.page.text
