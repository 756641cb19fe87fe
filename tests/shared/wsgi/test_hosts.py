import pytest

from shared.settings import Settings
from shared.wsgi.hosts import allow

NAMES = {"localhost", "127.0.0.1", "[::1]", "blog.example.org", ".example.net"}


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8000",
        "localhost.",
        "127.0.0.1:1",
        "[::1]",
        "[::1]:8000",
        "Blog.Example.ORG",
        "example.net",
        "a.example.net",
        "a.b.example.net:443",
    ],
)
def test_allow_admits_a_listed_host(host):
    assert allow(NAMES)(host) is True


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.org",
        "localhost.evil.org",
        "notlocalhost",
        "blogxexample.org",
        "www.blog.example.org",
        "badexample.net",
        ".example.net",
        "a..example.net",
        "localhost:",
        "localhost:80:80",
        "localhost:port",
        "localhost:123456",
        "localhost/x",
        "user@localhost",
        "localhost\n",
        "localhost localhost",
        "localhost,evil.org",
        "a" * 300 + ".example.net",
        "blog.example.orɡ",
    ],
)
def test_allow_refuses_any_other(host):
    assert allow(NAMES)(host) is False


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("anything.at.all:8000", True),
        ("[fe80::1]:1", True),
        ("", False),
        ("a b", False),
        ("a/b", False),
    ],
)
def test_a_star_admits_every_well_formed_host(host, expected):
    assert allow({"*"})(host) is expected


def test_the_hosts_of_the_three_addresses_are_known():
    settings = Settings(
        site_url="https://Example.org", admin_url="https://desk.example.org:8443", bind="192.0.2.7"
    )
    allows = allow(settings.host_names)
    assert [allows(h) for h in ("example.org", "desk.example.org", "192.0.2.7", "192.0.2.8")] == [
        True,
        True,
        True,
        False,
    ]
