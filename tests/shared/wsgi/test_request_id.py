import logging

import pytest
from werkzeug.test import Client

from shared.settings import Settings
from shared.wsgi.gate import Gate
from shared.wsgi.request_id import current, identify
from tests.shared.wsgi.applications import echo


@pytest.mark.parametrize("given", ["abcdefgh", "A.b_c-1234", "x" * 64])
def test_identify_keeps_a_well_formed_id(given):
    assert identify(given) == given


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "has space", "new\nline1", "ümlaut12"])
def test_identify_replaces_any_other(given):
    made = identify(given)
    assert (made != given, len(made), set(made) <= set("0123456789abcdef")) == (True, 16, True)


def test_two_requests_get_different_ids():
    assert identify("") != identify("")


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/a//b", 400)])
def test_every_answer_echoes_the_id(path, status):
    client = Client(Gate(echo("site"), Settings(), {}))
    answer = client.get(
        "/", environ_overrides={"PATH_INFO": path}, headers={"X-Request-ID": "trace-0001"}
    )
    assert (answer.status_code, answer.headers.getlist("X-Request-ID")) == (status, ["trace-0001"])


def test_the_application_and_the_log_know_the_id(caplog):
    def application(environ, start_response):
        logging.getLogger("app").warning("now %s", current.get())
        return echo("site")(environ, start_response)

    answer = Client(Gate(application, Settings(), {})).get(
        "/", headers={"X-Request-ID": "trace-0002"}
    )
    assert answer.json["triptych.request_id"] == "trace-0002"
    assert answer.json["logged as"] == ["", "trace-0002"]
    assert caplog.messages == ["now trace-0002"]


def test_the_list_of_headers_of_an_application_is_not_changed():
    headers = [("Content-Type", "text/plain")]

    def application(environ, start_response):
        start_response("200 OK", headers)
        return [b""]

    Client(Gate(application, Settings(), {})).get("/")
    assert headers == [("Content-Type", "text/plain")]
