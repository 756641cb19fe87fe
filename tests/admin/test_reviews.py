"""A contributor asks, an editor returns with a note, the author asks again, the editor approves."""

from werkzeug.datastructures import MultiDict

from tests.admin.content import read, write


def test_review_goes_back_and_forth_until_it_is_public(as_, runtime):
    con, ben = as_("Con"), as_("Ben")
    post = write(runtime, "Con", title="First try")
    path = f"/page/edit/{post}/"

    assert con.press(path, "ask_review", review_message="Ready?").status == 303
    assert "Ready?" in ben.get(path).page.text
    assert "First try" in ben.get("/page/?status=review").page.text
    assert con.get(path).page.form.actions.count("withdraw_review") == 1
    assert ben.press(path, "return_review").status == 422
    assert ben.press(path, "return_review", review_note="Say where.").status == 303
    assert "Say where." in con.get(path).page.text
    assert "First try" not in ben.get("/page/?status=review").page.text
    assert con.press(path, "ask_review", body="In Delft.").status == 303
    assert "Approve…" in ben.get(path).page.text
    assert ben.press(path, "publish", review_note="Lovely").status == 303

    assert read(runtime, post).status == "published"
    told = con.get(f"{path}discussion/").page.text
    assert all(words in told for words in ("Ready?", "Say where.", "Lovely", "Approved"))


def test_answer_that_comes_second_is_told_and_its_note_is_kept(as_, runtime):
    con, ann, ben = as_("Con"), as_("Ann"), as_("Ben")
    post = write(runtime, "Con", title="First try")
    path = f"/page/edit/{post}/"
    con.press(path, "ask_review")
    seen = ben.get(path).page.form

    assert ann.press(path, "publish").status == 303
    late = ben.send(path, seen.filled(action="return_review", review_note="Say where."))
    assert late.status == 409
    assert "This does not wait for review any more." in late.page.text
    assert "Ann approved it" in late.page.text
    assert "Say where.</textarea>" in late.page.html
    assert read(runtime, post).status == "published"


def test_undoing_an_approval_lets_the_draft_wait_again(as_, runtime):
    con, ben = as_("Con"), as_("Ben")
    post = write(runtime, "Con", title="First try")
    path = f"/page/edit/{post}/"
    con.press(path, "ask_review", review_message="Ready?")
    ben.press(path, "publish", review_note="Lovely")
    (undo,) = [form for form in ben.get(path).page.forms if "/undo/" in form.action]
    assert ben.send(undo.action, undo.filled()).status == 303
    assert read(runtime, post).status == "draft"
    assert "Approve…" in ben.get(path).page.text
    told = con.get(f"{path}discussion/").page.text
    assert ("Ready?" in told, "Lovely" in told) == (True, False)


def test_comments_are_written_answered_and_settled(as_, runtime):
    con, ben = as_("Con"), as_("Ben")
    path = f"/page/edit/{write(runtime, 'Con')}/"

    def send(browser, to, **fields):
        token = {"csrf_token": browser.token()}
        return browser.send(f"{path}discussion/{to}", MultiDict(token | fields))

    assert send(ben, "comment/", text="Why?", quote="happened").status == 303
    assert "Why?" in con.get(path).page.text
    part = send(con, "comment/?part=1", answers="1", answer_1="Because.")
    assert (part.status, "Because." in part.page.text) == (200, True)
    assert send(con, "comment/?part=1", text=" ").status == 422
    long = send(con, "comment/", answers="1", answer_1="x" * 4001)
    assert (long.status, "x" * 4001 in long.page.text) == (422, True)
    assert send(con, "1/resolve/").status == 303
    assert "Settled by Con" in ben.get(f"{path}view/").page.text
    assert send(ben, "1/reopen/").status == 303
    assert send(as_("Dee"), "comment/", text="Hm").status == 403
