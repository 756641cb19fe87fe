"""Counts what visitors see, without knowing who they are, and writes it down once a minute.

A request only puts its path into a queue. What is not written yet is lost with a killed process.
"""

import atexit
import logging
import os
import re
import threading
from collections import Counter, deque
from contextlib import suppress
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit
from weakref import WeakSet
from wsgiref.types import WSGIEnvironment

from sqlalchemy.exc import SQLAlchemyError

from shared.domain.missing import Missed, add_missing
from shared.domain.site import load_site
from shared.domain.visits import add_views, forget_old_views
from shared.runtime import Runtime
from shared.write_gate import DatabaseBusyError
from shared.wsgi.first_segment import first_segment

logger = logging.getLogger(__name__)

EVERY_SECONDS: Final = 60.0
MOST_WAITING: Final = 100_000
SHOWN: Final = frozenset({200, 304})
PARTS: Final = "/comments"  # whose pages are parts of others, and thanks
# Whoever says so is no reader. `bot` ends names such as Googlebot; browsers have no such word.
MACHINE: Final = re.compile(
    r"bot\b|crawl|spider|slurp|preview|monitor|curl|wget|python|java/|go-http|feed|rss",
    re.IGNORECASE,
)
# Asked by programs that look for holes, never by a link.
PROBE: Final = re.compile(
    r"\.(?:php\d?|aspx?|jsp|cgi|env|git|sql|bak)(?:$|/)|/(?:wp-|cgi-bin|\.)", re.IGNORECASE
)


class Visits:
    """Takes note of answered requests; one thread of the process writes the counts down."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._seen: deque[tuple[str, int, str]] = deque(maxlen=MOST_WAITING)
        _rounds.join(self)

    def add(self, environ: WSGIEnvironment, path: str, status: int) -> None:
        """Note a page that was shown or is not there; machines, feeds and the like do not count."""
        if environ["REQUEST_METHOD"] != "GET":
            return
        if status in SHOWN and path.endswith("/"):
            is_page = first_segment(path) != PARTS
            if is_page and not is_machine(environ.get("HTTP_USER_AGENT", "")):
                self._seen.append((path, status, ""))
                _rounds.begin()
        elif status == 404:
            self._seen.append((path, status, environ.get("HTTP_REFERER", "")))
            _rounds.begin()

    def forget(self) -> None:
        """Forget what waits: this is another process."""
        self._seen.clear()

    def write(self) -> None:
        """Write down what has collected; what cannot be written now waits for the next time."""
        seen = self._take()
        if not seen:
            return
        try:
            self._store(seen)
        except (SQLAlchemyError, DatabaseBusyError, OSError) as error:
            logger.info("counts of visits wait: %s", type(error).__name__)
            self._seen.extendleft(reversed(seen[: MOST_WAITING - len(self._seen)]))

    def _take(self) -> list[tuple[str, int, str]]:
        seen = []
        with suppress(IndexError):
            while True:
                seen.append(self._seen.popleft())
        return seen

    def _store(self, seen: list[tuple[str, int, str]]) -> None:
        now = self._runtime.clock()
        views = Counter(readable(path) for path, status, _ in seen if status != 404)
        missing: dict[str, Missed] = {}
        for path, status, referrer in seen:
            name = as_linked(readable(path))
            if status == 404 and not PROBE.search(name):
                before = missing.get(name, Missed(0, now))
                missing[name] = Missed(before.asked + 1, now, told(referrer) or before.referrer)
        with self._runtime.database.writing() as session:
            site = load_site(session)
            today = now.astimezone(site.zone).date()
            if site.count_views:
                add_views(session, today, views)
                forget_old_views(session, today)
            add_missing(session, missing)
            session.commit()


def readable(path: str) -> str:
    """Return a path as people write it (PEP 3333: bytes dressed as text)."""
    return path.encode("latin-1", "replace").decode("utf-8", "replace").replace("\0", "")


def as_linked(path: str) -> str:
    """Return a missing path as a link has it: `/old.html` was asked for with a slash added."""
    bare = path.rstrip("/")
    return bare if "." in bare.rpartition("/")[2] else path


def told(referrer: str) -> str:
    """Return the page that a link was on, without its query, which may hold a person's data."""
    try:
        parts = urlsplit(readable(referrer))
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.netloc else ""


@lru_cache(maxsize=2_000)
def is_machine(agent: str) -> bool:
    """Tell whether a program that says so asks, or one that does not say what it is."""
    return not agent or MACHINE.search(agent) is not None


class Rounds:
    """The thread that goes round the counts of this process; it begins with the first visit."""

    def __init__(self) -> None:
        self._all: WeakSet[Visits] = WeakSet()
        self._start_anew()
        os.register_at_fork(after_in_child=self._start_anew)
        atexit.register(self._write_all)

    def _start_anew(self) -> None:
        for visits in list(self._all):
            visits.forget()
        self._lock = threading.Lock()
        self._is_going = False

    def join(self, visits: Visits) -> None:
        """Write down these counts too."""
        self._all.add(visits)

    def begin(self) -> None:
        """Start the thread, once."""
        if self._is_going:
            return
        with self._lock:
            if not self._is_going:
                thread = threading.Thread(target=self._go, name="visits", daemon=True)
                with suppress(RuntimeError):  # no thread to be had: the next visit tries again
                    thread.start()
                    self._is_going = True

    def _go(self) -> None:
        pause = threading.Event()
        while not pause.wait(EVERY_SECONDS):
            self._write_all()

    def _write_all(self) -> None:
        for visits in list(self._all):
            try:
                visits.write()
            except Exception:  # the next round may well succeed
                logger.exception("the counts of visits were not written")


_rounds = Rounds()
