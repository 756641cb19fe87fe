"""`flask export`: everything goes out."""

import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from admin.cli.progress import Bar
from admin.cli.running import Group, reading, working
from admin.transfer.export import (
    Holdings,
    Report,
    Scope,
    begin,
    count_holdings,
    write_archive,
)
from shared.web import runtime


@click.group(cls=Group)
def export() -> None:
    """Take the content out."""


@export.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--no-media", is_flag=True, help="Leave pictures and other files out.")
@click.option("--no-drafts", is_flag=True, help="Take out what visitors see, and nothing else.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def markdown(file: Path, *, no_media: bool, no_drafts: bool, force: bool, as_json: bool) -> None:
    """Write everything to FILE, a ZIP of Markdown and media that is a Jekyll site.

    FILE appears when it is whole. Only its owner can read it, since it holds drafts.

    Example: flask export markdown blog.zip
    """
    refuse_to_replace(file, force=force)
    scope, report, bar = Scope(media=not no_media, drafts=not no_drafts), Report(), Bar("Exporting")
    with reading() as session:
        total = steps(count_holdings(session, runtime().settings.instance, runtime().clock()))
    with working() as work:
        begin(scope, work=work)
    chunks = write_archive(
        runtime(), scope, report, progress=lambda done: bar(min(done, total), total)
    )
    write_whole(file, chunks, force=force)
    bar(total, total)
    click.echo(
        json.dumps(report.as_document(), ensure_ascii=False, indent=2)
        if as_json
        else report.as_text()
    )


def steps(holdings: Holdings) -> int:
    """Return how many files an archive of everything has, nearly."""
    return (
        holdings.posts + holdings.pages + holdings.hidden + holdings.working + holdings.files
    ) or 1


def write_whole(file: Path, chunks: Iterable[bytes], *, force: bool) -> None:
    """Write beside the place and rename, so that there is a whole file or none."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            for chunk in chunks:
                opened.write(chunk)
            opened.flush()
            os.fsync(opened.fileno())
        refuse_to_replace(file, force=force)
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)


def refuse_to_replace(file: Path, *, force: bool) -> None:
    """Raise ClickException when the file is there and may not be replaced."""
    if file.exists() and not force:
        raise click.ClickException(f"{file} is there already; --force replaces it")
