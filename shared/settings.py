"""Everything that differs between two installations, read once and never changed."""

import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from shared.settings_parsers import (
    SettingsError,
    check_mail,
    choice,
    flag,
    hosts,
    mail_address,
    names,
    networks,
    number,
    text,
    url,
)

APPS = ("frontend", "admin", "api")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

__all__ = ["APPS", "Settings", "SettingsError"]


def _setting(default: Any, parse: Callable[[str, str], Any], doc: str) -> Any:
    return field(default=default, metadata={"parse": parse, "doc": doc})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One installation's settings; every field is the environment variable of its name."""

    instance: Path = _setting(
        Path("instance"), lambda _, raw: Path(raw), "Folder of database, media, logs and keys."
    )
    database_url: str = _setting(
        "", url("sqlite", "postgresql"), "Where content lives; empty: a SQLite file in INSTANCE."
    )
    secret_key: str = _setting(
        "", text(min_length=32), "Master key; empty: INSTANCE/keys/master.key, made at first start."
    )
    apps: tuple[str, ...] = _setting(
        APPS, names(*APPS), "Which of the three apps this process serves."
    )
    site_url: str = _setting(
        "",
        url("http", "https"),
        "Public address of the site; empty: taken from the request's host.",
    )
    admin_url: str = _setting(
        "", url("http", "https"), "Address of a console on a host of its own."
    )
    api_url: str = _setting("", url("http", "https"), "Address of an API on a host of its own.")
    bind: str = _setting("127.0.0.1", text(), "Address to listen on.")
    port: int = _setting(8000, number(0, 65535), "Port to listen on.")
    workers: int = _setting(2, number(1, 256), "Server processes.")
    threads: int = _setting(8, number(3, 256), "Threads in each process.")
    allowed_hosts: tuple[str, ...] = _setting(
        (),
        hosts,
        "Further host names to answer to, besides localhost, BIND and those of the three URLs.",
    )
    trusted_proxies: tuple[Network, ...] = _setting(
        (),
        networks,
        "Networks whose X-Forwarded-* headers are believed; `unix` trusts a unix socket's peer.",
    )
    trust_unix_peer: bool = field(default=False, metadata={"derived": True})
    limit_admin: int = _setting(4, number(1, 256), "Console requests in progress per process.")
    limit_api: int = _setting(2, number(1, 256), "API requests in progress per process.")
    limit_exports: int = _setting(
        1, number(1, 256), "Exports in progress per process, of those of the console."
    )
    limit_media: int = _setting(6, number(1, 256), "Media requests in progress per process.")
    request_seconds: int = _setting(
        30, number(1, 3_600), "A request's work is cut off after so long."
    )
    head_seconds: int = _setting(
        10, number(1, 600), "A client that has not sent its request's head by then is dropped."
    )
    max_body_site: int = _setting(
        65_536, number(1_024, 2**31), "Largest request body on the site, bytes."
    )
    max_body_admin: int = _setting(
        33_554_432, number(1_024, 2**31), "Largest request body in the console, bytes."
    )
    max_body_api: int = _setting(
        1_048_576, number(1_024, 2**31), "Largest request body on the API, bytes."
    )
    jobs: bool = _setting(
        True, flag, "Do mails and forms of images beside the server; 0: `flask jobs run` does them."
    )
    pages_memory: int = _setting(
        67_108_864, number(0, 2**40), "Finished pages kept in memory, bytes per process; 0: none."
    )
    pages_disk: int = _setting(
        536_870_912, number(0, 2**40), "Finished pages kept in INSTANCE/pages, bytes; 0: none."
    )
    session_idle_minutes: int = _setting(
        120, number(1, 43_200), "A console session ends after so long without a request."
    )
    session_hours: int = _setting(
        336, number(1, 8_760), "A console session ends after so long in any case."
    )
    token_minutes: int = _setting(60, number(1, 1_440), "Life of an API bearer token.")
    smtp_host: str = _setting(
        "", text(), "Mail server; empty: no mail is sent, and links are shown to the owner."
    )
    smtp_port: int = _setting(587, number(1, 65535), "Port of the mail server.")
    smtp_tls: str = _setting(
        "starttls",
        choice("starttls", "tls", "none"),
        "How mail travels: `starttls`, `tls` from the first byte (port 465), or `none`.",
    )
    smtp_user: str = _setting("", text(), "Name to sign in to the mail server with.")
    smtp_password: str = _setting("", text(), "Password to sign in to the mail server with.")
    smtp_from: str = _setting("", mail_address, "Address that mails come from.")
    log_level: str = _setting(
        "INFO", choice("DEBUG", "INFO", "WARNING", "ERROR"), "Least severe level written."
    )
    log_format: str = _setting(
        "text", choice("text", "json"), "Lines of text, or one JSON object a line."
    )
    log_max_bytes: int = _setting(
        10_000_000, number(10_000, 2**31), "Size at which the log file is rotated."
    )
    log_max_days: int = _setting(7, number(1, 365), "Age at which the log file is rotated, days.")
    log_keep: int = _setting(10, number(1, 1_000), "Rotated log files kept.")
    debug: bool = _setting(False, flag, "Reloader and debugger; refused on a public address.")

    def __post_init__(self) -> None:
        if self.debug and self.bind not in {"127.0.0.1", "localhost", "::1"}:
            raise SettingsError("DEBUG is only allowed when BIND is 127.0.0.1, localhost or ::1")
        check_mail(self)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Parse settings from the environment; raises SettingsError naming the variable.

        A value may also be given as the path of a file in `NAME_FILE`.
        """
        environ = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        for item in fields(cls):
            if item.metadata.get("derived"):
                continue
            name = item.name.upper()
            raw = _raw(environ, name)
            if raw:
                values[item.name] = item.metadata["parse"](name, raw)
        values["trust_unix_peer"] = (
            "unix" in _raw(environ, "TRUSTED_PROXIES").replace(",", " ").split()
        )
        return cls(**values)

    @property
    def database(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{(self.instance / 'triptych.sqlite3').resolve()}"

    @property
    def sends_mail(self) -> bool:
        """Whether mails go out; otherwise links are shown to whoever passes them on."""
        return bool(self.smtp_host)

    @property
    def secure(self) -> bool:
        """Whether visitors come by https, so that cookies are marked Secure."""
        return self.site_url.startswith("https:") or self.admin_url.startswith("https:")

    @property
    def host_names(self) -> frozenset[str]:
        """Every host name that is answered, lower case, without port."""
        known = {"localhost", "127.0.0.1", "[::1]", *self.allowed_hosts}
        if self.bind not in {"", "0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
            known.add(f"[{self.bind}]" if ":" in self.bind else self.bind.lower())
        for address in filter(None, (self.site_url, self.admin_url, self.api_url)):
            known.add(_host_of(address))
        return frozenset(known)


def _host_of(address: str) -> str:
    name = (urlsplit(address).hostname or "").lower()
    return f"[{name}]" if ":" in name else name


def _raw(environ: Mapping[str, str], name: str) -> str:
    path = environ.get(f"{name}_FILE", "")
    if not path:
        return environ.get(name, "").strip()
    if environ.get(name, ""):
        raise SettingsError(f"{name} and {name}_FILE are both given; keep one")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name}_FILE: cannot read {path}: {error.strerror}") from error
