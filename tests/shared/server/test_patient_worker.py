"""What our worker knows of gunicorn's inside is still so; the live tests show what it does."""

import hashlib
import inspect
import os
import re
import runpy
import socket

import gunicorn
import pytest
from gunicorn.config import Config
from gunicorn.http.parser import Parser
from gunicorn.http.unreader import SocketUnreader, Unreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from shared.server import patient_worker
from tests.guards.sources import ROOT

# The parts of gunicorn that shared/server/patient_worker.py replaces, calls or counts on.
READ = {
    TConn: "e3a2878ba952",
    ThreadWorker: "2cde92a57d7b",
    Parser: "3a9c06e348c7",
    SocketUnreader: "786a257be09e",
    Unreader: "84aaa8f91fcd",
}


def digest(part):
    return hashlib.sha256(inspect.getsource(part).encode()).hexdigest()[:12]


def test_the_parts_of_gunicorn_that_we_lean_on_are_those_that_we_read():
    changed = {part.__name__: digest(part) for part in READ if digest(part) != READ[part]}
    assert changed == {}, (
        f"gunicorn {gunicorn.__version__} is not what shared/server/patient_worker.py was written "
        f"for ({patient_worker.VERIFIED}): read these classes again, then note their digests here"
    )


def test_the_pinned_gunicorn_is_the_verified_one():
    pins = re.findall(r"^gunicorn==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert (pins, gunicorn.__version__) == ([patient_worker.VERIFIED], patient_worker.VERIFIED)


def test_the_configuration_knows_the_same_major_version():
    text = (ROOT / "gunicorn.conf.py").read_text()
    major = patient_worker.VERIFIED.partition(".")[0]
    assert f"PATIENT_WITH = {major}  #" in text


@pytest.mark.parametrize(
    ("request_bytes", "kept"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab", False),
    ],
)
def test_only_an_unread_body_costs_a_late_thread_its_connection(monkeypatch, request_bytes, kept):
    monkeypatch.setattr(patient_worker, "DRAIN_SECONDS", -1.0)  # the thread comes too late
    client, server = socket.socketpair()
    with client, server:
        conn = patient_worker.PatientConn(Config(), server, ("", 0), ("", 0), lambda _: None)
        client.sendall(request_bytes)
        assert conn.gather()
        conn.init()
        next(conn.parser)
        worker = object.__new__(patient_worker.PatientWorker)
        assert worker._keepalive_after(conn, True) is kept
        assert worker._keepalive_after(conn, False) is False


@pytest.fixture(autouse=True)
def _own_umask():
    """Undo what the configuration does to the process that reads it."""
    usual = os.umask(0o022)
    os.umask(usual)
    yield
    os.umask(usual)


def configure(monkeypatch, tmp_path, version):
    monkeypatch.setattr(gunicorn, "version_info", version)
    monkeypatch.setenv("INSTANCE", str(tmp_path))
    monkeypatch.setenv("HEAD_SECONDS", "7")
    return runpy.run_path(str(ROOT / "gunicorn.conf.py"))


def test_this_gunicorn_gets_our_worker(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(patient_worker.PatientConn, "head_seconds", 10.0)
    monkeypatch.setattr(patient_worker.PatientConn, "send_seconds", 30.0)
    made = configure(monkeypatch, tmp_path, gunicorn.version_info)
    assert made["worker_class"] == "shared.server.patient_worker.PatientWorker"
    seconds = patient_worker.PatientConn.head_seconds, patient_worker.PatientConn.send_seconds
    assert (seconds, capsys.readouterr().err) == ((7, 30), "")


def test_another_major_version_gets_the_stock_worker_and_a_warning(monkeypatch, tmp_path, capsys):
    made = configure(monkeypatch, tmp_path, (28, 0, 0))
    assert made["worker_class"] == "gthread"
    assert capsys.readouterr().err == (
        "triptych: this gunicorn is not protected from slow clients: use a proxy\n"
    )
