"""A comment on its way: from the form to its place, and every way back with nothing lost."""

import pytest

from tests.frontend.comments.conftest import FORM
from tests.frontend.page import Page


def test_approved_comment_is_there_at_once(client, visit, post, send, stored):
    assert "Well" not in visit("/page/a/").text
    answer = send()
    (comment,) = stored()
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/page/a/#comment-{comment.id}",
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert visit("/page/a/").texts("article[@class='comment']/div") == ["Well said."]
    assert (comment.name, comment.email, len(comment.origin)) == ("Vi", FORM["email"], 64)
    assert "127.0.0.1" not in comment.origin


def test_no_cookie_is_set_and_nothing_of_the_visitor_stays_on_pages(client, post, send):
    answer = send()
    page = client.get(answer.headers["Location"])
    assert "Set-Cookie" not in answer.headers
    assert "Set-Cookie" not in page.headers
    assert FORM["email"] not in page.text


@pytest.mark.usefixtures("post")
@pytest.mark.parametrize("over", [{}, {"subject": "Buy"}])
def test_who_waits_and_who_sent_spam_are_told_the_same(visit, settle, send, stored, over):
    settle(comments_open=True, comments_moderation="all")
    answer = send(**over)
    waiting = f"/comments/{stored()[0].post_id}/waiting/"
    assert (answer.status_code, answer.headers["Location"]) == (303, waiting)
    page = visit(waiting)
    assert page.texts("h1") == ["Thank you for your comment"]
    assert (page.meta("robots"), "/page/a/" in page.links("ul/li/a")) == (["noindex"], True)
    assert stored()[0].state == ("spam" if over else "pending")
    assert "Well" not in visit("/page/a/").text


def test_answer_stands_below_what_it_answers(client, visit, post, say, send):
    first = say(post.id)
    send(parent=str(first), name="Wu")
    assert visit("/page/a/").texts("li/ol/li/article/header/b") == ["Wu"]


def test_wrong_form_comes_back_with_all_that_was_typed(post, send, stored):
    body = "\n<b>Mine</b> & 我的"
    answer = send(name=" ", email="no address", body=body)
    page = Page(answer)
    assert (answer.status_code, answer.headers["Cache-Control"], stored()) == (422, "no-store", [])
    assert page.texts("span[@class='error']") == ["Give a name.", "Give a whole address, or none."]
    assert page.links("div[@role='alert']/p/a") == ["#say_name", "#say_email"]
    assert page.one("textarea").text == body
    assert page.one("input[@name='email']").get("value") == "no address"
    assert page.one("input[@name='name']").get("aria-describedby") == "say_name_error"


def test_what_comes_back_can_be_sent(client, post, send, stored):
    form = Page(send(name="")).one("form[@class='say']")
    fields = {field.get("name"): field.get("value", "") for field in form.iter("input")}
    fields |= {"name": "Vi", "body": form.find(".//textarea").text}
    answer = client.post(form.get("action"), data=fields)
    assert (answer.status_code, len(stored())) == (303, 1)


def test_answer_to_what_is_gone_can_be_sent_to_the_post(post, say, change, send):
    first = say(post.id)
    change(first, state="trashed")
    page = Page(send(parent=str(first)))
    assert page.texts("div[@role='alert']/p") == [
        "The comment that this answers is no longer there."
    ]
    assert page.all("input[@name='parent']") == []


def test_flood_is_told_to_wait(post, send, stored):
    for number in range(5):
        assert send(body=f"No. {number}").status_code == 303
    answer = send(body="One more")
    page = Page(answer)
    assert (answer.status_code, answer.headers["Retry-After"], len(stored())) == (429, "120", 5)
    assert page.texts("div[@role='alert']/p") == [
        "Too many comments at once. Send it again in 2 minutes."
    ]
    assert page.one("textarea").text == "One more"


def test_closed_post_gives_the_text_back(client, settle, post, send, clock):
    settle(comments_open=True, comments_close_days=1)
    token = Page(client.get("/page/a/")).all("input[@name='token']")[0].get("value")
    clock.forward(days=1)
    answer = client.post(f"/comments/{post.id}/", data=FORM | {"token": token})
    page = Page(answer)
    assert (answer.status_code, page.texts("div[@role='alert']/p")) == (
        409,
        ["Comments on this are closed."],
    )
    assert (page.one("textarea").text, page.all("button[@type='submit']")) == (FORM["body"], [])


def test_refusals_are_told_in_the_sites_language(settle, write, send):
    settle(comments_open=True, language="zh-Hans")
    write(slug="a")
    page = Page(send(body=""))
    assert page.texts("span[@class='error']") == ["请先写点内容。"]
