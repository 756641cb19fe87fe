"""An app that knows nobody: its session raises when touched, and no cookie is set or read."""

from typing import Any, NoReturn

from flask import Flask
from flask.sessions import NullSession, SessionInterface
from flask.wrappers import Request, Response


class SessionTouchedError(RuntimeError):
    """Code of an app without sessions asked for one; the message names nobody."""


class NoSession(NullSession):
    """A session that can be neither read nor written."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise SessionTouchedError("this application has no session")

    __getitem__ = __setitem__ = __delitem__ = __contains__ = __iter__ = __len__ = _refuse
    get = pop = popitem = setdefault = update = clear = keys = values = items = _refuse


class NoSessions(SessionInterface):
    """Gives every request a session that raises, whatever cookies it carries."""

    null_session_class = NoSession

    def open_session(self, app: Flask, request: Request) -> NoSession:  # noqa: ARG002 - Flask's interface
        """Return the session that raises."""
        return NoSession()

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Do nothing; Flask does not even ask for a null session."""


def forbid_sessions(app: Flask) -> None:
    """Take the session away from an app."""
    app.session_interface = NoSessions()
