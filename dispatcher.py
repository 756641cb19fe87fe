"""Hangs the three applications on one process, behind the gate: `dispatcher:application`."""

import importlib
import math
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from shared.runtime import Runtime
from shared.settings import APPS, Settings
from shared.time_limit import TimeLimit
from shared.urls import MOUNTS
from shared.wsgi.answers import Trouble, answer
from shared.wsgi.bulkhead import Bulkhead, Slots
from shared.wsgi.first_segment import FirstSegmentDispatcher
from shared.wsgi.gate import Gate
from shared.wsgi.health import Check, healthz, readyz
from shared.wsgi.mount import Mount, describe
from shared.wsgi.starter import Starter

Factory = Callable[[Runtime], WSGIApplication]

EXPORTS = "/export/"  # below the console: answers that take long and hold a place of their own
THREADS_OF_THE_SITE = 2  # at least so many are never taken by console, API and media together
NOT_SERVED = Trouble(404, "Nothing is served here.")


class Triptych(Gate):
    """The whole of the process; `starters` hold its applications by name, the site first.

    `time_limit` is that of every request; its `after_cut` is the server's to set.
    """

    def __init__(
        self,
        app: WSGIApplication,
        settings: Settings,
        starters: Mapping[str, Starter],
        time_limit: TimeLimit,
    ) -> None:
        limits = {MOUNTS["admin"]: settings.max_body_admin, MOUNTS["api"]: settings.max_body_api}
        super().__init__(app, settings, limits)
        self.starters = starters
        self.time_limit = time_limit

    def warm_up(self) -> threading.Thread:
        """Create the applications in the background, one after the other."""

        def create() -> None:
            for starter in self.starters.values():
                starter.wait_for_app()

        thread = threading.Thread(target=create, name="warm-up", daemon=True)
        thread.start()
        return thread


def compose(
    runtime: Runtime,
    factories: Mapping[str, Factory] | None = None,
    *,
    patience: float = 10.0,
    tick: Callable[[], float] = time.monotonic,
) -> Triptych:
    """Build what gunicorn serves; no application is created and no database opened yet.

    `patience` is how many seconds a request waits for its application to be created.
    """
    settings = runtime.settings
    made = {name: _imported(name) for name in APPS} | dict(factories or {})
    starters = {
        name: Starter(name, partial(made[name], runtime), patience=patience, clock=tick)
        for name in APPS
        if name in settings.apps
    }
    runtime.apps.update({name: starter.wait_for_app for name, starter in starters.items()})
    # Not in a debugger, where people take their time.
    time_limit = TimeLimit(math.inf if settings.debug else settings.request_seconds, describe)
    mounts: dict[str, WSGIApplication] = {
        name: Mount(starter, time_limit, propagate=settings.debug)
        for name, starter in starters.items()
    }
    if "admin" in mounts:
        exports = Slots(settings.limit_exports)
        mounts["admin"] = Bulkhead("exports", mounts["admin"], exports, only=EXPORTS)
    site = mounts.pop("frontend", _nothing)
    everyone = Slots(settings.threads - THREADS_OF_THE_SITE)
    limits = {"admin": Slots(settings.limit_admin), "api": Slots(settings.limit_api)}
    below: dict[str, WSGIApplication] = {
        MOUNTS[name]: Bulkhead(name, mount, limits[name], everyone, exempt="/static/")
        for name, mount in mounts.items()
    }
    direct: dict[str, WSGIApplication] = {
        **dict.fromkeys(MOUNTS.values(), _nothing),
        "/media": Bulkhead("media", site, Slots(settings.limit_media), everyone),
        "/healthz": healthz(starters),
        "/readyz": readyz(starters, _checks(runtime)),
    }
    whole = FirstSegmentDispatcher(site, below, direct)
    return Triptych(whole, settings, starters, time_limit)


def _imported(name: str) -> Factory:
    """Return a factory that imports its package first, so that a broken one fails alone."""

    def create(runtime: Runtime) -> WSGIApplication:
        importlib.invalidate_caches()  # a repaired file is found at the next try
        app: WSGIApplication = importlib.import_module(name).create_app(runtime)
        return app

    return create


def _checks(runtime: Runtime) -> Mapping[str, Check]:
    """Return what `/readyz` asks; the database is first opened when it does."""

    def is_reachable() -> bool:
        return runtime.database.is_reachable()

    def is_current() -> bool:
        return runtime.database.is_current()

    return {"database": is_reachable, "migrations": is_current}


def _nothing(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer for an application that this process does not serve (setting APPS)."""
    return answer(environ, start_response, NOT_SERVED)


application = compose(Runtime.from_env(serving=True))
