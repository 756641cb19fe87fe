"""Which post links to which, and what a person is offered to link to; on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from shared.domain.posts import (
    complete_link,
    content_of,
    discard_changes,
    list_linking,
    list_named,
    publish,
    save_post,
    trash,
)
from shared.models import PostLink
from shared.models.own_links import fill_in_links
from shared.runtime import Runtime
from tests.cast import NOON, Cast, make_post, work_of


@pytest.fixture
def work(any_runtime: Runtime):
    with any_runtime.database.writing() as session:
        yield work_of(session, Cast.load(session).ben)


def links(work) -> list[tuple[int, int]]:
    rows = work.session.execute(select(PostLink.post_id, PostLink.target_id))
    return sorted(tuple(row) for row in rows)


def test_links_of_live_and_working_text_are_noted(work) -> None:
    one = make_post(work, title="One")
    two = make_post(work, title="Two", body=f"[a](post:{one.id}) [b](post:900) [own](post:2)")
    assert links(work) == [(two.id, one.id), (two.id, 900)]
    save_post(two, replace(content_of(two), body="[c](post:7)"), version=None, work=work)
    assert links(work) == [(two.id, one.id), (two.id, 7), (two.id, 900)]
    publish(two, version=None, work=work)
    assert links(work) == [(two.id, 7)]
    save_post(two, replace(content_of(two), body="none"), version=None, work=work)
    discard_changes(two, version=None, work=work)
    assert links(work) == [(two.id, 7)]


def test_what_links_here_is_what_one_may_read(work) -> None:
    cast = Cast.load(work.session)
    target = make_post(work, title="Target")
    body = f"[x](post:{target.id})"
    public = make_post(work, title="Public", body=body)
    draft = make_post(work, title="Draft", body=body, published=False)
    seen = {
        name: {
            post.id
            for post in list_linking(
                work.session, target.id, actor=work_of(work.session, who).actor, now=NOON
            )
        }
        for name, who in (("ben", cast.ben), ("cy", cast.cy), ("dee", cast.dee))
    }
    assert seen == {"ben": {public.id, draft.id}, "cy": {public.id}, "dee": {public.id}}


def test_completion_offers_what_one_may_read_recent_first(work) -> None:
    cast = Cast.load(work.session)
    first = make_post(work, title="学习 Flask")
    draft = make_post(work, title="Flask draft", published=False)
    page = make_post(work, kind="page", title="About Flask 学习")
    own = make_post(work, title="100% flask", published=False, author_id=cast.cy.id)
    gone = make_post(work, title="Flask gone")
    trash(gone, work=work)

    def offered(who, words: str) -> list[int]:
        actor = work_of(work.session, who).actor
        found = complete_link(work.session, words, actor=actor, now=NOON, most=8)
        return [post.id for post in found]

    assert offered(cast.ben, "flask") == [draft.id, own.id, page.id, first.id]
    assert offered(cast.cy, "flask") == [own.id, page.id, first.id]
    assert offered(cast.dee, "学习") == [first.id, page.id]
    assert (offered(cast.ben, "%"), offered(cast.ben, "nothing")) == ([own.id], [])
    assert len(offered(cast.ben, "")) == 4


def test_named_posts_are_found_in_any_state(work) -> None:
    one = make_post(work, title="One")
    trash(one, work=work)
    assert {
        number: post.title for number, post in list_named(work.session, [one.id, 99]).items()
    } == {one.id: "One"}
    assert list_named(work.session, []) == {}


def test_texts_are_filled_in_for_visitors(work) -> None:
    page = make_post(work, kind="page", title="About", slug="about/us")
    draft = make_post(work, title="Draft", published=False)
    texts = [f'<a href="post:{page.id}">x</a>', f'<a href="post:{draft.id}">y</a>', "z"]
    assert fill_in_links(work.session, texts, now=NOON) == [
        '<a href="/about/us/">x</a>',
        "y",
        "z",
    ]
