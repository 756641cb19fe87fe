"""Which addresses are the site's own, and which of its files are there."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from shared.settings import Settings


def own_hosts(settings: Settings) -> frozenset[str]:
    """Return the hosts, with ports, whose addresses are the site's own."""
    site = urlsplit(settings.site_url).netloc.lower()
    return settings.host_names | ({site} if site else set())


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
