"""What no page of ours sends: foreign forms, forged numbers, markup, floods from many sides."""

import threading
from dataclasses import replace

import pytest

from frontend import create_app
from frontend.comments.forms import token_for
from shared.content.comments import TAGS, render_comment
from shared.domain.comments.receiving import BY_ONE
from shared.runtime import Runtime
from tests.cast import make_post, work_of
from tests.frontend.comments.conftest import FORM
from tests.frontend.page import Page

OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://blog.localhost", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost:8080", "Sec-Fetch-Site": None}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": None}, 403),
        ({"Origin": "http://[", "Sec-Fetch-Site": None}, 403),
        ({"Origin": "http://evil.example", "Sec-Fetch-Site": None}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": None}, 303),
        ({"Origin": None, "Sec-Fetch-Site": None}, 303),
        ({"Origin": None, "Sec-Fetch-Site": "same-origin"}, 303),
    ],
)
def test_only_forms_of_this_site_are_believed(post, send, stored, headers, status):
    answer = send(headers=headers)
    assert (answer.status_code, len(stored())) == (status, status == 303)


def test_address_of_the_settings_is_the_site_too(settings, clock, runtime, post):
    public = Runtime(replace(settings, site_url="https://blog.example.org"), clock)
    client = create_app(public).test_client()
    form = FORM | {"token": token_for(public, post.id)}
    answer = client.post(
        f"/comments/{post.id}/", data=form, headers={"Origin": "https://blog.example.org"}
    )
    public.database.close()
    assert answer.status_code == 303


def test_token_of_another_post_or_none_asks_to_send_it_again(client, runtime, post, stored):
    for token in ("", "é", token_for(runtime, post.id + 1)):
        answer = client.post(f"/comments/{post.id}/", data=FORM | {"token": token}, headers=OWN)
        page = Page(answer)
        assert (answer.status_code, stored()) == (422, [])
        assert page.one("input[@name='token']").get("value") == token_for(runtime, post.id)
        assert page.one("textarea").text == FORM["body"]


def test_nothing_is_answered_across_posts_or_below_what_is_hidden(post, write, say, send, stored):
    elsewhere, hidden = say(write(slug="b").id), say(post.id, state="pending")
    for parent in (elsewhere, hidden, 999, 10**30, 0, -1, "x", "１"):
        assert send(parent=str(parent)).status_code == 422
    assert len(stored()) == 2


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "[a](javascript:alert(1)) [b](data:text/html,x) <javascript:alert(1)>",
        '[a](https://example.org "onclick=alert(1)") ![x](https://example.org/x.png)',
        "> " * 2_400 + "deep",
        "- " * 2_400 + "deep",
        "*_" * 2_400,
        "[" * 4_900,
        "`" * 4_900,
        "a\x00b \u202egnitirw\u202c \u2066x \x85 \ufdd0 \uffff \x1b[0m",
        "</article></main></body>",
        "# Heading\n\n<h1 id=main>x</h1>\n\n***\n\n| a |\n|---|\n| b |",
    ],
)
def test_markup_stays_harmless(client, visit, post, send, body):
    answer = send(body=body)
    assert answer.status_code == 303
    page = visit("/page/a/")
    (said,) = page.all("article[@class='comment']/div")
    assert {element.tag for element in said.iter()} <= TAGS | {"div"}
    names = {name for element in said.iter("a") for name in element.attrib}
    assert names <= {"href", "rel"}
    for link in said.iter("a"):
        assert link.get("href", "https:").startswith(("http:", "https:", "mailto:"))
    assert not set("\x00\x1b\u202e\u202c\u2066\x85\ufdd0\uffff") & set("".join(said.itertext()))


def test_name_is_text_that_can_be_seen(visit, post, send, stored):
    assert send(name="\u200b\u2060\u00ad").status_code == 422
    send(name="<b>Vi</b>\n\u202eX")
    assert stored()[0].name == "<b>Vi</b> X"
    assert visit("/page/a/").texts("b[@class='who']") == ["<b>Vi</b> X"]


def test_ten_thousand_links_are_too_much_and_a_few_wait(post, send, stored):
    assert send(body="http://a.org " * 10_000).status_code == 422
    assert send(body="http://a.org " * 400).status_code == 422
    assert send(body="http://a.org " * 300).status_code == 303
    assert [comment.state for comment in stored()] == ["pending"]


def test_what_is_sent_otherwise_is_a_form_without_fields(client, post, stored):
    sent = ({"json": FORM}, {"data": b"\xff\xfe", "content_type": "text/plain"}, {})
    for options in sent:
        answer = client.post(f"/comments/{post.id}/", headers=OWN, **options)
        assert (answer.status_code, stored()) == (422, [])


def test_same_words_are_taken_once(post, send, stored):
    assert send().status_code == 303
    assert send().status_code == 422
    assert len(stored()) == 1


@pytest.mark.usefixtures("post")
def test_name_and_address_of_someone_approved_open_nothing_elsewhere(
    client, settle, send, stored, runtime
):
    send()
    post = stored()[0].post_id
    settle(comments_open=True, comments_moderation="first")
    form = FORM | {"token": token_for(runtime, post), "body": "Buy!"}
    elsewhere = {"triptych.client": "203.0.113.7"}
    client.post(f"/comments/{post}/", data=form, headers=OWN, environ_base=elsewhere)
    send(body="Me again.")
    assert [comment.state for comment in stored()] == ["approved", "pending", "approved"]


def test_rendering_is_quick_under_attack():
    for pattern in ("[a](", "![", "**a_", "<", "\\", "&#", "> - ", "``` "):
        assert len(render_comment(pattern * (5_000 // len(pattern)))) < 400_000


def test_limit_holds_across_workers(any_runtime, clock):
    with any_runtime.database.writing() as session:
        work = work_of(session)
        post = make_post(work, comments="on")
        session.commit()
    workers = [create_app(any_runtime), create_app(Runtime(any_runtime.settings, clock))]
    token, answers = token_for(any_runtime, post.id), []

    def flood(app, name):
        client = app.test_client()
        for number in range(BY_ONE.requests):
            form = FORM | {"token": token, "body": f"{name} {number}"}
            answer = client.post(f"/comments/{post.id}/", data=form, headers=OWN)
            answers.append(answer.status_code)

    pairs = zip(workers, "ab", strict=True)
    threads = [threading.Thread(target=flood, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    workers[1].extensions["triptych"].database.close()
    assert sorted(answers) == [303] * BY_ONE.requests + [429] * BY_ONE.requests
