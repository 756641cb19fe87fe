"""Databases without a single table."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest

from shared.db import Database
from shared.settings import Settings


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Database]:
    """A database without a single table, of each kind in turn."""
    if request.param == "sqlite":
        settings.instance.mkdir(parents=True)
        url = settings.database
    else:
        server, name = request.getfixturevalue("postgres"), f"m{uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        url = replace(settings, database_url=server.replace("/postgres?", f"/{name}?")).database
    database = Database(url, audit_key=b"key")
    yield database
    database.close()
