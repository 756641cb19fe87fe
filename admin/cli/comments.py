"""`flask comments`: what one visitor said, and the end of spam."""

import json

import click

from admin.cli.running import Group, working
from shared.domain.comments import personal, removing
from shared.domain.comments.personal import Trace
from shared.domain.site import load_site


@click.group(cls=Group)
def comments() -> None:
    """Take out or erase what one visitor said, and let old spam go."""


@comments.command()
@click.argument("email")
def export(email: str) -> None:
    """Print what came with an e-mail address, as JSON.

    Example: flask comments export vi@example.org > vi.json
    """
    with working() as work:
        taken = personal.take_out_person(email, work=work)
    click.echo(json.dumps(taken, ensure_ascii=False, indent=2))


@comments.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Erase it; without this only show what would go.")
def erase(email: str, yes: bool) -> None:
    """Erase what came with an e-mail address; comments that were answered keep an empty place.

    Example: flask comments erase vi@example.org --yes
    """
    with working() as work:
        found = personal.find_traces(email, work=work)
        for trace in found.comments:
            click.echo(describe(trace))
        if yes and not found.is_empty:
            personal.erase_person(email, work=work)
    count = len(found.comments)
    things = f"{'1 comment' if count == 1 else f'{count} comments'}, {found.others} other traces"
    click.echo(f"{things}: erased." if yes else f"{things} would go. Say --yes to erase them.")


@comments.command()
@click.option("--dry-run", is_flag=True, help="Only count what would go.")
def purge(dry_run: bool) -> None:
    """Delete spam and trash among comments that are older than the settings keep them.

    Example: flask comments purge --dry-run
    """
    with working() as work:
        days = load_site(work.session).comments_keep_days
        found = removing.count_surplus(work.session, days, work.at)
    gone = 0 if dry_run else purge_all(days)
    spam, trashed = f"{found.spam:,} of spam", f"{found.trashed:,} of the trash"
    click.echo(f"{spam} and {trashed} would go." if dry_run else f"{gone:,} gone.")


def purge_all(days: int) -> int:
    """Delete all that is too old, part by part, so that others can write."""
    gone = 0
    while True:
        with working() as work:
            part = removing.purge(days, work=work)
        gone += part
        if part < removing.AT_ONCE:
            return gone


def describe(trace: Trace) -> str:
    """Return a line about one comment."""
    fate = "emptied" if trace.keeps_place else "deleted"
    text = " ".join(trace.comment.body.split())[:60]
    return f"#{trace.comment.id:<6} {trace.comment.state:<9} {fate}  {text}"
