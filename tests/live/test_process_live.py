"""How the process starts, logs and stops."""

import json
import os
import subprocess
import sys
import threading
import time

import pytest

from tests.live.conftest import ROOT, running

pytestmark = pytest.mark.live


def test_health_and_warm_start(server):
    deadline = time.monotonic() + 5
    states = {}
    while set(states.values()) != {"up"} and time.monotonic() < deadline:
        states = json.loads(server.ask("/healthz").body)["apps"]
    assert states == {"frontend": "up", "admin": "up", "api": "up"}


def test_gunicorn_logs_in_our_format_and_to_our_file(server):
    server.ask("/a//b", "X-Request-ID: trace-0004")
    deadline = time.monotonic() + 5
    while "trace-0004" not in server.log and time.monotonic() < deadline:
        time.sleep(0.01)  # lines of requests are written together, ten times a second
    line = next(line for line in server.log.splitlines() if "trace-0004" in line)
    assert " - triptych.access - INFO - [server trace-0004] GET /a//b 400 " in line
    assert line in (server.instance / "logs" / "triptych.log").read_text()
    first = server.log.splitlines()[0]
    assert first.endswith(" - gunicorn.error - INFO - [server -] Starting gunicorn 27.0.1")


def test_what_the_server_writes_is_not_for_others(server):
    modes = {path.name: path.stat().st_mode & 0o007 for path in server.instance.rglob("logs/*")}
    assert modes
    assert set(modes.values()) == {0}


def test_a_wrong_setting_is_one_line(tmp_path):
    env = {"PATH": os.environ["PATH"], "PORT": "http", "INSTANCE": str(tmp_path)}
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "triptych: PORT must be a whole number from 0 to 65535, not 'http'\n",
    )


def test_a_running_request_is_answered_before_the_server_ends(tmp_path):
    with running(tmp_path) as server:
        server.ask("/pid")  # it listens before its worker is there
        request = b"GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        got = []
        thread = threading.Thread(target=lambda: got.append(server.send(request)))
        thread.start()
        time.sleep(0.7)
        server.process.terminate()
        thread.join()
        assert server.process.wait(15) == 0
    assert got[0].startswith(b"HTTP/1.1 200 OK\r\n")
