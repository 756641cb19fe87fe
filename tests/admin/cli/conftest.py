"""The console's commands, run in this process."""

from collections.abc import Callable

import pytest
from click.testing import Result

from admin import create_app
from shared.runtime import Runtime

Run = Callable[..., Result]


@pytest.fixture
def run(runtime: Runtime) -> Run:
    """Run a command: its words, and what it reads from standard input."""
    runner = create_app(runtime).test_cli_runner()

    def invoke(*words: str, stdin: str = "") -> Result:
        return runner.invoke(args=list(words), input=stdin)

    return invoke
