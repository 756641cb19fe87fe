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
    assert send(con, "1/resolve/").status == 303
    assert "Settled by Con" in ben.get(f"{path}view/").page.text
    assert send(ben, "1/reopen/").status == 303
    assert send(as_("Dee"), "comment/", text="Hm").status == 403
