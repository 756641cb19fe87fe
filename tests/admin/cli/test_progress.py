import io
import sys

from admin.cli import progress
from admin.cli.progress import Bar


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_long_work_shows_a_bar_and_wipes_it(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setattr(progress, "WAIT_SECONDS", 0.0)
    bar = Bar("Importing")
    bar(1, 2)
    assert terminal.getvalue() == f"\rImporting [{'#' * 16}{'.' * 16}] 1/2"
    bar(2, 2)
    assert terminal.getvalue().endswith("2/2\r\x1b[K")


def test_short_work_shows_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    bar = Bar("Importing")
    bar(1, 2)
    bar(2, 2)
    assert terminal.getvalue() == ""


def test_what_is_no_terminal_gets_nothing(monkeypatch):
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(progress, "WAIT_SECONDS", 0.0)
    Bar("Importing")(1, 2)
    assert written.getvalue() == ""
