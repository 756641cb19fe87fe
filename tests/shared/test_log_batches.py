import logging
import time

import pytest

from shared import log_batches
from shared import logging as shared_logging
from shared.logging import begin_batches, configure, log_path, log_request
from shared.settings import Settings


@pytest.fixture
def console(monkeypatch):
    """A process whose logging is not configured yet."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr(shared_logging, "_configured", [])
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    yield
    log_batches.end()
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def settings_in(folder, **over):
    return Settings(instance=folder, **over)


def written(settings):
    return log_path(settings).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "json"])
def test_collected_lines_are_those_that_are_written_one_by_one(
    tmp_path, console, monkeypatch, form
):
    settings = settings_in(tmp_path, log_format=form)
    configure(settings)
    monkeypatch.setattr("time.time", lambda: 1_772_366_400.25)
    paths = ["/", "/学/?secret", "/setup/swordfish/", "/a\u2028b", "/page/x/"]

    def ask() -> str:
        for path in paths:
            log_request("GET", path, 200, size=7, ms=0.25, who="-", way="hit")
        log_batches.flush()
        return written(settings)

    one_by_one = ask()
    begin_batches()
    try:
        assert ask() == one_by_one * 2
    finally:
        log_batches.end()
    assert "swordfish" not in one_by_one


def test_collected_lines_are_written_soon(tmp_path, console):
    settings = settings_in(tmp_path)
    configure(settings)
    begin_batches()
    try:
        log_request("GET", "/soon/", 200, size=7, ms=0.25)
        path = log_path(settings)
        until = time.monotonic() + 5
        while not (path.exists() and path.read_text()) and time.monotonic() < until:
            time.sleep(0.01)
        assert "GET /soon/ 200 7 0.2 -" in written(settings)
    finally:
        log_batches.end()


def test_lines_beyond_what_may_wait_are_written_at_once(tmp_path, console, monkeypatch):
    settings = settings_in(tmp_path)
    configure(settings)
    begin_batches()
    monkeypatch.setattr(log_batches, "MOST", 0)
    log_request("GET", "/now/", 200, size=7, ms=0.25)
    assert "GET /now/ 200 7 0.2 -" in written(settings)
