"""Uploads over a real connection that drops, to a real server that is killed."""

import http.client
import json
import os
import re
import signal
import socket
import time
from pathlib import Path

from shared.domain.users import create_user
from shared.domain.work import SYSTEM, Work
from shared.runtime import Runtime
from shared.settings import Settings
from tests.cast import PASSWORD
from tests.pictures import make_picture
from tests.serving import serving

TUS = {"Tus-Resumable": "1.0.0"}
PART = TUS | {"Content-Type": "application/offset+octet-stream"}


class Client:
    """A signed-in client that speaks plain HTTP."""

    def __init__(self, address: str) -> None:
        self.host, _, port = address.removeprefix("http://").partition(":")
        self.port, self.cookies = int(port), {}
        page = self.ask("GET", "/admin/login/")[2].decode()
        form = f"csrf_token={self.token_in(page)}&email=ann%40example.org&password="
        body = (form + PASSWORD.replace(" ", "+")).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert self.ask("POST", "/admin/login/", body, kind)[0] == 303
        self.token = self.token_in(self.ask("GET", "/admin/media/")[2].decode())

    @staticmethod
    def token_in(page: str) -> str:
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]

    def ask(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        connection.request(method, path, body, self.headers() | dict(headers))
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        data = answer.read()
        connection.close()
        return answer.status, answer.headers, data

    def headers(self):
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": jar, "X-CSRFToken": getattr(self, "token", "")}

    def drop(self, path, offset, data, announced):
        """Send a part of a request's body, then cut the connection."""
        wire = socket.create_connection((self.host, self.port))
        fields = self.headers() | PART | {"Upload-Offset": str(offset), "Host": self.host}
        fields["Content-Length"] = str(announced)
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        wire.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode() + data)
        time.sleep(1)  # it has come before the connection is cut
        wire.close()

    def offset(self, path):
        status, headers, _ = self.ask("HEAD", path, headers=TUS)
        return status, int(headers.get("Upload-Offset", -1))


def test_upload_goes_on_after_a_dropped_connection_and_a_killed_worker(tmp_path: Path) -> None:
    data = make_picture("png", (1200, 900)) + bytes(200_000)  # what hangs behind is cut off
    with serving(tmp_path, WORKERS="1") as site:
        runtime = Runtime(Settings.from_env({"INSTANCE": str(site.instance)}))
        with runtime.database.writing() as session:
            work = Work(session=session, actor=SYSTEM, at=runtime.clock())
            create_user(
                email="ann@example.org", name="Ann", role="owner", password=PASSWORD, work=work
            )
            session.commit()
        runtime.database.close()
        client = Client(site.address)
        about = {"Upload-Length": str(len(data)), "Upload-Metadata": "filename YS5wbmc="}
        status, headers, _ = client.ask("POST", "/admin/media/uploads/", b"", TUS | about)
        assert status == 201
        place = headers["Location"]

        client.drop(place, 0, data[:90_000], len(data))
        status, offset = client.offset(place)
        assert status == 200
        assert 0 < offset <= 90_000

        for worker in workers(site.instance):
            os.kill(worker, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while True:
            try:
                again = client.offset(place)
                break
            except (ConnectionError, http.client.HTTPException):
                assert time.monotonic() < deadline
                time.sleep(0.2)
        assert again == (200, offset)

        rest = {"Upload-Offset": str(offset)}
        status, headers, _ = client.ask("PATCH", place, data[offset:], PART | rest)

    found = json.loads(headers["Upload-Result"])
    assert (status, found["name"], found["kind"]) == (204, "a.png", "image")
    kept = next(path for path in (site.instance / "media").rglob("*.png"))
    assert kept.read_bytes() == data[:-200_000]


def workers(instance: Path) -> list[int]:
    """Return the worker processes of the server of an instance."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            mine = f"INSTANCE={instance}\0".encode() in (folder / "environ").read_bytes()
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if mine:
            found[int(folder.name)] = int(stat[1])
    return [number for number, parent in found.items() if parent in found]
