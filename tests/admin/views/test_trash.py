"""The trash's pages: a list by kind, the way back, and a question before anything goes for good."""

import pytest
from sqlalchemy import select

from shared.domain.media import get_media, trash_media
from shared.domain.posts import trash
from shared.domain.redirects import delete_redirect, save_redirect
from shared.domain.taxonomy import delete_tag, ensure_tags
from shared.models import Redirect, Trashed
from tests.admin.content import read, write
from tests.admin.media_files import put
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


@pytest.mark.parametrize("kind", ["post", "media", "tag", "redirect"])
def test_what_was_restored_goes_back_into_the_trash_by_undo(runtime, as_, kind):
    ann = as_("Ann")
    put_into_trash(runtime, kind)
    with runtime.database.reading() as session:
        before = [(item.kind, item.label) for item in session.scalars(select(Trashed))]
    form = next(form for form in ann.get("/trash/").page.forms if form.action.endswith("/restore/"))
    place = press(ann, form).location
    undo = next(form for form in ann.get(place).page.forms if "/undo/" in form.action)
    with runtime.database.reading() as session:
        assert session.scalars(select(Trashed)).all() == []
    assert ann.send(undo.action, undo.fields).status == 303
    with runtime.database.reading() as session:
        assert [(item.kind, item.label) for item in session.scalars(select(Trashed))] == before


def put_into_trash(runtime, kind):
    if kind == "post":
        write(runtime, then=lambda post, work: trash(post, work=work))
        return
    if kind == "media":
        number = put(runtime, "gate.jpg").id
    with runtime.database.writing() as session:
        work = work_of(session, Cast.load(session).ann)
        if kind == "media":
            trash_media(get_media(session, number), work=work)
        elif kind == "tag":
            [tag] = ensure_tags(["one"], work=work)
            delete_tag(tag, work=work)
        else:
            made = Redirect(path="/old/", target="/page/new/", status=301)
            save_redirect(made, work=work)
            delete_redirect(made, work=work)
        session.commit()
