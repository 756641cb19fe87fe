"""The trash's pages: a list by kind, the way back, and a question before anything goes for good."""

import pytest

from shared.domain.posts import trash
from shared.domain.taxonomy import delete_tag, ensure_tags
from tests.admin.content import read, write
from tests.admin.signing_in import enter
from tests.cast import Cast, work_of


def throw_away(post, work):
    trash(post, work=work)


def press(browser, form, **more):
    return browser.send(form.action, form.filled(**more))


def test_restored_as_it_was_or_as_a_draft(runtime, ben):
    posts = [write(runtime, slug=f"post-{number}", then=throw_away) for number in range(2)]
    forms = [form for form in ben.get("/trash/").page.forms if form.action.endswith("/restore/")]
    assert len(forms) == 4
    answer = press(ben, forms[1])
    assert answer.location == f"/page/edit/{posts[1]}/"
    press(ben, forms[2])

    assert [read(runtime, post).status for post in posts] == ["draft", "published"]
    assert "The trash is empty." in ben.get("/trash/").page.text


def test_filter_by_kind_and_refusal_with_its_reason(runtime, ben):
    write(runtime, tags=("one",), then=throw_away)
    with runtime.database.writing() as session:
        work = work_of(session, Cast.load(session).ann, runtime.clock())
        delete_tag(ensure_tags(["one"], work=work)[0], work=work)
        ensure_tags(["one"], work=work)
        session.commit()
    page = ben.get("/trash/?kind=tag").page
    assert "one Tag one · 1 post · Ann, 2026-03-01 12:00" in page.text
    assert "A quiet morning" not in page.text
    form = next(form for form in page.forms if form.action.endswith("/restore/"))
    place = press(ben, form).location

    assert "one: “one” is taken by another tag." in ben.get(place).page.text


def test_deleted_for_good_after_a_question(runtime, ben):
    write(runtime, then=throw_away)
    page = ben.get("/trash/1/purge/").page
    assert "Delete 1 thing for good?" in page.text
    press(ben, page.forms[-1])

    assert "A quiet morning is deleted for good." in ben.get("/trash/").page.text
    assert ben.get("/page/edit/1/").status == 404


@pytest.mark.parametrize(("days", "left"), [("30", 1), ("0", 0)])
def test_purge_by_age_shows_what_would_go_first(runtime, ben, clock, days, left):
    write(runtime, slug="old", title="Old", then=throw_away)
    clock.forward(days=40)
    write(runtime, slug="new", title="New", then=throw_away)
    clock.forward(minutes=1)
    ben = enter(ben.client.application, "Ben")
    page = ben.get(f"/trash/empty/?days={days}").page
    assert "Old" in page.text
    assert ("New" in page.text) == (not left)
    press(ben, page.forms[-1])

    assert ben.get("/trash/").page.html.count('class="act-what"') == left


def test_trash_of_another_is_not_shown(runtime, as_):
    write(runtime, then=throw_away)
    cy = as_("Cy")

    assert "The trash is empty." in cy.get("/trash/").page.text
    assert cy.get("/trash/1/purge/").status == 404
