"""How gunicorn serves Triptych: everything that differs between installations is a setting."""

import os
import signal
import sys
from functools import partial
from pathlib import Path

from gunicorn import version_info
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

sys.path.insert(0, str(Path(__file__).parent))  # gunicorn may be started from anywhere

from shared import logging as log
from shared.arenas import limit_arenas
from shared.server.companion import Companion
from shared.server.preloading import preload
from shared.server.retirement import Retirement
from shared.settings import Settings, SettingsError

try:
    _settings = Settings.from_env()
except SettingsError as error:
    sys.stderr.write(f"triptych: {error}\n")
    raise SystemExit(2) from None

preload(_settings)
os.umask(0o007)  # gunicorn's own setting covers its sockets only, not our database and logs


class ProcessLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's log, written by ours: one format, one file, from the first line on."""

    def setup(self, cfg: Config) -> None:
        """Take gunicorn's handlers away again and send its lines to the root logger."""
        super().setup(cfg)
        log.configure(_settings)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


wsgi_app = "dispatcher:application"
_host = f"[{_settings.bind}]" if ":" in _settings.bind else _settings.bind
bind = _settings.bind if _settings.bind.startswith("unix:") else f"{_host}:{_settings.port}"
proc_name = "triptych"

workers = _settings.workers
PATIENT_WITH = 27  # the major version of gunicorn whose inner parts our worker knows
if version_info[0] == PATIENT_WITH:
    from shared.server import patient_worker

    patient_worker.PatientConn.head_seconds = _settings.head_seconds
    patient_worker.PatientConn.send_seconds = _settings.request_seconds
    worker_class = "shared.server.patient_worker.PatientWorker"
else:
    sys.stderr.write("triptych: this gunicorn is not protected from slow clients: use a proxy\n")
    worker_class = "gthread"
threads = _settings.threads
preload_app = False  # with it, HUP would load no new code
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - the heartbeat must not wait for a disk
umask = 0o007
timeout = 60
graceful_timeout = 30
keepalive = 5

# Nobody is believed here; the gate knows the trusted proxies (setting TRUSTED_PROXIES).
forwarded_allow_ips = ""
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
proxy_protocol = "off"
http_protocols = "h1"
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 8190

control_socket_disable = True
logger_class = ProcessLog
loglevel = _settings.log_level.lower()
accesslog = None  # the applications write a line per request
capture_output = False


_companion = Companion()


def when_ready(server: Arbiter) -> None:  # noqa: ARG001 - gunicorn's signature
    """Begin the worker of jobs beside the server."""
    if _settings.jobs:
        _companion.start()


def on_reload(server: Arbiter) -> None:
    """Give jobs the new code too."""
    when_ready(server)


def on_exit(server: Arbiter) -> None:  # noqa: ARG001 - gunicorn's signature
    """End the worker of jobs with the server."""
    _companion.stop()


def post_fork(server: Arbiter, worker: Worker) -> None:  # noqa: ARG001 - gunicorn's signature
    """Log from the worker's own handlers; share memory among its threads, before there are any."""
    log.configure(_settings)
    limit_arenas()


def post_worker_init(worker: Worker) -> None:
    """Give waiting threads their turn every 0.5 ms, and create the applications at once."""
    sys.setswitchinterval(0.0005)
    log.begin_batches()
    worker.wsgi.warm_up()
    if _settings.workers > 1:  # a single one would leave nobody to answer
        end = partial(worker.handle_exit, signal.SIGTERM, None)
        worker.wsgi.time_limit.after_cut = Retirement(_settings.instance, end)
