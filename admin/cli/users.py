"""`flask users`: accounts. A password comes from the terminal or standard input, never from an
argument, which every user of the machine could read.
"""

import json
import sys

import click

from admin.cli.running import Group, reading, working
from shared.domain import sessions
from shared.domain import users as domain
from shared.domain.errors import NotFound
from shared.domain.factors import reset_factors
from shared.domain.work import Work
from shared.models import ROLES, User
from shared.own_places import console_address
from shared.urls import MOUNTS, path_to
from shared.web import runtime


@click.group(cls=Group)
def users() -> None:
    """Make accounts, list them, set passwords, let people in or out."""


@users.command()
@click.option("--email", required=True, help="Address to sign in with.")
@click.option("--name", required=True, help="Name shown as the author.")
@click.option("--role", type=click.Choice(ROLES), default="author", show_default=True)
@click.option("--no-password", is_flag=True, help="Nobody can sign in until one is set.")
def create(email: str, name: str, role: str, no_password: bool) -> None:
    """Make an account; asks for the password, or reads it from standard input.

    Example: flask users create --email ann@example.org --name Ann --role owner
    """
    password = None if no_password else read_password()
    with working() as work:
        user = domain.create_user(email=email, name=name, role=role, password=password, work=work)
    click.echo(f"Created {user.name} <{user.email}>, {user.role}.")


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_users(as_json: bool) -> None:
    """List the accounts.

    Example: flask users list --json
    """
    with reading() as session:
        rows = [describe(user) for user in session.query(User).order_by(User.email)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    widths = {key: max((len(str(row[key])) for row in rows), default=0) for key in COLUMNS}
    for row in rows:
        line = "  ".join(f"{row[key] or '':<{widths[key]}}" for key in COLUMNS)
        click.echo(line.rstrip())


@users.command("set-password")
@click.argument("email")
def set_password(email: str) -> None:
    """Set a password and end every session of the account.

    Example: flask users set-password ann@example.org
    """
    password = read_password()
    with working() as work:
        user = find(email, work)
        domain.set_password(user, password, work=work)
    click.echo(f"Set the password of {user.email} and ended its sessions.")


@users.command()
@click.argument("email")
def disable(email: str) -> None:
    """Shut an account out and end its sessions.

    Example: flask users disable dee@example.org
    """
    with working() as work:
        user = find(email, work)
        domain.disable_user(user, work=work)
    click.echo(f"Disabled {user.email}.")


@users.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let a disabled account in again.

    Example: flask users enable dee@example.org
    """
    with working() as work:
        user = find(email, work)
        domain.enable_user(user, work=work)
    click.echo(f"Enabled {user.email}.")


@users.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a link by which its holder sets a password, once; earlier ones end.

    Example: flask users link ben@example.org
    """
    with working() as work:
        token = sessions.offer_link("password", user=find(email, work), work=work)
    path = path_to("admin", "account.link", token=token).removeprefix(MOUNTS["admin"])
    click.echo(console_address(runtime().settings) + path)


@users.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Take one-time codes and passkeys away from someone who lost them.

    Example: flask users reset-second-factor ann@example.org
    """
    with working() as work:
        user = find(email, work)
        reset_factors(user, work=work)
    click.echo(f"{user.email} signs in with the password alone now; its sessions ended.")


COLUMNS = ("email", "name", "role", "state", "last_login_at")


def describe(user: User) -> dict[str, object]:
    """Return what a list shows of an account."""
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "state": "disabled" if user.disabled_at else "active",
        "last_login_at": user.last_login_at.isoformat() if user.last_login_at else None,
    }


def find(email: str, work: Work) -> User:
    """Return the account with this address; raises NotFound."""
    user = domain.find_user(work.session, email)
    if user is None:
        raise NotFound(f"There is no account {email}.")
    return user


def read_password() -> str:
    """Ask twice on a terminal, else read one line of standard input."""
    if sys.stdin.isatty():
        password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return password
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise click.ClickException("no password given on standard input")
    return password
