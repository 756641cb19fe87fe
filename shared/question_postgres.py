"""A question to PostgreSQL; apart from the others, so that only who needs its driver loads it."""

import select
import time
from typing import TYPE_CHECKING, Any, Final

from psycopg import Connection, Error
from psycopg.pq import ExecStatus

from shared.question import Question, Unanswered

if TYPE_CHECKING:
    from sqlalchemy import URL

CONNECT_SECONDS: Final = 2  # the least that PostgreSQL's libraries know
NAME: Final = b"question"  # of the prepared statement


class PostgresQuestion(Question):
    """Asks a server; the driver's own way of asking has no end while the server hangs."""

    def __init__(self, url: "URL", sql: str, patience: float) -> None:
        super().__init__(sql, patience)
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._poll = select.poll()

    def ask(self) -> int:
        """Return the answer as of now; raises Unanswered."""
        try:
            if self._connection is None:
                self._open()
            line = self._connection.pgconn
            line.send_query_prepared(NAME, None)
            number = int(self._receive().get_value(0, 0))
        except (Error, OSError, TypeError) as error:
            self.close()
            raise Unanswered from error
        return number

    def _open(self) -> None:
        self._connection = Connection.connect(
            self._url, autocommit=True, connect_timeout=CONNECT_SECONDS
        )
        self._poll = select.poll()
        self._poll.register(self._connection.pgconn.socket, select.POLLIN)
        self._connection.pgconn.send_prepare(NAME, self._sql.encode())
        self._receive()

    def _receive(self) -> Any:
        """Return the one result of what was sent; raises TimeoutError when it does not come."""
        line = self._connection.pgconn
        until = time.monotonic() + self._patience
        line.flush()
        results: list[Any] = []
        while True:
            while not line.is_busy():
                result = line.get_result()
                if result is None:
                    return _good(results)
                results.append(result)
            if not self._poll.poll(max(0.0, until - time.monotonic()) * 1000):
                raise TimeoutError
            line.consume_input()


def _good(results: list[Any]) -> Any:
    if len(results) != 1 or results[0].status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        raise OSError("the server refuses the question")
    return results[0]
