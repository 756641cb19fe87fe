"""Every address that the benchmark times exists and answers as the generated content asks."""

from dataclasses import replace
from wsgiref.types import WSGIApplication

import pytest
from werkzeug.test import Client

from bench.checks import WrongAnswerError
from bench.content import make_plan
from bench.loading import OWNER
from bench.routes import Route, make_routes
from bench.visitor import Answer, hidden_fields
from shared.runtime import Runtime
from tests.cast import PASSWORD

ORIGIN = "http://localhost"
PLAN = make_plan(300)
ROUTES = make_routes(PLAN)


@pytest.fixture(scope="module")
def whole(site: tuple[Runtime, Client]) -> WSGIApplication:
    """The whole process on a generated database."""
    return site[1].application


@pytest.fixture(scope="module")
def owner(whole: WSGIApplication) -> Client:
    """A client that is signed in to the console."""
    client = Client(whole)
    hidden = hidden_fields(client.get("/admin/login/").text)
    form = {**hidden, "email": OWNER, "password": PASSWORD}
    assert client.post("/admin/login/", data=form).status_code == 303
    return client


def ask(client: Client, route: Route) -> Answer:
    response = client.get(route.target)
    reason = response.status.partition(" ")[2]
    return Answer(
        ORIGIN, response.status_code, reason, tuple(response.headers.items()), response.data
    )


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_answer_is_right(whole: WSGIApplication, owner: Client, route: Route) -> None:
    client = owner if route.is_console else Client(whole)
    route.check(ask(client, route))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_wrong_answer_is_noticed(whole: WSGIApplication, owner: Client, route: Route) -> None:
    client = owner if route.is_console else Client(whole)
    answer = ask(client, route)
    emptied = b'{"items": []}' if route.target.endswith("limit=10") else b'{"id": 0, "title": ""}'
    with pytest.raises(WrongAnswerError):
        route.check(replace(answer, body=emptied))
    with pytest.raises(WrongAnswerError, match="status"):
        route.check(replace(answer, status=404))
