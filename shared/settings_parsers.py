"""Strict parsers for the settings: a wrong value stops the start and names the variable."""

import ipaddress
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingsError(ValueError):
    """A setting has a value that is not allowed; the message names it and what is."""


def text(*, min_length: int = 1) -> Callable[[str, str], str]:
    """Parse any text of at least `min_length` characters."""

    def parse(name: str, raw: str) -> str:
        if len(raw) < min_length:
            raise SettingsError(f"{name} needs at least {min_length} characters")
        return raw

    return parse


def number(low: int, high: int) -> Callable[[str, str], int]:
    """Parse a whole number from `low` to `high`."""

    def parse(name: str, raw: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", raw) or not low <= int(raw) <= high:
            raise SettingsError(f"{name} must be a whole number from {low} to {high}, not {raw!r}")
        return int(raw)

    return parse


def choice(*allowed: str) -> Callable[[str, str], str]:
    """Parse one of a few words, in any case."""

    def parse(name: str, raw: str) -> str:
        found = {word.lower(): word for word in allowed}.get(raw.lower())
        if found is None:
            raise SettingsError(f"{name} must be one of {', '.join(allowed)}, not {raw!r}")
        return found

    return parse


def names(*allowed: str) -> Callable[[str, str], tuple[str, ...]]:
    """Parse a comma-separated list of some of `allowed`, kept in their order."""

    def parse(name: str, raw: str) -> tuple[str, ...]:
        given = _listed(raw)
        unknown = [word for word in given if word not in allowed]
        if unknown or not given:
            raise SettingsError(f"{name} must list some of {', '.join(allowed)}, not {raw!r}")
        return tuple(word for word in allowed if word in given)

    return parse


def flag(name: str, raw: str) -> bool:
    """Parse a yes or no, written 1, true, yes, on or 0, false, no, off."""
    known = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(
        ("0", "false", "no", "off"), False
    )
    if raw.lower() not in known:
        raise SettingsError(f"{name} must be 1 or 0, not {raw!r}")
    return known[raw.lower()]


def url(*schemes: str) -> Callable[[str, str], str]:
    """Parse an absolute URL with one of the schemes (a driver after `+` is allowed)."""

    def parse(name: str, raw: str) -> str:
        scheme = raw.partition("://")[0].partition("+")[0]
        if "://" not in raw or scheme not in schemes:
            raise SettingsError(f"{name} must start with {' or '.join(f'{s}://' for s in schemes)}")
        if scheme in {"http", "https"}:
            parts = urlsplit(raw)
            if not parts.hostname or parts.query or parts.fragment or parts.username:
                raise SettingsError(f"{name} must be scheme, host and path only, not {raw!r}")
            return raw.rstrip("/")
        return raw

    return parse


def hosts(name: str, raw: str) -> tuple[str, ...]:
    """Parse host names; a leading dot admits every name below, `*` alone admits all."""
    given = _listed(raw.lower())
    for host in given:
        if not re.fullmatch(r"\*|\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", host):
            raise SettingsError(f"{name} must list host names without port, not {host!r}")
    return tuple(given)


def mail_address(name: str, raw: str) -> str:
    """Parse a mail address, without a name in front of it."""
    if not re.fullmatch(r"[!-~]+@[A-Za-z0-9.-]+", raw) or re.search(r'[<>,;"]', raw):
        raise SettingsError(f"{name} must be an address such as site@example.org, not {raw!r}")
    return raw


def check_mail(settings: Any) -> None:
    """Raise SettingsError where the settings of mail do not fit together."""
    if not settings.smtp_host:
        return
    if not settings.smtp_from:
        raise SettingsError("SMTP_HOST needs SMTP_FROM, the address that mails come from")
    if not settings.site_url and not settings.admin_url:
        raise SettingsError("SMTP_HOST needs SITE_URL, which the links in mails begin with")
    if bool(settings.smtp_user) != bool(settings.smtp_password):
        raise SettingsError("SMTP_USER and SMTP_PASSWORD are given together or not at all")
    local = settings.smtp_host in {"127.0.0.1", "localhost", "::1"}
    if settings.smtp_user and settings.smtp_tls == "none" and not local:
        raise SettingsError("SMTP_TLS=none would send SMTP_PASSWORD in the clear")


def networks(name: str, raw: str) -> tuple[Network, ...]:
    """Parse IP addresses and networks (CIDR, RFC 4632); the word `unix` is for the caller."""
    try:
        return tuple(ipaddress.ip_network(word) for word in _listed(raw) if word != "unix")
    except ValueError as error:
        raise SettingsError(f"{name} must list IP networks or `unix`: {error}") from error


def _listed(raw: str) -> list[str]:
    return [word for word in raw.replace(",", " ").split() if word]
