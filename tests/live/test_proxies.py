"""The shipped proxy configurations in front of a real server."""

import json
import socket
import time
from contextlib import ExitStack, contextmanager

import pytest

from shared import media
from tests.live.conftest import Server, running
from tests.live.proxies import PROXIES, proxying
from tests.live.test_slow_clients import POST
from tests.serving import serving

pytestmark = pytest.mark.live

CLAIMS = (
    "X-Forwarded-For: 203.0.113.9",
    "X-Forwarded-Proto: http",
    "X-Forwarded-Host: evil.org",
    "X-Forwarded-Prefix: /evil",
    "X-Real-IP: 203.0.113.9",
    "Forwarded: for=203.0.113.9",
)


@pytest.fixture(scope="module")
def backend(tmp_path_factory):
    """A server that answers what it was asked, with one worker and eight threads."""
    with running(tmp_path_factory.mktemp("behind"), TRUSTED_PROXIES="127.0.0.1") as started:
        yield started


@pytest.fixture(scope="module", params=PROXIES)
def proxy(request, backend, tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxy") / "conf.d"
    with proxying(request.param, folder, f"127.0.0.1:{backend.port}") as started:
        yield started


def seen(answer):
    return json.loads(answer.body)


def test_each_mount_is_reached_with_scheme_and_client(proxy):
    found = {path: seen(proxy.ask(path)) for path in ("/page/x/", "/admin/page/", "/api/v1")}
    assert [each["app"] for each in found.values()] == ["frontend", "admin", "api"]
    for each in found.values():
        assert (each["wsgi.url_scheme"], each["triptych.client"]) == ("https", "127.0.0.1")
        assert (each["HTTP_HOST"].partition(":")[0], each["triptych.root"]) == ("localhost", "")


def test_what_a_client_claims_is_not_believed(proxy):
    found = seen(proxy.ask("/admin/page/", *CLAIMS))
    assert (found["triptych.client"], found["wsgi.url_scheme"]) == ("127.0.0.1", "https")
    assert (found["triptych.root"], found["SCRIPT_NAME"]) == ("", "/admin")
    assert found["HTTP_HOST"].partition(":")[0] == "localhost"


def test_a_large_body_reaches_the_console_and_no_other_mount(proxy):
    size = 20_000_000
    length = f"Content-Length: {size}"
    taken = proxy.ask("/admin/gulp", length, method="POST", body=b"x" * size)
    assert (taken.status, b"20000000" in taken.body) == (200, True)
    size = 3_000_000
    length = f"Content-Length: {size}"
    assert proxy.ask("/api/gulp", length, method="POST", body=b"x" * size).status == 413


def test_our_own_413_is_seen_where_a_body_is_a_little_too_large(proxy):
    body = b"x" * 1_100_000
    answer = proxy.ask("/api/gulp", f"Content-Length: {len(body)}", method="POST", body=body)
    assert (answer.status, seen(answer)["error_code"]) == (413, 1000)


@contextmanager
def bad_clients(proxy, count, sent):
    with ExitStack() as stack:
        for _ in range(count):
            stack.enter_context(proxy.connect()).sendall(sent)
        yield


def slowest_of(proxy, count=25):
    spent = []
    for _ in range(count):
        began = time.monotonic()
        assert proxy.ask("/page/").status == 200
        spent.append(time.monotonic() - began)
    return max(spent)


@pytest.mark.parametrize(
    "sent",
    [b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", POST % b"/admin/gulp", POST % b"/gulp"],
    ids=["heads", "bodies to the console", "bodies to the site"],
)
def test_half_sent_requests_do_not_slow_a_good_client(proxy, backend, sent):
    with bad_clients(proxy, 40, sent):
        assert slowest_of(proxy) < 1.5
        # Nothing of them has reached the server: its console has every place free.
        assert backend.ask("/admin/page/").status == 200


def test_slow_readers_take_no_place_of_the_server(proxy, backend):
    request = b"GET /media/file HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with bad_clients(proxy, 12, request):
        time.sleep(0.5)
        assert backend.ask("/media/file").status == 200


@pytest.mark.parametrize("name", PROXIES)
def test_a_prefix_stays_in_every_link(name, backend, tmp_path):
    backend_address = f"127.0.0.1:{backend.port}"
    with proxying(name, tmp_path / "proxy", backend_address, prefix=True) as proxy:
        found = seen(proxy.ask("/x/y/admin/page/", *CLAIMS))
        assert (found["SCRIPT_NAME"], found["triptych.root"]) == ("/x/y/admin", "/x/y")
        assert (found["PATH_INFO"], found["triptych.client"]) == ("/page/", "127.0.0.1")
        assert proxy.ask("/x/y/admin").headers["location"] == "/x/y/admin/"


@pytest.mark.parametrize("name", PROXIES)
def test_a_unix_socket_serves_as_well(name, tmp_path, monkeypatch):
    path = tmp_path / "socket"
    monkeypatch.setattr(Server, "_find_port", lambda _: None)
    settings = {"BIND": f"unix:{path}", "TRUSTED_PROXIES": "unix"}
    with running(tmp_path / "instance", **settings):
        deadline = time.monotonic() + 20
        while not answers(path) and time.monotonic() < deadline:
            time.sleep(0.05)
        with proxying(name, tmp_path / "proxy", f"unix:{path}") as proxy:
            found = seen(proxy.ask("/page/", *CLAIMS))
    assert (found["triptych.client"], found["wsgi.url_scheme"]) == ("127.0.0.1", "https")


def answers(path):
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


@pytest.mark.parametrize("name", PROXIES)
def test_the_whole_platform_behind_it(name, tmp_path):
    settings = {"TRUSTED_PROXIES": "127.0.0.1", "SITE_URL": "https://localhost", "WORKERS": "1"}
    with serving(tmp_path, **settings) as site:
        file = media.store(site.instance, b"0123456789" * 1_000, "digits.txt")
        address = site.address.removeprefix("http://")
        with proxying(name, tmp_path / "proxy", address) as proxy:
            pages = [proxy.ask(path) for path in ("/", "/admin/login/", "/api/", "/feed.xml")]
            part = proxy.ask(file, "Range: bytes=10-19")
            cookie = pages[1].headers.get("set-cookie", "")
    assert [page.status for page in pages[:3]] == [200, 200, 200]
    assert b"<title>" in pages[0].body
    assert (part.status, part.body) == (206, b"0123456789")
    assert part.headers["content-range"] == "bytes 10-19/10000"
    assert cookie == "" or "Secure" in cookie
