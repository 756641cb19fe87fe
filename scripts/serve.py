"""`make run`: prepare the instance, say where it is, and become the server."""

import os
import sys

from scripts.preparation import StartError, prepare, welcome
from shared.keys import KeyFileError
from shared.logging import configure
from shared.runtime import Runtime
from shared.settings import Settings, SettingsError

SERVER = ("-m", "gunicorn", "--config", "gunicorn.conf.py")


def main() -> int:
    """Replace this process by gunicorn; returns 1 after saying in one line why it cannot."""
    os.umask(0o007)  # database, keys and logs are for this account and its group only
    try:
        settings = Settings.from_env()
        configure(settings, app="start")
        runtime = prepare(settings)
        announce(runtime)
    except (SettingsError, KeyFileError, StartError) as error:
        print(f"triptych: {error}", file=sys.stderr)
        return 1
    runtime.database.close()
    return os.execv(sys.executable, [sys.executable, *SERVER])  # noqa: S606 - our own server


def announce(runtime: Runtime) -> None:
    """Print the address and, until there is an owner, the link that makes one."""
    address = address_of(runtime.settings)
    print(f"Triptych  {address}/   console {address}/admin/   API {address}/api/")
    if link := welcome(runtime):
        print(f"Set-up    {link}   (once, for the owner's account)")
    sys.stdout.flush()


def address_of(settings: Settings) -> str:
    """Return the address to open in a browser, without a slash at its end."""
    if settings.site_url or settings.bind.startswith("unix:"):
        return settings.site_url or settings.bind
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.bind, settings.bind)  # noqa: S104 - compared, not bound
    host = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{host}:{settings.port}"


if __name__ == "__main__":
    sys.exit(main())
