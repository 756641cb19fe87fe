import http.client
import os
import re
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.scripts.test_preparation import free_port

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(instance):
    """Run what `make run` runs until it answers, and give its port."""
    port = free_port()
    environ = {"PATH": os.environ["PATH"], "INSTANCE": str(instance), "PORT": str(port)}
    with (instance.parent / "printed").open("w") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve"],
            cwd=ROOT,
            env=environ,
            stdout=printed,
            stderr=subprocess.DEVNULL,
        )
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=40)


def wait_for(port, process):
    for _ in range(1_000):
        try:
            return status_of(port, "/healthz")
        except OSError:
            assert process.poll() is None
            time.sleep(0.02)
    raise AssertionError("no answer in 20 seconds")


def status_of(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.live
def test_a_new_instance_is_served_and_a_second_start_takes_under_two_seconds(tmp_path):
    instance = tmp_path / "instance"
    with served(instance) as port:
        first = (tmp_path / "printed").read_text().splitlines()
        status = status_of(port, "/")
    before = cpu_seconds()
    with served(instance):
        pass

    address = f"http://127.0.0.1:{port}"
    assert status == 200
    assert first[0].split() == [
        "Triptych",
        f"{address}/",
        "console",
        f"{address}/admin/",
        "API",
        f"{address}/api/",
    ]
    assert re.fullmatch(rf"Set-up +{address}/admin/setup/[\w.~-]{{20,}}/ +\(once.*\)", first[1])
    assert cpu_seconds() - before < 2  # of work for both cores, however busy the machine is
    modes = {path.name: path.stat().st_mode & 0o777 for path in instance.rglob("*")}
    assert {name: mode for name, mode in modes.items() if mode & 0o007} == {}
    assert modes["master.key"] == 0o600
