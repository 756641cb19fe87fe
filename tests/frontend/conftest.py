"""The site on an instance of the test's own, and a hand that writes for it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from frontend import create_app
from shared.domain.site import Site, save_site
from shared.domain.taxonomy import ensure_category
from shared.models import Post
from shared.runtime import Runtime
from shared.settings import Settings
from tests.cast import Clock, make_post, work_of
from tests.frontend.page import Page

Write = Callable[..., Post]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings without copies of pages on disk, which come and go in the background."""
    return replace(settings, pages_disk=0)


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    return create_app(runtime)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def visit(client: FlaskClient) -> Callable[..., Page]:
    """Read a page that must be there."""

    def visit_(path: str, status: int = 200) -> Page:
        response = client.get(path)
        assert (path, response.status_code) == (path, status)
        return Page(response)

    return visit_


@pytest.fixture
def write(runtime: Runtime, clock: Clock) -> Write:
    """Write a post, published now unless told otherwise; `expires_at` is set as it is given."""
    return writer_of(runtime, clock)


def writer_of(runtime: Runtime, clock: Clock) -> Write:
    def write_(*, categories: tuple[str, ...] = (), expires_at: Any = None, **over: Any) -> Post:
        with runtime.database.writing() as session:
            work = work_of(session, at=clock())
            ids = [ensure_category(path.split("/"), work=work).id for path in categories]
            post = make_post(work, categories=tuple(ids), **over)
            post.expires_at = expires_at
            session.commit()
            return post

    return write_


@pytest.fixture
def settle(runtime: Runtime) -> Callable[..., None]:
    """Change the site's settings."""

    def settle_(**values: Any) -> None:
        with runtime.database.writing() as session:
            save_site(replace(Site(), **values), work=work_of(session))
            session.commit()

    return settle_
