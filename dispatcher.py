"""Hangs the three applications on one process, behind the gate: `dispatcher:application`."""

import importlib
import threading
from collections.abc import Callable, Iterable, Mapping
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from shared.runtime import Runtime
from shared.settings import APPS, Settings
from shared.urls import MOUNTS
from shared.wsgi.answers import Trouble, answer
from shared.wsgi.bulkhead import Bulkhead, Slots
from shared.wsgi.first_segment import FirstSegmentDispatcher
from shared.wsgi.gate import Gate
from shared.wsgi.health import Check, healthz, readyz
from shared.wsgi.mount import Mount
from shared.wsgi.starter import Starter

Factory = Callable[[Runtime], WSGIApplication]

THREADS_OF_THE_SITE = 2  # at least so many are never taken by console, API and media together
NOT_SERVED = Trouble(404, "Nothing is served here.")


class Triptych(Gate):
    """The whole of the process; `starters` hold its applications by name, the site first."""

    def __init__(
        self, app: WSGIApplication, settings: Settings, starters: Mapping[str, Starter]
    ) -> None:
        limits = {MOUNTS["admin"]: settings.max_body_admin, MOUNTS["api"]: settings.max_body_api}
        super().__init__(app, settings, limits)
        self.starters = starters

    def warm_up(self) -> threading.Thread:
        """Create the applications in the background, one after the other."""

        def create() -> None:
            for starter in self.starters.values():
                starter.wait_for_app()

        thread = threading.Thread(target=create, name="warm-up", daemon=True)
        thread.start()
        return thread


def compose(runtime: Runtime, factories: Mapping[str, Factory] | None = None) -> Triptych:
    """Build what gunicorn serves; no application is created and no database opened yet."""
    settings = runtime.settings
    starters = {
        name: _starter(name, runtime, (factories or {}).get(name) or _imported(name))
        for name in APPS
        if name in settings.apps
    }
    mounts: dict[str, WSGIApplication] = {
        name: Mount(starter, propagate=settings.debug) for name, starter in starters.items()
    }
    everyone = Slots(settings.threads - THREADS_OF_THE_SITE)
    site = mounts.get("frontend", _nothing)
    below = {
        MOUNTS["admin"]: _limited("admin", mounts, settings.limit_admin, everyone),
        MOUNTS["api"]: _limited("api", mounts, settings.limit_api, everyone),
    }
    direct: dict[str, WSGIApplication] = {
        "/media": Bulkhead("media", site, Slots(settings.limit_media), everyone),
        "/healthz": healthz(starters),
        "/readyz": readyz(starters, _checks(runtime)),
    }
    return Triptych(FirstSegmentDispatcher(site, below, direct), settings, starters)


def _starter(name: str, runtime: Runtime, factory: Factory) -> Starter:
    return Starter(name, lambda: factory(runtime))


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


def _limited(
    name: str, mounts: Mapping[str, WSGIApplication], limit: int, everyone: Slots
) -> WSGIApplication:
    if name not in mounts:
        return _nothing
    return Bulkhead(name, mounts[name], Slots(limit), everyone, exempt="/static/")


def _nothing(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer for an application that this process does not serve (setting APPS)."""
    return answer(environ, start_response, NOT_SERVED)


application = compose(Runtime.from_env())
