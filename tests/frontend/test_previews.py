"""A preview link shows the working copy as the site would, and leaves nothing behind."""

import logging
from dataclasses import replace

import pytest

from shared.domain.posts import content_of, get_post, publish, save_post
from shared.domain.posts.preview_links import list_previews, offer_preview
from tests.cast import NOON, make_post, work_of


@pytest.fixture
def token(runtime, clock):
    """A link to a published post with changes that visitors do not see yet."""
    with runtime.database.writing() as session:
        work = work_of(session, at=clock())
        post = make_post(work, title="Old", slug="old", body="Live.", tags=("oak",), author_id=2)
        content = replace(content_of(post), title="New", body="# 新\n\nWorking [x](post:1).")
        save_post(post, content, version=None, work=work)
        made = offer_preview(post, 1, work=work)
        session.commit()
        return made


def test_working_copy_is_shown_as_its_page_would_be(runtime, client, clock, token):
    shown = client.get(f"/preview/{token}/")
    assert client.get("/page/old/").get_data(as_text=True).count("Live.") > 0
    with runtime.database.writing() as session:
        publish(get_post(session, 1), version=None, work=work_of(session, at=clock()))
        session.commit()
    public = client.get("/page/old/").get_data(as_text=True)

    def article(html):
        return html[html.index("<article") : html.index("</article>")]

    assert article(shown.get_data(as_text=True)) == article(public)
    assert '<meta name="robots" content="noindex">' in shown.get_data(as_text=True)


def test_nothing_is_kept_and_no_cookie_set(client, token, caplog):
    caplog.set_level(logging.INFO)
    answer = client.get(f"/preview/{token}/")
    about = {name: answer.headers.get(name) for name in ("Cache-Control", "Set-Cookie")}
    assert about == {"Cache-Control": "no-store", "Set-Cookie": None}
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    shelf = client.application.extensions["pages"].shelf
    assert shelf.find(f"http://localhost/preview/{token}/?") is None


def test_use_is_noted_once_a_minute(runtime, client, clock, token):
    def used():
        with runtime.database.reading() as session:
            [link] = list_previews(session, get_post(session, 1), at=NOON)
            return link.used_at

    seen = []
    for forward in (0, 30, 31):
        clock.forward(seconds=forward)
        client.get(f"/preview/{token}/")
        seen.append((used() - NOON).total_seconds())
    assert seen == [0, 0, 61]


def test_whatever_opens_nothing_is_the_same_404(client, clock, token):
    known = client.get("/preview/unknown-token-of-nobody/")
    clock.forward(days=1)
    ended = client.get(f"/preview/{token}/")
    assert (known.status_code, ended.status_code) == (404, 404)
    bodies = [answer.get_data(as_text=True) for answer in (known, ended)]
    assert bodies[0].replace("unknown-token-of-nobody", "") == bodies[1].replace(token, "")
    assert ended.headers["Cache-Control"] == "no-store"


def test_working_copy_of_a_page_is_shown(runtime, client, clock):
    with runtime.database.writing() as session:
        work = work_of(session, at=clock())
        page = make_post(work, kind="page", title="About", slug="about", published=False)
        token = offer_preview(page, 1, work=work)
        session.commit()
    assert "<h1>About</h1>" in client.get(f"/preview/{token}/").get_data(as_text=True)
    assert client.get("/about/").status_code == 404
