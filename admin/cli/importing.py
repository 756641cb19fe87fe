"""`flask import`: content of other programs."""

import json
from pathlib import Path

import click

from admin.cli.progress import Bar
from admin.cli.running import Group, database
from admin.transfer.jekyll import import_site
from admin.transfer.report import TransferError
from shared.domain.errors import NotFound
from shared.domain.users import find_user
from shared.domain.work import SYSTEM, Work
from shared.web import runtime


@click.group("import", cls=Group)
def import_() -> None:
    """Bring in the content of another program."""


@import_.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Print the same report and change nothing.")
@click.option("--author", metavar="EMAIL", help="Account of the posts that name no author.")
@click.option("--base-url", default="", help="Old site's address, for links to what is not here.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def jekyll(path: Path, dry_run: bool, author: str | None, base_url: str, as_json: bool) -> None:
    """Bring in a Jekyll site: posts, drafts, pages, pictures and old addresses.

    PATH is the folder with _config.yml, or one of dated Markdown files. Run it again to bring in
    what changed at the source; what was edited here since is left alone and named.

    Example: flask import jekyll ~/blog --dry-run
    """
    with database().writing() as session:
        work = Work(session=session, actor=SYSTEM, at=runtime().clock())
        try:
            report = import_site(
                path,
                instance=runtime().settings.instance,
                work=work,
                default_author=account_of(author, work),
                base_url=base_url,
                dry_run=dry_run,
                progress=Bar("Importing"),
            )
        except TransferError as error:
            raise click.ClickException(str(error)) from error
        if not dry_run:
            session.commit()
    if as_json:
        click.echo(json.dumps(report.as_document(), ensure_ascii=False, indent=2))
    else:
        click.echo(report.as_text())
    if not any(report.counts[name] for name in ("created", "updated", "unchanged")):
        raise click.ClickException("nothing came in; the report says why")
    if dry_run:
        click.echo("Dry run: nothing was changed.", err=True)


def account_of(email: str | None, work: Work) -> int | None:
    """Return the id of an account; raises NotFound."""
    if not email:
        return None
    user = find_user(work.session, email)
    if user is None:
        raise NotFound(f"There is no account {email}.")
    return user.id
