"""A site that takes comments, a hand that puts them below posts, and a visitor who sends them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from shared.content.comments import render_comment
from shared.models import Comment, Post
from shared.runtime import Runtime
from tests.cast import Clock

Say = Callable[..., int]
Send = Callable[..., TestResponse]
FORM = {"name": "Vi", "email": "vi@example.org", "body": "Well *said*."}


@pytest.fixture
def opened(settle) -> None:
    """Comments are open, and nothing waits but what looks like spam."""
    settle(comments_open=True, comments_moderation="none")


@pytest.fixture
def post(write, opened) -> Post:
    """A post that takes comments."""
    return write(slug="a", title="On hinges")


@pytest.fixture
def say(runtime: Runtime, clock: Clock) -> Say:
    """Put a comment below a post, approved unless told otherwise, and return its number."""

    def say_(post_id: int, body: str = "Well said.", **over: Any) -> int:
        row = {"name": "Vi", "state": "approved", "version": 1} | over
        row |= {"created_at": clock(), "updated_at": clock(), "html": render_comment(body)}
        with runtime.database.writing() as session:
            comment = Comment(post_id=post_id, body=body, **row)
            session.add(comment)
            session.commit()
            return comment.id

    return say_


@pytest.fixture
def change(runtime: Runtime) -> Callable[..., None]:
    """Change a comment."""

    def change_(number: int, **values: Any) -> None:
        with runtime.database.writing() as session:
            comment = session.get_one(Comment, number)
            for name, value in values.items():
                setattr(comment, name, value)
            session.commit()

    return change_


@pytest.fixture
def stored(runtime: Runtime) -> Callable[[], list[Comment]]:
    """Return all comments, oldest first."""

    def stored_() -> list[Comment]:
        with runtime.database.reading() as session:
            return list(session.scalars(select(Comment).order_by(Comment.id)))

    return stored_


@pytest.fixture
def send(client: FlaskClient) -> Send:
    """Fill in the form on a page and send it, as a browser does."""

    def send_(path: str = "/page/a/", headers: Any = None, **over: Any) -> TestResponse:
        page = client.get(path).text
        found = re.search(r'action="(/comments/\d+/)">\s*<input [^>]*value="(\w+)"', page)
        assert found, page
        headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"} | (headers or {})
        form = {"token": found[2], "subject": ""} | FORM | over
        headers = {name: value for name, value in headers.items() if value is not None}
        return client.post(found[1], data=form, headers=headers)

    return send_
