"""Which addresses are the site's own, which of its files are there, and where the console is."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from shared.settings import Settings
from shared.urls import MOUNTS


def own_hosts(settings: Settings) -> frozenset[str]:
    """Return the hosts, with ports, whose addresses are the site's own."""
    site = urlsplit(settings.site_url).netloc.lower()
    return settings.host_names | ({site} if site else set())


def console_address(settings: Settings) -> str:
    """Return the console's address as far as the settings tell it."""
    if settings.admin_url:
        return settings.admin_url
    host = f"[{settings.bind}]" if ":" in settings.bind else settings.bind
    local = "localhost" if settings.bind in {"0.0.0.0", "::"} else host  # noqa: S104 - compared
    return (settings.site_url or f"http://{local}:{settings.port}") + MOUNTS["admin"]


def files_of(settings: Settings) -> Callable[[str], bool]:
    """Return a function that tells whether a path below `/media/` is a file of this instance."""
    folder = settings.instance.resolve() / "media"
    return lambda path: _is_within(folder, folder / path.removeprefix("/media/"))


def _is_within(folder: Path, file: Path) -> bool:
    """Tell whether a file is there, and in a folder whatever its name says."""
    try:
        return file.resolve().is_relative_to(folder) and file.is_file()
    except (OSError, ValueError):
        return False
