"""What the dialog tells before something is published, and the fields beside the text."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.posts import get_post, schedule
from tests.admin.content import add_category, change, count, read, write
from tests.cast import NOON

EDIT, PLAN = "/page/edit/{}/", "/page/plan/?id={}&part=1"


def plan(browser, post_id, **changed):
    form = browser.get(EDIT.format(post_id)).page.form
    return browser.send(PLAN.format(post_id), form.filled(**changed))


def test_plan_of_a_draft_says_where_it_appears(runtime, ben):
    number = add_category(runtime, "Crafts")
    post_id = write(
        runtime, published=False, tags=("Oak",), categories=(number,), cover="/media/a.png"
    )
    before = count(runtime)
    told = plan(ben, post_id).page.text
    assert "It becomes public at http://localhost/page/a-quiet-morning/" in told
    assert "3 words." in told
    assert "the front page, the feeds, the archive, search, category Crafts, tag Oak." in told
    assert "Title: 26 of 60 columns" in told
    assert count(runtime) == before


def test_plan_of_changes_counts_words_and_names_fields(runtime, ben):
    post_id = write(runtime, body="One two three.", tags=("Oak",))
    changed = {"body": "One two four five.", "slug": "moved", "tags": "Elm", "seo_title": "题" * 40}
    told = plan(ben, post_id, **changed).page.text
    assert "It moves to http://localhost/page/moved/" in told
    assert "The old address leads to the new one." in told
    assert "Text: 2 words added, 1 removed." in told
    assert "Changed: Address, Tags, Title for search engines." in told
    assert "New tags: Elm." in told
    assert "No longer tagged: Oak." in told
    assert "Title: 80 of 60 columns; a Chinese character takes two. It will be cut." in told
    assert "Nothing: visitors see all of it already." in plan(ben, post_id).page.text


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", ""), ("canonical", "/x/"), ("coauthors", "nobody"), ("cover_x", "x")],
)
def test_plan_says_why_something_cannot_be_published(runtime, ben, name, value):
    post_id = write(runtime, published=False)
    answer = plan(ben, post_id, **{name: value})
    assert (answer.status, "This cannot be published as it is." in answer.page.text) == (422, True)


def test_plan_is_a_page_of_its_own_without_scripts(runtime, ben):
    post_id = write(runtime, published=False, body="Line one\n\nLine two")
    form = ben.get(EDIT.format(post_id)).page.form
    page = ben.send(
        f"/page/plan/?id={post_id}", form.filled(title="Other", coauthors="ann, cy")
    ).page
    assert page.forms[-1].actions == ["publish", "schedule", "save"]
    sent = page.forms[-1].filled(action="publish", unpublish_at="2026-03-02T12:00")
    assert ben.send(EDIT.format(post_id), sent).status == 303
    stored = read(runtime, post_id)
    assert (stored.status, stored.saved.title, stored.saved.coauthors) == (
        "published",
        "Other",
        (1, 3),
    )
    assert stored.saved.body == "Line one\n\nLine two"


def test_plan_of_a_new_post_stores_nothing(runtime, ben):
    form = ben.get("/page/new/").page.form
    told = ben.send("/page/plan/?part=1", form.filled(title="New", body="words")).page.text
    assert ("/page/new/" in told, count(runtime)[0]) == (True, 0)


def test_plan_is_closed_to_who_may_not_publish(runtime, as_):
    post_id = write(runtime, "Con")
    con = as_("Con")
    form = con.get(EDIT.format(post_id)).page.form
    assert con.send(PLAN.format(post_id), form.filled()).status == 403
    assert "Publish…" not in con.get(EDIT.format(post_id)).page.text


def test_end_of_a_publication_is_set_and_taken_back(runtime, ben, as_):
    post_id = write(runtime)
    end = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert ben.press(EDIT.format(post_id), "publish", unpublish_at="2026-03-02T12:00").status == 303
    with runtime.database.reading() as session:
        assert get_post(session, post_id).expires_at == end
    runtime.clock.forward(days=2)
    assert read(runtime, post_id).status == "expired"
    assert as_("Ben").press(EDIT.format(post_id), "publish", unpublish_at="").status == 303
    assert read(runtime, post_id).status == "published"


def test_end_before_the_publication_is_refused_with_everything_typed(runtime, ben):
    post_id = write(runtime, published=False)
    change(runtime, post_id, schedule, at=NOON + timedelta(days=2), version=None)
    sent = {"unpublish_at": "2026-03-02T12:00", "seo_title": "Kept", "cover_x": "33"}
    answer = ben.press(EDIT.format(post_id), "schedule", **sent)
    assert answer.status == 422
    fields = answer.page.form.fields
    assert {name: fields[name] for name in sent} == sent


DETAILS = {
    "cover": "/media/a.png",
    "cover_alt": "A door",
    "cover_x": "20",
    "cover_y": "80",
    "seo_title": "For engines",
    "seo_description": "Found",
    "social_title": "For friends",
    "social_description": "Shared",
    "social_image": "https://example.org/s.png",
    "canonical": "https://example.org/a/",
    "template": "wide",
    "comments": "off",
    "noindex": "y",
    "coauthors": "ann, cy",
}


def test_every_field_is_saved_and_shown_again(runtime, ben):
    other = write(runtime, title="Other", slug="other")
    post_id = write(runtime, published=False)
    assert ben.press(EDIT.format(post_id), **DETAILS, translation_of="other").status == 303
    fields = ben.get(EDIT.format(post_id)).page.form.fields
    assert {name: fields[name] for name in DETAILS} == DETAILS
    assert fields["translation_of"] == f"{other}: Other"
    saved = read(runtime, post_id).saved
    assert (saved.noindex, saved.coauthors, saved.translation_of) == (True, (1, 3), other)


def test_conflict_tells_of_every_field(runtime, ben):
    post_id = write(runtime, published=False)
    form = ben.get(EDIT.format(post_id)).page.form
    ben.press(EDIT.format(post_id), title="Theirs")
    told = ben.send(EDIT.format(post_id), form.filled(action="save", **DETAILS))
    assert told.status == 409
    for label in ("Cover", "Further authors", "Canonical address", "Layout", "Comments"):
        assert label in told.page.text


def test_who_may_not_name_authors_keeps_those_that_are_named(runtime, as_):
    post_id = write(runtime, "Cy", coauthors=())
    cy = as_("Cy")
    assert "coauthors" not in cy.get(EDIT.format(post_id)).page.form.fields
    assert cy.press(EDIT.format(post_id), title="Mine").status == 303
