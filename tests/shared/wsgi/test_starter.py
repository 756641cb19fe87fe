import logging
import threading

import pytest

from shared.wsgi.starter import MOST_LEFT_BEHIND, Starter
from tests.shared.wsgi.applications import echo


class Tick:
    """A clock of seconds that stands until it is moved."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


class Factory:
    """Fails until `works` is set; counts how often it was called."""

    def __init__(self, error):
        self.error = error
        self.calls = 0
        self.works = False
        self.app = echo("made")

    def __call__(self):
        self.calls += 1
        if not self.works:
            raise self.error
        return self.app


@pytest.fixture
def tick():
    return Tick()


def test_the_application_is_created_once_and_only_when_asked_for(tick):
    factory = Factory(None)
    factory.works = True
    starter = Starter("site", factory, clock=tick)
    assert (starter.state, factory.calls) == ("starting", 0)
    assert [starter.wait_for_app() for _ in range(3)] == [factory.app] * 3
    assert (starter.state, factory.calls) == ("up", 1)


def test_many_requests_at_once_create_it_once(tick):
    gate = threading.Event()
    calls = []

    def factory():
        calls.append(1)
        gate.wait(5)
        return echo("made")

    starter = Starter("site", factory, clock=tick)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(starter.wait_for_app())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()
    assert (len(calls), len(found), len(set(found)), starter.app in found) == (1, 8, 1, True)


@pytest.mark.parametrize("error", [RuntimeError("boom"), SystemExit(3), KeyboardInterrupt()])
def test_a_failure_is_tried_again_after_growing_pauses(tick, error):
    factory = Factory(error)
    starter = Starter("admin", factory, clock=tick)
    assert (starter.wait_for_app(), starter.state) == (None, "down")
    for count, pause in enumerate((1, 2, 4, 8, 16, 32, 60, 60, 60), start=1):
        assert (starter.retry_after, factory.calls) == (pause, count)
        tick.now += pause - 0.01
        assert (starter.wait_for_app(), factory.calls) == (None, count)
        tick.now += 0.01
        assert starter.wait_for_app() is None


def test_it_recovers_and_forgets_its_failures(tick, caplog):
    caplog.set_level(logging.INFO)
    factory = Factory(RuntimeError("boom"))
    starter = Starter("api", factory, clock=tick)
    starter.wait_for_app()
    factory.works = True
    assert starter.wait_for_app() is None
    tick.now += 1
    assert (starter.wait_for_app(), starter.state) == (factory.app, "up")
    assert caplog.messages == ["api did not start", "api is up"]
    assert "RuntimeError: boom" in caplog.text


def test_a_factory_that_returns_no_application_has_failed(tick, caplog):
    starter = Starter("api", lambda: None, clock=tick)
    assert (starter.wait_for_app(), starter.state) == (None, "down")
    assert "its factory returned None, which is no application" in caplog.text


def test_a_hanging_factory_is_waited_for_once(tick, caplog):
    release = threading.Event()
    app = echo("late")
    starter = Starter("admin", lambda: release.wait(10) and app, patience=0.05, clock=tick)
    assert (starter.wait_for_app(), starter.state, starter.retry_after) == (None, "down", 1)
    assert caplog.messages == ["admin did not start within 0.05 s"]
    assert starter.begin() is None
    release.set()
    assert _eventually(lambda: starter.app is app)
    assert starter.state == "up"


def test_a_hang_that_nobody_waits_for_is_noticed_by_the_clock(tick):
    release = threading.Event()
    starter = Starter("admin", lambda: release.wait(10) and None, clock=tick)
    starter.begin()
    assert starter.state == "starting"
    tick.now += 10
    starter.begin()
    assert starter.state == "down"
    release.set()


def test_hanging_threads_are_not_piled_up(tick):
    release = threading.Event()
    calls = []

    def factory():
        calls.append(1)
        release.wait(10)
        return echo("late")

    starter = Starter("admin", factory, patience=0.01, clock=tick)
    for _ in range(6):
        starter.wait_for_app()
        tick.now += 60
    assert len(calls) == MOST_LEFT_BEHIND
    release.set()
    assert _eventually(lambda: starter.state == "up")


def test_begin_never_waits(tick):
    release = threading.Event()
    starter = Starter("admin", lambda: release.wait(10) and echo("x"), clock=tick)
    attempt = starter.begin()
    assert (starter.begin() is attempt, attempt.is_over.is_set()) == (True, False)
    release.set()
    assert attempt.is_over.wait(5)


def _eventually(holds):
    pause = threading.Event()
    return any(holds() or pause.wait(0.01) for _ in range(500))
