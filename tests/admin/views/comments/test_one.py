"""The page of one comment: decided on, mended, answered, and what was done to it."""

import pytest

from shared.models import Comment
from tests.admin.comments import say_on, state_of
from tests.admin.content import write
from tests.admin.counting import counted


@pytest.fixture
def number(runtime):
    write(runtime, "Cy", title="A post of Cy's")
    return say_on(runtime, 1, body="Well *said*. <script>x</script>")


def act(browser, number, action, version):
    sent = {"csrf_token": browser.token(), "action": action, "version": version}
    return browser.send(f"/comments/{number}/act/", sent)


def test_page_shows_the_text_as_visitors_see_it_with_what_it_answers(ben, runtime, number):
    answer = say_on(runtime, 1, body="So it is.", name="Bo", parent_id=None)

    with runtime.database.writing() as session:
        session.get_one(Comment, answer).parent_id = number
        session.commit()

    html = ben.get(f"/comments/{number}/").page.html
    assert "<p>Well <em>said</em>. &lt;script&gt;x&lt;/script&gt;</p>" in html
    assert "Answers to it" in html
    assert "So it is." in html
    assert "It answers" in ben.get(f"/comments/{answer}/").page.text
    assert "A post of Cy&#39;s" in html


@pytest.mark.parametrize(
    ("action", "state"), [("approve", "approved"), ("spam", "spam"), ("trash", "trashed")]
)
def test_buttons_decide_and_can_be_undone(ben, runtime, number, action, state):
    assert act(ben, number, action, "1").location == f"/comments/{number}/"
    assert state_of(runtime, number) == state

    page = ben.get(f"/comments/{number}/").page
    undo = next(form for form in page.forms if "/undo/" in form.action)
    ben.send(undo.action, undo.filled())
    assert state_of(runtime, number) == "pending"
    assert "took back what was done to the comment" in ben.get(f"/comments/{number}/").page.text


def test_button_pressed_late_changes_nothing(ben, as_, runtime, number):
    act(as_("Ann"), number, "approve", "1")

    assert act(ben, number, "spam", "1").status == 409
    assert state_of(runtime, number) == "approved"
    assert act(ben, number, "explode", "2").status == 404
    assert act(ben, number, "delete", "2").status == 404


def test_edit_keeps_what_is_typed_and_can_be_undone(ben, number):
    page = ben.get(f"/comments/{number}/").page
    form = next(form for form in page.forms if form.action.endswith("/edit/"))
    refused = ben.send(form.action, form.filled(body="Kept typing", name=""))
    assert refused.status == 422
    assert "Kept typing" in refused.page.text

    assert ben.send(form.action, form.filled(body="Mended.", email="new@example.org")).status == 303
    shown = ben.get(f"/comments/{number}/").page
    assert "Mended." in shown.text
    assert "new@example.org" in shown.text
    assert "edited the comment" in shown.text

    undo = next(form for form in shown.forms if "/undo/" in form.action)
    ben.send(undo.action, undo.filled())
    assert "<em>said</em>" in ben.get(f"/comments/{number}/").page.html


def test_stale_edit_offers_to_replace(ben, runtime, number):
    form = next(
        form
        for form in ben.get(f"/comments/{number}/").page.forms
        if form.action.endswith("/edit/")
    )
    act(ben, number, "approve", "1")
    answer = ben.send(form.action, form.filled(body="Late."))

    assert answer.status == 409
    assert "Save again to replace it." in answer.page.text
    again = next(form for form in answer.page.forms if form.action.endswith("/edit/"))
    assert ben.send(again.action, again.filled()).status == 303
    assert "Late." in ben.get(f"/comments/{number}/").page.text


def test_author_keeps_the_address_that_they_do_not_see(as_, runtime, number):

    cy = as_("Cy")
    page = cy.get(f"/comments/{number}/").page
    form = next(form for form in page.forms if form.action.endswith("/edit/"))
    assert "email" not in form.fields
    cy.send(form.action, form.filled(body="Mended."))

    with runtime.database.reading() as session:
        comment = session.get_one(Comment, number)
        assert (comment.body, comment.email) == ("Mended.", "vi@example.org")


def test_answer_stands_under_ones_own_name(ben, runtime, number):
    form = next(
        form
        for form in ben.get(f"/comments/{number}/").page.forms
        if form.action.endswith("/reply/")
    )
    assert ben.send(form.action, form.filled(answer=" ")).status == 422
    done = ben.send(form.action, form.filled(answer="Thank *you*."))

    assert (done.status, done.location) == (303, f"/comments/{number}/#answers")
    assert "Thank <em>you</em>." in ben.get(f"/comments/{number}/").page.html
    assert state_of(runtime, number) == "approved"


def test_delete_asks_and_only_takes_what_nobody_sees(ben, runtime, number):
    assert "This cannot be undone." in ben.get(f"/comments/{number}/delete/").page.text
    sent = {"csrf_token": ben.token()}
    assert ben.send(f"/comments/{number}/delete/", sent).status == 409
    act(ben, number, "trash", "1")
    assert ben.send(f"/comments/{number}/delete/", sent).location == "/comments/"
    assert state_of(runtime, number) is None
    assert ben.get(f"/comments/{number}/").status == 404


def test_next_that_waits_is_led_to(ben, runtime, number):
    other = say_on(runtime, 1, body="Another.")

    assert f'href="/comments/{other}/" data-key="n"' in ben.get(f"/comments/{number}/").page.html
    assert f'href="/comments/{number}/" data-key="n"' in ben.get(f"/comments/{other}/").page.html


def test_comments_of_others_are_not_there_for_an_author(as_, runtime, number):
    write(runtime, "Ben", title="Ben's")
    foreign, cy = say_on(runtime, 2, body="Foreign."), as_("Cy")

    assert cy.get(f"/comments/{foreign}/").status == 404
    for path in ("act", "edit", "reply", "delete"):
        sent = {"csrf_token": cy.token(), "action": "approve", "answer": "x", "body": "x"}
        assert cy.send(f"/comments/{foreign}/{path}/", sent).status == 404
    assert as_("Con").get(f"/comments/{number}/").status == 403


def test_page_keeps_below_the_ceiling(ben, runtime, number):
    with counted(runtime) as statements:
        ben.get(f"/comments/{number}/")
    assert len(statements) <= 8, statements
