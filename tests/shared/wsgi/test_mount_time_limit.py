"""A mount whose application takes too long, with real databases behind it."""

import json
import logging
import threading
import time
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.exceptions import RequestTimeout
from werkzeug.test import run_wsgi_app

from shared.runtime import Runtime
from shared.time_limit import TimeLimit
from shared.wsgi.bulkhead import Bulkhead, Slots
from shared.wsgi.mount import BrokenAnswer, Mount, describe
from shared.wsgi.starter import Starter
from tests.shared.test_time_limit import spin
from tests.shared.wsgi.applications import raising
from tests.shared.wsgi.test_mount import Server, environ

SECONDS = 0.3
ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n) SELECT sum(i) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}
TOO_LONG = "This took too long and was cut off; please try again later."


def limited(app):
    """Return a mount of an app with little time, behind a bulkhead, and its places."""
    limit = TimeLimit(SECONDS, describe)
    slots = Slots(1)
    return Bulkhead("api", Mount(Starter("api", lambda: app), limit), slots), slots


def ask(app):
    """Return an answer read to its end: status, headers, error code, seconds, places taken."""
    bulkhead, slots = limited(app)
    began = time.monotonic()
    body, status, headers = run_wsgi_app(bulkhead, environ(), buffered=True)
    spent = time.monotonic() - began
    return status, headers.get("Retry-After"), json.loads(b"".join(body)), spent, slots.taken


def assert_cut_off(app):
    status, retry_after, body, spent, taken = ask(app)
    assert (status, retry_after, taken) == ("503 Service Unavailable", "10", 0)
    assert (body["error_code"], body["msg"]) == (999, TOO_LONG)
    assert SECONDS <= spent < SECONDS + 4


def querying(runtime, statement, *, write=False):
    """Return a Flask application that makes every error a page of its own, as ours do."""
    app = Flask(__name__)

    @app.errorhandler(Exception)
    def explain(error):
        return {"oops": type(error).__name__}, 500

    @app.get("/v1/posts")
    def view():
        database = runtime.database
        with database.writing() if write else database.reading() as session:
            return [list(row) for row in session.execute(text(statement))]

    return app


def test_an_endless_loop_is_a_503_of_its_mount():
    assert_cut_off(lambda *_: spin(60))


@pytest.fixture
def serving(any_runtime):
    """A runtime that serves requests of at most a second."""
    made = Runtime(replace(any_runtime.settings, request_seconds=1), serving=True)
    yield made
    made.database.close()


@pytest.mark.parametrize("write", [False, True])
def test_an_endless_query_is_a_503_and_its_connection_is_back(serving, write):
    statement = ENDLESS[serving.database.dialect]
    for _ in range(2):
        assert_cut_off(querying(serving, statement, write=write))
    for engine in (serving.database._reader, serving.database._writer):
        assert engine.pool.checkedout() == 0
    with serving.database.writing() as session:  # the gate is free too
        session.execute(text("UPDATE tag SET name = name"))
        session.commit()
    whole = ask(querying(serving, "SELECT 7"))
    assert whole[0] == "200 OK"


def test_postgres_ends_a_statement_of_a_request_but_none_of_a_command(postgres_runtime):
    settings = replace(postgres_runtime.settings, request_seconds=1)
    url = settings.database_url + "&options=-c%20lock_timeout%3D7s"
    web = Runtime(replace(settings, database_url=url), serving=True)
    told = []
    for runtime in (web, postgres_runtime):
        with runtime.database.reading() as session:
            told += [session.scalar(text(f"SHOW {name}_timeout")) for name in ("statement", "lock")]
    web.database.close()
    assert told == ["3s", "7s", "0", "0"]


def test_a_request_that_waits_for_the_gate_when_its_time_is_up_keeps_nothing(runtime):
    entered = threading.Event()

    def hold():
        with runtime.database.writing() as session:
            session.execute(text("SELECT 1"))
            entered.set()
            time.sleep(1)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait()
    app = querying(runtime, "UPDATE tag SET name = name RETURNING 1", write=True)
    status = ask(app)[0]
    holder.join()
    assert status == "200 OK"  # waiting in turn is no work
    with runtime.database.writing() as session:
        session.execute(text("UPDATE tag SET name = name"))


def hanging(start_response, steps, pause):
    start_response("200 OK", [("Content-Type", "text/plain")])
    for step in range(steps):
        spin(pause)
        yield f"{step}\n".encode()


def read(app):
    """Read an answer step by step; returns its status, the steps, and whether it broke off."""
    bulkhead, slots = limited(app)
    server, chunks, is_broken = Server(), [], False
    body = bulkhead(environ(), server)
    try:
        chunks.extend(body)
    except BrokenAnswer:
        is_broken = True
    finally:
        body.close()
    assert slots.taken == 0
    return server.statuses, chunks, is_broken


def test_a_long_steady_body_is_no_long_work():
    answer = read(lambda _, start: hanging(start, steps=8, pause=SECONDS / 4))
    assert answer == (["200 OK"], [f"{step}\n".encode() for step in range(8)], False)


def test_a_body_that_hangs_before_its_first_step_is_a_503():
    statuses, chunks, is_broken = read(lambda _, start: hanging(start, steps=1, pause=60))
    assert (statuses, is_broken) == (["503 Service Unavailable"], False)
    assert json.loads(b"".join(chunks))["msg"] == TOO_LONG


def test_a_body_that_hangs_in_the_middle_breaks_off(caplog):
    def app(_, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        yield b"begun\n"
        spin(60)

    assert read(app) == (["200 OK"], [b"begun\n"], True)
    assert "api failed at GET /api/v1/posts" in caplog.text


def test_an_answer_that_comes_whole_at_the_last_moment_is_sent():
    def app(about, start_response):
        try:
            spin(60)
        except BaseException:  # noqa: BLE001 - a view that finishes what it began
            start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"saved": true}']

    status, _, body, _, taken = ask(app)
    assert (status, body, taken) == ("200 OK", {"saved": True}, 0)


def test_a_body_that_did_not_come_is_a_408_of_the_client(caplog):
    status, _, body, _, _ = ask(raising(RequestTimeout(), after=[]))
    assert (status, body["msg"]) == (
        "408 Request Timeout",
        "The request body did not come in time.",
    )
    told = [record for record in caplog.records if record.name == "shared.wsgi.mount"]
    assert [record for record in told if record.levelno >= logging.ERROR] == []
