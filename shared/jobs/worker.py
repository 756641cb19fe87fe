"""Takes one job after another, keeps its lease while it lasts, and notes how it ended."""

import logging
import os
import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread
from time import perf_counter
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from shared.domain import jobs
from shared.domain.jobs import LEASE, Taken
from shared.domain.mail import forget_mails
from shared.domain.work import SYSTEM, Work
from shared.jobs.handlers import HANDLERS, RECURRING, GiveUp, Handler
from shared.runtime import Runtime
from shared.write_gate import DatabaseBusyError

logger = logging.getLogger(__name__)

PAUSE: Final = 1.0  # seconds between two looks for work
RENEWED: Final = LEASE.total_seconds() / 4
SWEEP_EVERY: Final = 3_600  # looks
TROUBLE: Final = (SQLAlchemyError, DatabaseBusyError, OSError)


def unknown(_: Runtime, __: dict[str, Any]) -> None:
    """Give up a kind of job that this code does not know."""
    raise GiveUp("nothing here does jobs of this kind")


class Worker:
    """Does jobs, one at a time; as many workers as you like may share a database."""

    def __init__(self, runtime: Runtime, handlers: Mapping[str, Handler] = HANDLERS) -> None:
        self._runtime = runtime
        self._handlers = handlers
        self._name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"

    def run(self, end: Event) -> None:
        """Do what is due until `end` is set; a database that does not answer is asked again."""
        looks = 0
        while not end.is_set():
            try:
                while not end.is_set() and self.do_next():
                    pass
                if looks % SWEEP_EVERY == 0:
                    self.sweep()
            except TROUBLE as error:
                logger.warning("jobs wait: the database did not answer: %s", type(error).__name__)
            looks += 1
            end.wait(PAUSE)

    def do_all(self) -> int:
        """Do everything that is due; return how many jobs that was."""
        done = 0
        while self.do_next():
            done += 1
        return done

    def do_next(self) -> bool:
        """Do the most pressing job; False when none is due."""
        database, now = self._runtime.database, self._runtime.clock()
        with database.reading() as session:
            if not jobs.has_due(session, now):
                return False
        with database.writing() as session:
            taken = jobs.take(session, self._name, now)
            session.commit()
        if taken is None:
            return False
        self._do(taken)
        return True

    def sweep(self) -> None:
        """Delete what was ended long ago, and owe again what is done every day."""
        now = self._runtime.clock()
        with self._runtime.database.writing() as session:
            jobs.forget_old(session, now)
            forget_mails(session, at=now)
            work = Work(session=session, actor=SYSTEM, at=now)
            for kind, interval in RECURRING.items():
                if not jobs.was_owed(session, kind, now - interval):
                    jobs.enqueue(work, kind, key=kind)
            session.commit()

    def _do(self, taken: Taken) -> None:
        started = perf_counter()
        try:
            handler = self._handlers.get(taken.kind, unknown)
            with self._holding(taken):
                handler(self._runtime, taken.data)
        except GiveUp as error:
            logger.error("job %s %s was given up: %s", taken.id, taken.kind, error)  # noqa: TRY400 - the message says it all
            self._end(taken, str(error), for_good=True)
        except Exception as error:  # whatever it was: the job waits, and the next one may do
            logger.exception("job %s %s failed, attempt %s", taken.id, taken.kind, taken.attempts)
            self._end(taken, f"{type(error).__name__}: {error}")
        else:
            took = (perf_counter() - started) * 1000
            logger.info("job %s %s done in %.0f ms", taken.id, taken.kind, took)
            self._end(taken)

    def _end(self, taken: Taken, reason: str | None = None, *, for_good: bool = False) -> None:
        now = self._runtime.clock()
        with self._runtime.database.writing() as session:
            if reason is None:
                jobs.finish(session, taken, now)
            elif for_good:
                jobs.give_up(session, taken, reason, now)
            else:
                jobs.postpone(session, taken, reason, now)
            session.commit()

    @contextmanager
    def _holding(self, taken: Taken) -> Iterator[None]:
        """Renew the lease from a thread beside the work."""
        over = Event()

        def renew() -> None:
            while not over.wait(RENEWED):
                try:
                    with self._runtime.database.writing() as session:
                        jobs.hold(session, taken, self._runtime.clock())
                        session.commit()
                except TROUBLE:
                    logger.warning("the lease of job %s could not be renewed", taken.id)

        thread = Thread(target=renew, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
