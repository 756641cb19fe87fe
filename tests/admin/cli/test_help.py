"""Every command explains itself."""

import click
import pytest

from admin.cli import COMMANDS


def all_commands() -> list[tuple[str, ...]]:
    found = []
    for command in COMMANDS:
        inner = getattr(command, "commands", {})
        found += [(command.name, name) for name in inner] or [(command.name,)]
    return found


def test_commands_are_those_that_were_promised():
    assert sorted(" ".join(words) for words in all_commands()) == [
        "audit verify",
        "db current",
        "db history",
        "db upgrade",
        "export markdown",
        "import jekyll",
        "setup-link",
        "users create",
        "users disable",
        "users enable",
        "users link",
        "users list",
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
        for group in COMMANDS
        for command in getattr(group, "commands", {"": group}).values()
        for option in command.params
        if isinstance(option, click.Option) and not option.help and option.name != "role"
    ]
    assert silent == []
