"""`flask mail`: whether the mail server takes what we send."""

import click

from admin.cli.running import Group, reading
from shared.domain.site import load_site
from shared.post_office import Letter, Refused, hand_over
from shared.web import runtime


@click.group(cls=Group)
def mail() -> None:
    """Look after what is sent by mail."""


@mail.command()
@click.argument("address")
def test(address: str) -> None:
    """Send a mail at once, and say what the mail server said.

    Example: flask mail test you@example.org
    """
    settings = runtime().settings
    if not settings.sends_mail:
        raise click.ClickException("no mail server is set; see SMTP_HOST")
    with reading() as session:
        title = load_site(session).title
    at = runtime().clock()
    text = f"This is a test: {title} can send mail.\n"
    letter = Letter(address, "A test", text, f"test-{at.timestamp():.0f}", at)
    try:
        hand_over(letter, sender=title, settings=settings)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{settings.smtp_host} took a mail to {address}.")
