import ipaddress

import pytest
from werkzeug.test import Client

from shared.settings import Settings
from shared.wsgi.gate import Gate
from shared.wsgi.proxies import CLAIMS, Forwarding
from tests.shared.wsgi.applications import echo

PROXIES = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32")))
CLAIMED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "example.org",
    "X-Forwarded-Prefix": "/x/y",
    "X-Real-IP": "203.0.113.9",
    "Forwarded": "for=203.0.113.9;host=evil.org;proto=https",
    "Proxy": "http://evil.org",
}


def ask(peer, headers, path="/admin/page/", *, unix=False):
    settings = Settings(
        allowed_hosts=("example.org",), trusted_proxies=PROXIES, trust_unix_peer=unix
    )
    client = Client(Gate(echo("site"), settings, {}))
    return client.get(path, headers=headers, environ_overrides={"REMOTE_ADDR": peer})


def seen(answer):
    keys = ("triptych.client", "REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST", "triptych.root")
    return [answer.json.get(key) for key in keys] + [answer.json["claims"]]


def test_an_untrusted_peer_is_not_believed():
    answer = ask("198.51.100.7", CLAIMED)
    assert seen(answer) == ["198.51.100.7", "198.51.100.7", "http", "localhost", "", []]


def test_a_trusted_proxy_is_believed():
    answer = ask("10.1.2.3", CLAIMED)
    assert seen(answer) == ["203.0.113.9", "203.0.113.9", "https", "example.org", "/x/y", []]
    assert (answer.json["SCRIPT_NAME"], answer.json["PATH_INFO"]) == ("/x/y", "/admin/page/")


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        ("", "10.0.0.1"),
        ("203.0.113.9", "203.0.113.9"),
        ("6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("6.6.6.6, 203.0.113.9, 10.0.0.2, 192.0.2.1", "203.0.113.9"),
        ("10.0.0.3,10.0.0.2", "10.0.0.3"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2606:4700::1]:4711, 2001:db8::5", "2606:4700::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, unknown", "10.0.0.1"),
        ("203.0.113.9, <script>, 10.0.0.2", "10.0.0.2"),
    ],
)
def test_the_client_is_the_first_address_that_is_no_proxy_of_ours(chain, client):
    assert ask("10.0.0.1", {"X-Forwarded-For": chain}).json["triptych.client"] == client


@pytest.mark.parametrize(
    ("peer", "unix", "client"),
    [("", True, "203.0.113.9"), ("", False, "unix"), ("not-an-address", True, "not-an-address")],
)
def test_the_peer_of_a_unix_socket_is_trusted_only_by_setting(peer, unix, client):
    answer = ask(peer, {"X-Forwarded-For": "203.0.113.9"}, unix=unix)
    assert answer.json["triptych.client"] == client


def test_an_ipv4_peer_in_ipv6_clothes_is_the_same_peer():
    assert seen(ask("::ffff:10.0.0.1", CLAIMED))[0] == "203.0.113.9"
    assert seen(ask("::ffff:198.51.100.7", CLAIMED))[0] == "198.51.100.7"


@pytest.mark.parametrize(
    ("prefix", "root"),
    [("/x", "/x"), ("/x/y/", "/x/y"), ("/", ""), ("/v1.2/~a_b-c", "/v1.2/~a_b-c")],
)
def test_a_plain_prefix_becomes_the_root(prefix, root):
    assert ask("10.0.0.1", {"X-Forwarded-Prefix": prefix}).json["triptych.root"] == root


@pytest.mark.parametrize(
    "prefix",
    [
        "x",
        "//evil.org",
        "/x//y",
        "/..",
        "/x/../y",
        "/.x",
        "/x y",
        "/x%2fy",
        "/x?a",
        "/x, /y",
        "/\xe9",
    ],
)
def test_any_other_prefix_is_refused(prefix):
    answer = ask("10.0.0.1", {"X-Forwarded-Prefix": prefix}, "/api/v1/posts")
    assert (answer.status_code, answer.json["detail"]) == (
        400,
        "X-Forwarded-Prefix is not a plain path.",
    )


@pytest.mark.parametrize(("scheme", "expected"), [("HTTPS", "https"), ("http, https", "https")])
def test_the_scheme_is_what_the_nearest_proxy_said(scheme, expected):
    answer = ask("10.0.0.1", {"X-Forwarded-Proto": scheme})
    assert answer.json["wsgi.url_scheme"] == expected


def test_an_unknown_scheme_is_refused():
    answer = ask("10.0.0.1", {"X-Forwarded-Proto": "javascript"}, "/api/")
    assert (answer.status_code, answer.json["error_code"]) == (400, 1000)


def test_a_forwarded_host_is_checked_like_any_other():
    answer = ask("10.0.0.1", {"X-Forwarded-Host": "evil.org"}, "/api/")
    assert answer.json["detail"] == "This server does not answer to that host name."


def test_the_prefix_stands_before_the_servers_own_root():
    environ = {"REMOTE_ADDR": "10.0.0.1", "SCRIPT_NAME": "/a", "HTTP_X_FORWARDED_PREFIX": "/x"}
    assert (Forwarding(PROXIES).apply(environ), environ["SCRIPT_NAME"]) == (None, "/x/a")


@pytest.mark.parametrize("claim", CLAIMS)
def test_no_claim_reaches_an_application(claim):
    for peer in ("10.0.0.1", "198.51.100.7"):
        environ = {"REMOTE_ADDR": peer, claim: ""}
        Forwarding(PROXIES).apply(environ)
        assert claim not in environ
