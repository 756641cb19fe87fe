"""The console on a database of the test's own, and whoever sits at it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from admin import create_app
from shared.runtime import Runtime
from tests.admin.signing_in import Browser, Enter, enter
from tests.mail_server import PostBox


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    """The console."""
    return create_app(runtime)


@pytest.fixture
def mailing(runtime: Runtime, box: PostBox) -> Iterator[Runtime]:
    """The runtime of a console that sends mail to the box."""
    server = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_tls": "none"}
    place = {"smtp_from": "site@example.org", "site_url": "https://example.org/blog"}
    made = Runtime(replace(runtime.settings, **server, **place), runtime.clock)
    yield made
    made.database.close()


@pytest.fixture
def as_(app: Flask) -> Enter:
    """Sign someone of the cast in: `as_("Ben")`."""
    return lambda name: enter(app, name)


@pytest.fixture
def ben(as_: Enter) -> Browser:
    """Ben's browser; he edits."""
    return as_("Ben")
