"""`flask revisions`: how much of every history is kept."""

import click

from admin.cli.running import Group, working
from shared.domain.posts import retention


@click.group(cls=Group)
def revisions() -> None:
    """Keep histories as long as the settings say."""


@revisions.command()
@click.option("--dry-run", is_flag=True, help="Only list what would go.")
def prune(dry_run: bool) -> None:
    """Let go of old versions that the settings do not keep.

    Example: flask revisions prune --dry-run
    """
    gone = 0
    with working() as work:
        for found in list(retention.find_surplus(work.session, work.at)):
            click.echo(f"{found.count:>6} of {found.count + found.kept:>6}  {found.title}")
            gone += found.count
            if not dry_run:
                retention.prune(found, work=work)
    versions = "1 version" if gone == 1 else f"{gone} versions"
    click.echo(f"{versions} would go." if dry_run else f"{versions} gone.")
