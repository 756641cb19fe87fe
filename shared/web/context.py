"""What belongs to the request at hand: its moment, its database session, its links."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from flask import current_app, g, request
from sqlalchemy.orm import Session

from shared.runtime import Runtime
from shared.web.links import Links

# No header can set it: what a client sends stands in the environ as HTTP_…
PAST: Final = "triptych.past"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Past:
    """An instant, and the session in which the database is as it was then."""

    instant: datetime
    session: Session


def runtime() -> Runtime:
    """Return the runtime that the current application was built from."""
    return cast("Runtime", current_app.extensions["triptych"])


def now() -> datetime:
    """Return the moment of this request, the same however often it is asked for."""
    if "now" not in g:
        past: Past | None = request.environ.get(PAST)
        g.now = past.instant if past else runtime().clock()
    return cast("datetime", g.now)


def session() -> Session:
    """Return the request's database session, opened when first asked for.

    On a safe method (RFC 9110, 9.2.1) it can only read. On any other it is one unit of work,
    rolled back at the end of the request unless `commit` was called. A request for the past is
    given the session that shows it.
    """
    past: Past | None = request.environ.get(PAST)
    if past:
        return past.session
    if "session" not in g:
        database = runtime().database
        opened = database.reading() if request.method in SAFE_METHODS else database.writing()
        g.database = ExitStack()
        g.session = g.database.enter_context(opened)
    return cast("Session", g.session)


def commit() -> None:
    """Commit the request's unit of work: once, at the edge."""
    session().commit()


def links() -> Links:
    """Return the builder of links to any of the three apps, for this request's prefix and host."""
    if "links" not in g:
        g.links = Links.of_request(request.environ, runtime().settings)
    return cast("Links", g.links)


def close_session(_: BaseException | None = None) -> None:
    """Give the database session back; what was not committed is rolled back."""
    stack: ExitStack | None = g.pop("database", None)
    g.pop("session", None)
    if stack is not None:
        stack.close()
