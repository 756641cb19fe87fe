"""Checks every link of the site, once a day and when asked."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from shared.domain.link_checks import check_links, keep_report
from shared.runtime import Runtime
from shared.settings import Settings


def check_all(runtime: Runtime, _: dict[str, Any]) -> None:
    """Make the report of broken links anew."""
    now, media = runtime.clock(), runtime.settings.instance.resolve() / "media"

    def has_file(path: str) -> bool:
        return is_within(media, media / path.removeprefix("/media/"))

    with runtime.database.reading() as session:
        hosts = own_hosts(runtime.settings)
        report = check_links(session, now, has_file=has_file, own_hosts=hosts)
    with runtime.database.writing() as session:
        keep_report(session, report, now)
        session.commit()


def is_within(folder: Path, file: Path) -> bool:
    """Tell whether a file is there, and in a folder whatever its name says."""
    try:
        return file.resolve().is_relative_to(folder) and file.is_file()
    except (OSError, ValueError):
        return False


def own_hosts(settings: Settings) -> frozenset[str]:
    """Return the hosts, with ports, whose addresses are the site's own."""
    site = urlsplit(settings.site_url).netloc.lower()
    return settings.host_names | ({site} if site else set())
