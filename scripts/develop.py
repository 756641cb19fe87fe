"""`make dev`: the same three applications with reloader and debugger, on this machine only."""

import os
import sys

from werkzeug.serving import WSGIRequestHandler, is_running_from_reloader, run_simple

LOCAL = {"DEBUG": "1", "BIND": "127.0.0.1"}


class Quiet(WSGIRequestHandler):
    """The applications write a line per request themselves."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Leave it out."""


def main() -> int:
    """Serve until interrupted; returns 1 after saying in one line why it cannot."""
    os.environ.update(LOCAL)
    from scripts.preparation import StartError, prepare  # noqa: PLC0415 - after the environment
    from scripts.serve import announce  # noqa: PLC0415 - as above
    from shared.keys import KeyFileError  # noqa: PLC0415 - as above
    from shared.logging import configure  # noqa: PLC0415 - as above
    from shared.settings import Settings, SettingsError  # noqa: PLC0415 - as above

    try:
        settings = Settings.from_env()
        configure(settings, app="develop")
        if not is_running_from_reloader():
            announce(prepare(settings))
    except (SettingsError, KeyFileError, StartError) as error:
        print(f"triptych: {error}", file=sys.stderr)
        return 1
    from dispatcher import application  # noqa: PLC0415 - reads the environment when imported

    run_simple(
        settings.bind,
        settings.port,
        application,
        use_reloader=True,
        use_debugger=True,
        threaded=True,
        request_handler=Quiet,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
