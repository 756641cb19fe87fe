"""`flask pages`: the finished pages that the site keeps."""

import json

import click
from jinja2.filters import do_filesizeformat

from admin.cli.progress import Bar
from admin.cli.running import Group, database, working
from admin.cli.warming import Warmer, address_of, open_site
from shared.models.stamps import EVERYTHING, read_version, stamp
from shared.page_counts import WAYS, Holding, Totals, read_counts
from shared.web import runtime

MEANING = dict(
    zip(
        WAYS,
        (
            "from memory",
            "from the copy on disk",
            "after waiting for another's rendering",
            "rendered",
            "as it was: the database did not answer",
            "rendered: pages are not kept at this address",
        ),
        strict=True,
    )
)
MOST_NAMED = 20


@click.group(cls=Group)
def pages() -> None:
    """Look after the finished pages that the site answers with; they are always fresh."""


@pages.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(as_json: bool) -> None:
    """Tell how pages were answered since the server's processes started.

    Example: flask pages stats
    """
    totals = read_counts(runtime().settings.instance / "pages")
    copies = totals.copies or count_copies()
    if as_json:
        click.echo(json.dumps(as_document(totals, copies)))
        return
    if not totals.answered:
        click.echo("No page was asked for yet. Start the server and open the site.")
    else:
        say_ways(totals)
        click.echo(f"Memory  {told(totals.memory)}")
    click.echo(f"Copies  {told(copies)}" if copies else "Copies  none: see PAGES_DISK and DEBUG")
    if totals.is_failing:
        click.echo("The last copies could not be written; the log says why.")
    if totals.stale_at:
        click.echo(f"The database last did not answer at {totals.stale_at:%Y-%m-%d %H:%M} UTC.")


@pages.command()
@click.option("--address", metavar="URL", help="Where visitors ask; by default SITE_URL.")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many pages.")
def warm(address: str | None, limit: int | None) -> None:
    """Render the site's pages beforehand, for running servers and the next start.

    Without SITE_URL, pages are kept for one address each; the default is then http://BIND:PORT.

    Example: flask pages warm --limit 500
    """
    database()
    address = address or address_of(runtime().settings)
    warmed = Warmer(runtime(), address).warm(limit, Bar("Rendering"))
    there = warmed.ways.total() - warmed.ways["made"]
    click.echo(f"{warmed.ways['made']} pages rendered for {address}, {there} were there already.")
    if warmed.left:
        click.echo(f"PAGES_DISK is nearly full: {warmed.left} pages were left out.")
    for place in warmed.failed[:MOST_NAMED]:
        click.echo(f"failed: {place}", err=True)
    if warmed.failed:
        raise click.ClickException(f"{len(warmed.failed)} pages could not be rendered")


@pages.command()
def clear() -> None:
    """Have every page rendered anew; never needed for freshness.

    Example: flask pages clear
    """
    with working() as work:
        stamp(work.session, EVERYTHING)
    with database().reading() as session:
        number = read_version(session)
    copies = open_site(runtime()).extensions["pages"].copies
    if copies is not None and copies.file.exists():
        copies.forget({EVERYTHING: number})
    click.echo("Every page is rendered anew: servers drop theirs at their next request.")


def count_copies() -> Holding | None:
    """Return what lies on disk, None where no copies are kept."""
    copies = open_site(runtime()).extensions["pages"].copies
    if copies is None:
        return None
    return Holding(**copies.counts()) if copies.file.exists() else Holding(limit=copies.limit)


def say_ways(totals: Totals) -> None:
    """Print a line for each way that occurred."""
    running = "1 process" if totals.processes == 1 else f"{totals.processes} processes"
    click.echo(f"{running} answered {totals.answered:,} pages, {totals.ratio:.1%} of them without")
    click.echo("rendering:")
    for way, count in totals.ways.items():
        if count:
            click.echo(f"  {way:<7}{count:>12,}  {count / totals.answered:>6.1%}  {MEANING[way]}")


def told(holding: Holding) -> str:
    """Return how many pages there are, and of how much the space they take."""
    size, limit = (do_filesizeformat(number) for number in (holding.bytes, holding.limit))
    return f"{holding.pages:,} pages, {size} of {limit}"


def as_document(totals: Totals, copies: Holding | None) -> dict[str, object]:
    """Return the numbers for a program."""
    return {
        "processes": totals.processes,
        "answered": totals.answered,
        "rendered": totals.rendered,
        "ratio": round(totals.ratio, 4),
        "ways": dict(totals.ways),
        "memory": vars(totals.memory),
        "copies": copies and vars(copies),
        "is_failing": totals.is_failing,
        "stale_at": totals.stale_at and totals.stale_at.isoformat(),
    }
