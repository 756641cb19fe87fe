import pytest
from werkzeug.test import Client

from bench import slow
from bench.parts.bulkheads import limits
from shared.settings import Settings


def inner(environ, start_response):
    start_response("404 Not Found", [])
    return [b"inner"]


def test_one_path_waits_and_the_others_are_the_apis(monkeypatch: pytest.MonkeyPatch):
    waited: list[float] = []
    monkeypatch.setattr(slow.time, "sleep", waited.append)
    client = Client(slow.Slow(inner))
    assert client.get("/v1/posts").data == b"inner"
    assert waited == []
    answer = client.get("/slow", environ_overrides={"SCRIPT_NAME": "/api"})
    assert (answer.status_code, answer.data, waited) == (200, b"ok", [slow.WAIT])


def test_limits_are_the_usual_ones_or_none():
    usual = Settings()
    assert limits("on") == {
        "BENCH_BULKHEADS": "on",
        "LIMIT_ADMIN": str(usual.limit_admin),
        "LIMIT_API": str(usual.limit_api),
        "LIMIT_EXPORTS": str(usual.limit_exports),
        "LIMIT_MEDIA": str(usual.limit_media),
    }
    assert set(limits("off").values()) == {"off", "8"}
