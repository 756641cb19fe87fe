"""The same on a real PostgreSQL, with two stores in front of it."""

import psycopg
import pytest

from tests.frontend.pagestore.property.machine import hold, on_postgres

SEQUENCES = 10


@pytest.fixture
def run(postgres):
    """Run SQL on the server."""

    def run_(statement: str) -> None:
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(statement.encode())

    return run_


def test_pages_in_front_of_postgres_are_as_fresh_ones(postgres_runtime, clock, run):
    hold(on_postgres(postgres_runtime, clock, run), sequences=SEQUENCES)
