"""The API of a test's own database, and clients that may call it."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from api import create_app
from shared.domain.clients import approve_client, issue_token, register_client
from shared.domain.work import SYSTEM
from shared.models import ApiClient, User
from shared.runtime import Runtime
from tests.api.calls import Api
from tests.cast import Clock, work_of

SECRET = "a long enough secret"


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    """The application on its own, without gate and dispatcher."""
    return create_app(runtime)


@pytest.fixture
def api(app: Flask) -> Api:
    """Anyone, calling."""
    return Api(Client(app))


@pytest.fixture
def make_client(runtime: Runtime) -> Callable[..., ApiClient]:
    """Make an approved client with these scopes, for a user if one is given."""

    def make(scopes: Iterable[str], user: User | None = None, **over: Any) -> ApiClient:
        with runtime.database.writing() as session:
            work = work_of(session, SYSTEM)
            type_ = "user" if user else "service"
            terms = {"name": "Newsletter", "type": type_, "contact": "", "secret": SECRET} | over
            client, _ = register_client(**terms, scopes=scopes, work=work)
            own = session.merge(user, load=False) if user else None
            approve_client(client, scopes=scopes, user=own, work=work)
            session.commit()
            return client

    return make


@pytest.fixture
def as_client(
    runtime: Runtime, api: Api, clock: Clock, make_client: Callable[..., ApiClient]
) -> Callable[..., Api]:
    """Call with a token that has these scopes."""

    def sign_in(*scopes: str, user: User | None = None) -> Api:
        made = make_client(scopes, user)
        with runtime.database.writing() as session:
            client = session.get_one(ApiClient, made.id)
            work = work_of(session, SYSTEM, clock())
            token, _ = issue_token(client, scopes=scopes, life=api.life, work=work)
            session.commit()
        return Api(Client(api.http.application), token)

    return sign_in


@pytest.fixture
def writer(as_client: Callable[..., Api]) -> Api:
    """A client that may do everything with posts."""
    return as_client("posts:read", "posts:write", "posts:publish")
