"""Every command explains itself."""

import os
import subprocess
import sys

import click
import pytest

from admin.cli import COMMANDS, Commands

CONTEXT = click.Context(click.Group())
SERVING = """
import sys
import dispatcher
dispatcher.application.warm_up().join()
print(*(name for name in sys.modules if name.startswith("admin.cli")))
"""
GROUPS = [Commands("console").get_command(CONTEXT, name) for name in COMMANDS]


def all_commands() -> list[tuple[str, ...]]:
    found = []
    for command in GROUPS:
        inner = getattr(command, "commands", {})
        found += [(command.name, name) for name in inner] or [(command.name,)]
    return found


def test_commands_are_those_that_were_promised():
    assert sorted(" ".join(words) for words in all_commands()) == [
        "audit verify",
        "comments erase",
        "comments export",
        "comments purge",
        "db current",
        "db history",
        "db upgrade",
        "doctor",
        "export markdown",
        "import jekyll",
        "jobs list",
        "jobs retry",
        "jobs run",
        "lint",
        "mail test",
        "media adopt",
        "media forms",
        "pages clear",
        "pages stats",
        "pages warm",
        "revisions prune",
        "setup-link",
        "trash purge",
        "users create",
        "users disable",
        "users enable",
        "users link",
        "users list",
        "users reset-second-factor",
        "users set-password",
        "welcome",
    ]


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_help_has_an_example(run, words):
    done = run(*words, "--help")
    assert done.exit_code == 0
    assert f"Example: flask {' '.join(words)}" in " ".join(done.output.split())


def test_every_option_says_what_it_is_for():
    silent = [
        f"{command.name} {option.name}"
        for group in GROUPS
        for command in getattr(group, "commands", {"": group}).values()
        for option in command.params
        if isinstance(option, click.Option) and not option.help and option.name != "role"
    ]
    assert silent == []


def test_commands_are_listed_under_their_own_names(app):
    assert app.cli.list_commands(CONTEXT) == sorted(command.name for command in GROUPS)


def test_unknown_command_is_none(app):
    assert app.cli.get_command(CONTEXT, "nothing") is None


def test_serving_loads_no_command(tmp_path):
    own = os.environ | {"INSTANCE": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", SERVING], capture_output=True, text=True, check=True, env=own
    ).stdout
    assert said.split() == ["admin.cli"]
