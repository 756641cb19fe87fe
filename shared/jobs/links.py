"""Checks every link of the site, once a day and when asked."""

from typing import Any

from shared.domain.link_checks import check_links, keep_report
from shared.own_places import files_of, own_hosts
from shared.runtime import Runtime


def check_all(runtime: Runtime, _: dict[str, Any]) -> None:
    """Make the report of broken links anew."""
    now, settings = runtime.clock(), runtime.settings
    with runtime.database.reading() as session:
        report = check_links(
            session, now, has_file=files_of(settings), own_hosts=own_hosts(settings)
        )
    with runtime.database.writing() as session:
        keep_report(session, report, now)
        session.commit()
