"""`flask media`: the files of texts."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import click
from sqlalchemy import select

from admin.cli.progress import Bar
from admin.cli.running import Group, reading, working
from admin.transfer.export.files import walk_media
from shared import media as store
from shared.domain.media import keep_uses, owe_forms, register, signature_of
from shared.domain.media.taking import IMAGES
from shared.models import Media, Post
from shared.web import runtime

BATCH = 50
T = TypeVar("T")


@click.group(cls=Group)
def media() -> None:
    """Look after the files that texts show and offer."""


@media.command()
def adopt() -> None:
    """Register files that lie in INSTANCE/media and are in no list, and note where each is used.

    Example: flask media adopt
    """
    instance = runtime().settings.instance
    with reading() as session:
        known = set(session.scalars(select(Media.file)))
    files = [file for file in walk_media(instance) if f"/media/{file.path}" not in known]
    bar, added, left = Bar("Registering"), 0, []
    for done, batch in enumerate(_batches(files)):
        bar(done * BATCH, len(files))
        with working() as work:
            for file in batch:
                try:
                    found = register(f"/media/{file.path}", file.place.read_bytes(), work=work)
                except store.MediaError as error:
                    left.append(f"{file.path} {error}")
                else:
                    work.record("media.adopted", found, found.name)
                    added += 1
    bar(len(files), len(files))
    note_uses()
    click.echo(f"{added} files registered, {len(known)} were known.")
    for line in left:
        click.echo(f"left: {line}", err=True)


@media.command()
def forms() -> None:
    """Owe the smaller forms of every picture that has none; `flask jobs run` makes them.

    Example: flask media forms
    """
    with working() as work:
        pictures = work.session.scalars(select(Media).where(Media.kind == "image")).all()
        owed = [item for item in pictures if not item.forms and signature_of(item) in IMAGES]
        for item in owed:
            owe_forms(item, work=work)
    click.echo(f"The forms of {len(owed)} pictures are owed.")


def note_uses() -> None:
    """Look through every post for the files that it names."""
    with reading() as session:
        ids = session.scalars(select(Post.id).order_by(Post.id)).all()
    for batch in _batches(ids):
        with working() as work:
            for post in work.session.scalars(select(Post).where(Post.id.in_(batch))):
                keep_uses(post, work=work)


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
