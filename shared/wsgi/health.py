"""Whether this process is alive and ready, told without saying why not: the log says that."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from shared.wsgi.answers import Headers, reply
from shared.wsgi.bulkhead import Slots
from shared.wsgi.starter import Starter

logger = logging.getLogger(__name__)

# Checks wait for a database: a flood of them must not take the threads of the site.
CHECKS_AT_ONCE = 2
Check = Callable[[], bool]
Report = Callable[[], tuple[int, dict[str, Any]]]
ALLOW: Headers = (("Allow", "GET, HEAD, OPTIONS"),)


def healthz(starters: Mapping[str, Starter]) -> WSGIApplication:
    """Return the application that tells which mounts are up; always 200, and it never waits.

    A mount that is down is tried again if its pause is over, so that a monitor mends it too.
    """

    def report() -> tuple[int, dict[str, Any]]:
        for starter in starters.values():
            starter.begin()
        states = {name: starter.state for name, starter in starters.items()}
        status = "degraded" if "down" in states.values() else "ok"
        return 200, {"status": status, "apps": states}

    return _endpoint("/healthz", report)


def readyz(starters: Mapping[str, Starter], checks: Mapping[str, Check]) -> WSGIApplication:
    """Return the application that answers 200 when every check passes and every mount is up.

    It creates the mounts that are not up yet, and else answers 503 and names what fails.
    """
    slots = Slots(CHECKS_AT_ONCE)

    def report() -> tuple[int, dict[str, Any]]:
        if not slots.take():
            return 503, {"status": "busy", "checks": {}}
        try:
            return examine()
        finally:
            slots.give()

    def examine() -> tuple[int, dict[str, Any]]:
        passed = {name: _passes(name, check) for name, check in checks.items()}
        passed |= {name: item.wait_for_app() is not None for name, item in starters.items()}
        results = {name: "ok" if good else "failing" for name, good in passed.items()}
        if all(passed.values()):
            return 200, {"status": "ready", "checks": results}
        return 503, {"status": "not ready", "checks": results}

    return _endpoint("/readyz", report)


def _passes(name: str, check: Check) -> bool:
    try:
        return check()
    except Exception:
        logger.exception("The check of %s failed", name)
        return False


def _endpoint(path: str, report: Report) -> WSGIApplication:
    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, body, headers = _respond(environ, path, report)
        text = (json.dumps(body) + "\n").encode() if body else b""
        return reply(environ, start_response, status, "application/json", text, headers)

    return application


def _respond(
    environ: WSGIEnvironment, path: str, report: Report
) -> tuple[int, dict[str, Any], Headers]:
    if environ["PATH_INFO"] != path:
        return 404, {"status": "not found"}, ()
    method = environ["REQUEST_METHOD"]
    if method in {"GET", "HEAD"}:
        return *report(), ()
    if method == "OPTIONS":
        return 200, {}, ALLOW
    return 405, {"status": "method not allowed"}, ALLOW
