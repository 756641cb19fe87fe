"""What the doctor says of the settings of a server."""

import os
from dataclasses import replace

import pytest

from admin.doctor import server
from shared.runtime import Runtime
from shared.settings import Settings


def level(check, **settings):
    finding = check(Runtime(Settings.from_env({name.upper(): v for name, v in settings.items()})))
    return finding.level


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "ok"),
        ({"site_url": "http://localhost:8000"}, "ok"),
        ({"bind": "::1"}, "ok"),
        ({"bind": "::"}, "warning"),
        ({"bind": "192.0.2.7"}, "warning"),
        ({"site_url": "https://example.org"}, "warning"),
        ({"site_url": "https://example.org", "trusted_proxies": "127.0.0.1"}, "ok"),
        ({"bind": "unix:/run/triptych/socket", "site_url": "https://example.org"}, "warning"),
        ({"bind": "unix:/run/triptych/socket", "trusted_proxies": "unix"}, "ok"),
    ],
)
def test_a_public_server_wants_a_proxy(settings, expected):
    assert level(server.check_proxy, **settings) == expected


def test_the_advice_names_the_shipped_files():
    finding = server.check_proxy(Runtime(Settings(bind="::")))
    assert "deploy/nginx.conf or deploy/Caddyfile" in finding.as_line()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "ok"),
        ({"site_url": "http://example.org"}, "warning"),
        ({"site_url": "https://example.org"}, "ok"),
        ({"admin_url": "https://admin.example.org"}, "ok"),
    ],
)
def test_a_public_server_wants_https(settings, expected):
    assert level(server.check_https, **settings) == expected


def test_an_address_is_wanted_and_a_debugger_is_not():
    assert level(server.check_address) == "warning"
    assert level(server.check_address, site_url="https://example.org") == "ok"
    assert (level(server.check_debug), level(server.check_debug, debug="1")) == ("ok", "error")


@pytest.mark.parametrize(
    ("cores", "workers", "expected"),
    [
        (2, 2, "ok"),
        (2, 4, "ok"),
        (2, 5, "warning"),
        (8, 4, "warning"),
        (8, 5, "ok"),
        (1, 1, "warning"),
    ],
)
def test_workers_fit_the_cores(monkeypatch, cores, workers, expected):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    assert level(server.check_workers, workers=str(workers)) == expected


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "8 a worker, 2 of them always for the site"),
        ({"limit_media": 7, "limit_api": 9}, "LIMIT_API, LIMIT_MEDIA over the 6 places"),
        ({"threads": 4}, "LIMIT_ADMIN, LIMIT_MEDIA over the 2 places"),
        ({"limit_exports": 4}, "exports may take every place of the console"),
    ],
)
def test_limits_fit_the_threads(settings, said):
    finding = server.check_threads(Runtime(replace(Settings(), **settings)))
    assert finding.text.startswith(said)
    assert finding.level == ("warning" if settings else "ok")
