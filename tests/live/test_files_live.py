"""Files as a real gunicorn sends them, by sendfile(2), several on one connection."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlsplit

import brotli
import pytest

from shared.media import store
from tests.serving import ROOT, Site, serving

pytestmark = pytest.mark.live

SCRIPT = "vendor/swagger-ui/swagger-ui-bundle.js"
FILM = b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 8_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one worker."""
    with serving(tmp_path_factory.mktemp("files"), WORKERS="1") as running:
        yield running


@pytest.fixture
def connection(site: Site) -> Iterator[HTTPConnection]:
    """A connection that is kept."""
    opened = HTTPConnection(urlsplit(site.address).netloc, timeout=30)
    yield opened
    opened.close()


def ask(
    connection: HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, quote(path), headers=named)
    answer = connection.getresponse()
    return answer, answer.read()


def test_parts_of_a_film_follow_each_other_on_one_connection(
    site: Site, connection: HTTPConnection
) -> None:
    path = store(site.instance, FILM, "影片.webm")
    parts = []
    for start in range(0, len(FILM), 500_000):
        answer, body = ask(connection, path, Range=f"bytes={start}-{start + 499_999}")
        assert (answer.status, len(body)) == (206, int(answer.headers["Content-Length"]))
        parts.append(body)
    assert b"".join(parts) == FILM
    head, nothing = ask(connection, path, "HEAD")
    assert (head.headers["Content-Length"], nothing) == (str(len(FILM)), b"")
    answer, body = ask(connection, path, Range="bytes=-4")
    assert (answer.headers["Content-Range"], body) == (
        f"bytes {len(FILM) - 4}-{len(FILM) - 1}/{len(FILM)}",
        FILM[-4:],
    )
    assert ask(connection, path)[1] == FILM
    assert ask(connection, path, If_None_Match=head.headers["ETag"])[0].status == 304


def test_a_large_script_comes_whole_to_many_at_once(site: Site) -> None:
    whole = (ROOT / "api" / "static" / SCRIPT).read_bytes()

    def load(accept: str) -> tuple[str, bytes]:
        opened = HTTPConnection(urlsplit(site.address).netloc, timeout=30)
        answer, body = ask(opened, f"/api/static/{SCRIPT}", Accept_Encoding=accept)
        opened.close()
        return answer.headers.get("Content-Encoding", ""), body

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(load, ["br", ""] * 6))
    assert {coding for coding, _ in answers[1::2]} == {""}
    restored = [brotli.decompress(body) if coding else body for coding, body in answers]
    assert [body == whole for body in restored] == [True] * 12


def test_no_file_stays_open(site: Site, connection: HTTPConnection) -> None:
    path = store(site.instance, FILM, "film.webm")
    for _ in range(20):
        ask(connection, path, "HEAD")
        ask(connection, path, Range="bytes=0-9")
        ask(connection, path, Range="bytes=99999999-")
        ask(connection, f"/api/static/{SCRIPT}", Accept_Encoding="br")
    workers = [
        process
        for process in Path("/proc").glob("[0-9]*")
        if str(site.instance).encode() in _read(process / "environ")
    ]
    opened = [str(handle.readlink()) for worker in workers for handle in (worker / "fd").iterdir()]
    assert len(workers) == 2
    assert [name for name in opened if "film" in name or "swagger" in name] == []


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # another user's process, or one that has ended
        return b""
