import ipaddress
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from shared.settings import APPS, Settings, SettingsError

MAILING = {
    "SMTP_HOST": "mail.example.org",
    "SMTP_FROM": "site@example.org",
    "SITE_URL": "https://example.org",
}


def test_an_empty_environment_gives_the_defaults():
    assert Settings.from_env({}) == Settings()
    assert Settings.from_env({"PORT": "  ", "APPS": ""}) == Settings()


def test_settings_never_change():
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1


@pytest.mark.parametrize(
    ("name", "raw", "parsed"),
    [
        ("INSTANCE", "/srv/triptych", Path("/srv/triptych")),
        ("DATABASE_URL", "postgresql+psycopg://db/x", "postgresql+psycopg://db/x"),
        ("SECRET_KEY", "k" * 32, "k" * 32),
        ("APPS", "api frontend", ("frontend", "api")),
        ("APPS", "admin,api,admin", ("admin", "api")),
        ("SITE_URL", "https://example.org/blog/", "https://example.org/blog"),
        ("PORT", "0", 0),
        ("WORKERS", "4", 4),
        ("ALLOWED_HOSTS", "Example.org, .b.example", ("example.org", ".b.example")),
        (
            "TRUSTED_PROXIES",
            "10.0.0.0/8,unix,::1",
            (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1")),
        ),
        ("LOG_LEVEL", "warning", "WARNING"),
        ("LOG_FORMAT", "JSON", "json"),
        ("DEBUG", "Yes", True),
        ("DEBUG", "off", False),
    ],
)
def test_a_value_is_parsed(name, raw, parsed):
    assert getattr(Settings.from_env({name: raw}), name.lower()) == parsed


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"PORT": "http"}, "PORT must be a whole number from 0 to 65535, not 'http'"),
        ({"PORT": "65536"}, "PORT must be a whole number from 0 to 65535, not '65536'"),
        ({"PORT": "-1"}, "PORT must be a whole number from 0 to 65535, not '-1'"),
        ({"PORT": "٣"}, "PORT must be a whole number from 0 to 65535, not '٣'"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY needs at least 32 characters"),
        ({"APPS": "blog"}, "APPS must list some of frontend, admin, api, not 'blog'"),
        ({"APPS": ","}, "APPS must list some of frontend, admin, api, not ','"),
        ({"SITE_URL": "example.org"}, "SITE_URL must start with http:// or https://"),
        (
            {"SITE_URL": "https://u@example.org"},
            "SITE_URL must be scheme, host and path only, not 'https://u@example.org'",
        ),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL must start with sqlite:// or postgresql://"),
        (
            {"ALLOWED_HOSTS": "example.org:80"},
            "ALLOWED_HOSTS must list host names without port, not 'example.org:80'",
        ),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, not 'loud'"),
        ({"DEBUG": "maybe"}, "DEBUG must be 1 or 0, not 'maybe'"),
        (
            {"SMTP_FROM": "Site <site@example.org>"},
            "SMTP_FROM must be an address such as site@example.org, not 'Site <site@example.org>'",
        ),
        (
            {"SMTP_HOST": "mail.example.org"},
            "SMTP_HOST needs SMTP_FROM, the address that mails come from",
        ),
        (
            {"SMTP_HOST": "mail.example.org", "SMTP_FROM": "a@example.org"},
            "SMTP_HOST needs SITE_URL, which the links in mails begin with",
        ),
        (
            MAILING | {"SMTP_USER": "site"},
            "SMTP_USER and SMTP_PASSWORD are given together or not at all",
        ),
        (
            MAILING | {"SMTP_USER": "site", "SMTP_PASSWORD": "x", "SMTP_TLS": "none"},
            "SMTP_TLS=none would send SMTP_PASSWORD in the clear",
        ),
        (MAILING | {"SMTP_TLS": "ssl"}, "SMTP_TLS must be one of starttls, tls, none, not 'ssl'"),
        (
            {"DEBUG": "1", "BIND": "192.0.2.1"},
            "DEBUG is only allowed when BIND is 127.0.0.1, localhost or ::1",
        ),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(environ, message):
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ)
    assert str(caught.value) == message


def test_a_wrong_network_is_named():
    with pytest.raises(SettingsError, match=r"^TRUSTED_PROXIES must list IP networks or `unix`: "):
        Settings.from_env({"TRUSTED_PROXIES": "10.0.0.1/8"})


def test_a_value_can_come_from_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("k" * 40 + "\n")

    assert Settings.from_env({"SECRET_KEY_FILE": str(file)}).secret_key == "k" * 40


def test_a_value_and_its_file_together_are_refused(tmp_path):
    with pytest.raises(SettingsError, match=r"^PORT and PORT_FILE are both given; keep one$"):
        Settings.from_env({"PORT": "1", "PORT_FILE": str(tmp_path / "port")})


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"PORT_FILE": str(tmp_path / "port")})
    assert str(caught.value) == f"PORT_FILE: cannot read {tmp_path}/port: No such file or directory"


def test_a_trusted_unix_peer_is_told_apart_from_networks():
    assert Settings.from_env({"TRUSTED_PROXIES": "unix"}).trust_unix_peer is True
    assert Settings.from_env({"TRUSTED_PROXIES": "10.0.0.0/8"}).trust_unix_peer is False


def test_the_database_is_a_file_in_the_instance_unless_given(tmp_path):
    assert Settings(instance=tmp_path).database == f"sqlite:///{tmp_path}/triptych.sqlite3"
    assert Settings(database_url="postgresql://db/x").database == "postgresql://db/x"


@pytest.mark.parametrize(
    ("over", "secure"),
    [
        ({}, False),
        ({"site_url": "http://example.org"}, False),
        ({"site_url": "https://example.org"}, True),
        ({"admin_url": "https://admin.example.org"}, True),
    ],
)
def test_cookies_are_secure_when_visitors_come_by_https(over, secure):
    assert Settings(**over).secure is secure


def test_the_known_hosts_are_those_of_the_urls_the_bind_address_and_the_allowed():
    settings = Settings(
        bind="192.0.2.1",
        site_url="https://Example.org:8443/blog",
        api_url="https://api.example.org",
        allowed_hosts=("www.example.org",),
    )

    assert settings.host_names == {
        "localhost",
        "127.0.0.1",
        "[::1]",
        "192.0.2.1",
        "example.org",
        "api.example.org",
        "www.example.org",
    }
    assert "::" not in Settings(bind="::").host_names


def test_every_setting_says_what_it_is_for():
    told = [item for item in fields(Settings) if not item.metadata.get("derived")]

    assert [item.name for item in told if not item.metadata["doc"].endswith(".")] == []
    assert APPS == ("frontend", "admin", "api")


def test_host_of_an_ipv6_address_is_known_with_its_brackets():
    settings = Settings.from_env({"SITE_URL": "https://[2001:db8::1]/blog"})
    assert "[2001:db8::1]" in settings.host_names
