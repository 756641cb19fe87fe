"""A unit of work on each kind of database in turn."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from shared.domain.work import Work
from shared.runtime import Runtime
from tests.cast import Cast, work_of


@pytest.fixture
def session(any_runtime: Runtime) -> Iterator[Session]:
    """A writing session, rolled back at the end unless the test commits."""
    with any_runtime.database.writing() as opened:
        yield opened


@pytest.fixture
def cast(session: Session) -> Cast:
    """The people, in the writing session."""
    return Cast.load(session)


@pytest.fixture
def work(session: Session, cast: Cast) -> Work:
    """A unit of work of Ben, who edits."""
    return work_of(session, cast.ben)
