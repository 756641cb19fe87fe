"""A bar for work that takes over a second, on a terminal only."""

import sys
import time

WAIT_SECONDS = 1.0
WIDTH = 32


class Bar:
    """Draws itself on standard error from the second second on, and wipes itself at the end."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.begun = time.monotonic()
        self.drawn = False

    def __call__(self, done: int, total: int) -> None:
        """Show how much of the work is done."""
        if not sys.stderr.isatty() or time.monotonic() - self.begun < WAIT_SECONDS:
            return
        filled = WIDTH * done // max(total, 1)
        bar = "#" * filled + "." * (WIDTH - filled)
        end = "\r\x1b[K" if done >= total else ""
        sys.stderr.write(f"\r{self.label} [{bar}] {done}/{total}{end}")
        sys.stderr.flush()
