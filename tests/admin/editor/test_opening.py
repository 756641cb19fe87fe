"""A post is opened with its revisions in one query; its state can be told from columns alone."""

import pytest
from sqlalchemy import select

from admin.editor.opening import open_post
from shared.domain.errors import NotFound
from shared.domain.posts import content_of, save_post
from shared.models import Post
from tests.admin.content import write
from tests.admin.counting import counted
from tests.cast import NOON, make_content


def change(post, work):
    save_post(post, make_content(title="Changed"), version=post.version, work=work)


def test_opened_post_has_both_revisions_at_hand(runtime):
    number = write(runtime, title="As it is public", then=change)
    with counted(runtime) as statements, runtime.database.reading() as session:
        post = open_post(session, number)
        titles = content_of(post).title, content_of(post, live=True).title

    assert titles == ("Changed", "As it is public")
    assert len(statements) == 1


def test_post_that_is_not_there_is_not_found(runtime):
    with runtime.database.reading() as session, pytest.raises(NotFound) as refused:
        open_post(session, 4711)

    assert str(refused.value.message) == "There is no post 4711."


def test_state_is_told_from_columns_as_from_the_post(runtime):
    numbers = [write(runtime, who, title=f"By {who}") for who in ("Ben", "Con")]
    instants = select(Post.published_at, Post.expires_at, Post.trashed_at)
    with runtime.database.reading() as session:
        told = [
            Post.status(session.execute(instants.where(Post.id == number)).one(), NOON)
            for number in numbers
        ]
        known = [open_post(session, number).status(NOON) for number in numbers]

    assert told == known == ["published", "draft"]
