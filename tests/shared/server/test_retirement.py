import time

import pytest

from shared.server.retirement import Retirement


@pytest.fixture
def _at_any_age(monkeypatch):
    monkeypatch.setattr(Retirement, "least_age", 0.0)


@pytest.mark.usefixtures("_at_any_age")
def test_workers_of_an_instance_retire_one_at_a_time(tmp_path):
    ended = []
    first = Retirement(tmp_path, lambda: ended.append("first"))
    second = Retirement(tmp_path, lambda: ended.append("second"))
    assert (first(), second(), ended) == (True, False, ["first"])
    first.release()  # as the system does when the first process is gone
    assert (second(), ended) == (True, ["first", "second"])
    second.release()


@pytest.mark.usefixtures("_at_any_age")
def test_a_worker_ends_once_however_often_it_is_asked(tmp_path):
    ended = []
    retirement = Retirement(tmp_path, lambda: ended.append(1))
    assert ([retirement() for _ in range(3)], ended) == ([True] * 3, [1])
    retirement.release()


def test_a_worker_stays_for_its_first_minute(tmp_path, monkeypatch):
    ended = []
    retirement = Retirement(tmp_path, lambda: ended.append(1))
    assert (retirement(), ended) == (False, [])
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 61)
    assert (retirement(), ended) == (True, [1])
    retirement.release()


def test_the_lock_is_for_nobody_else(tmp_path, monkeypatch):
    monkeypatch.setattr(Retirement, "least_age", 0.0)
    retirement = Retirement(tmp_path, bool)
    assert retirement()
    assert [path.stat().st_mode & 0o007 for path in tmp_path.iterdir()] == [0]
    retirement.release()
