"""The console on a database of the test's own, and whoever sits at it."""

import pytest
from flask import Flask

from admin import create_app
from shared.runtime import Runtime
from tests.admin.signing_in import Browser, Enter, enter


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    """The console."""
    return create_app(runtime)


@pytest.fixture
def as_(app: Flask) -> Enter:
    """Sign someone of the cast in: `as_("Ben")`."""
    return lambda name: enter(app, name)


@pytest.fixture
def ben(as_: Enter) -> Browser:
    """Ben's browser; he edits."""
    return as_("Ben")
