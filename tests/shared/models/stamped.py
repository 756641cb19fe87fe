"""What a unit of work stamped."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from shared.models.stamps import keys_since, read_version
from shared.runtime import Runtime


def version_of(runtime: Runtime) -> int:
    with runtime.database.reading() as session:
        return read_version(session)


def stamped_since(runtime: Runtime, number: int) -> set[str]:
    """Return the keys stamped after a number; the version moves with them, or stays."""
    with runtime.database.reading() as session:
        keys = keys_since(session, number, limit=10_000)
        assert keys is not None
        assert (read_version(session) > number) == bool(keys)
        return keys


def stamped(runtime: Runtime, act: Callable[[Session], Any]) -> set[str]:
    """Return the keys that one committed unit of work stamps."""
    before = version_of(runtime)
    with runtime.database.writing() as session:
        act(session)
        session.commit()
    return stamped_since(runtime, before)
