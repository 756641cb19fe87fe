"""A session that reads: its connection is taken straight from the pool, and given back to it."""

from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session


class ReadingSession(Session):
    """A session on one connection, which is opened when first asked for.

    `Session.connection` begins and ends a transaction of the session's own around that of the
    connection, at twice the cost. Most reads are statements of columns, which need none.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=False)
        self._engine = engine
        self._only: Connection | None = None

    def connection(self, *_: Any, **__: Any) -> Connection:
        """Return the session's one connection."""
        if self._only is None:
            self._only = self._engine.connect()
        return self._only

    def get_bind(self, *_: Any, **__: Any) -> Connection:
        """Let objects be read on the same connection, at the same moment of the database."""
        return self.connection()

    def rollback(self) -> None:
        """End the transaction; what is read next is of another moment."""
        self.close()

    def close(self) -> None:
        """End the transaction and give the connection back."""
        if self._transaction is not None:
            super().close()
        opened, self._only = self._only, None
        if opened is not None:
            opened.close()
