"""`flask trash`: what was deleted and can still come back."""

from datetime import timedelta

import click

from admin.cli.running import Group, working
from shared.domain import trash as domain


@click.group(cls=Group)
def trash() -> None:
    """Let go for good of what has lain in the trash for long."""


@trash.command()
@click.option("--days", type=click.IntRange(0), default=30, show_default=True, help="Older than.")
@click.option("--dry-run", is_flag=True, help="Only list what would go.")
def purge(days: int, dry_run: bool) -> None:
    """Delete for good what has lain in the trash for so many days.

    Example: flask trash purge --days 90 --dry-run
    """
    with working() as work:
        until = work.at - timedelta(days=days)
        items = domain.list_trash(work.session, work.actor, until=until)
        for item in items:
            click.echo(f"{item.at:%Y-%m-%d}  {item.kind:<9} {item.label}")
            if not dry_run:
                domain.purge_trashed(item, work=work)
    things = "1 thing" if len(items) == 1 else f"{len(items)} things"
    click.echo(f"{things} would go." if dry_run else f"{things} deleted for good.")
