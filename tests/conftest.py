"""Databases, a runtime and the fixed cast that the tests share."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from shared.runtime import Runtime
from shared.settings import Settings
from tests.cast import SECRET, Cast, Clock, hire
from tests.mail_server import PostBox, mail_server
from tests.servers import running_postgres


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the cast in it, to be copied for each test (3 ms)."""
    path = tmp_path_factory.mktemp("template") / "triptych.sqlite3"
    _prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL that has the template database `prepared`."""
    with running_postgres() as url:
        _run(url, "CREATE DATABASE prepared")
        _prepare(url.replace("/postgres?", "/prepared?"))
        yield url


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an instance of the test's own."""
    return Settings(instance=tmp_path / "instance", secret_key=SECRET)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands until it is told to move."""
    return Clock()


@pytest.fixture
def runtime(settings: Settings, clock: Clock, template_file: Path) -> Iterator[Runtime]:
    """A runtime on a SQLite file of the test's own, with the cast and no content."""
    settings.instance.mkdir(parents=True)
    shutil.copy(template_file, settings.instance / "triptych.sqlite3")
    made = Runtime(settings, clock)
    yield made
    made.database.close()


@pytest.fixture
def postgres_runtime(postgres: str, settings: Settings, clock: Clock) -> Iterator[Runtime]:
    """A runtime on a PostgreSQL database of the test's own, with the cast and no content."""
    name = f"t{uuid4().hex}"
    _run(postgres, f"CREATE DATABASE {name} TEMPLATE prepared")
    url = postgres.replace("/postgres?", f"/{name}?")
    made = Runtime(replace(settings, database_url=url), clock)
    yield made
    made.database.close()
    _run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_runtime(request: pytest.FixtureRequest) -> Runtime:
    """A runtime on each kind of database in turn."""
    name = "runtime" if request.param == "sqlite" else "postgres_runtime"
    return request.getfixturevalue(name)


@pytest.fixture
def box() -> Iterator[PostBox]:
    """What a mail server at hand is given."""
    with mail_server() as running:
        yield running


@pytest.fixture
def people(runtime: Runtime) -> Cast:
    """Ann owns, Ben edits, Cy writes, Con contributes, Dee only reads."""
    with runtime.database.reading() as session:
        return Cast.load(session)


def _prepare(url: str) -> None:
    database = Runtime(Settings(database_url=url, secret_key=SECRET)).database
    database.upgrade()
    with database.writing() as session:
        hire(session)
        session.commit()
    database.close()


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())
