"""How the templates show instants and numbers, and which globals they have."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from flask import Flask
from flask_babel import gettext as _

from admin.account.identity import find_me
from admin.acting import may, zone
from admin.sentences import sentence, titles_of
from shared.domain.permissions import Permission

# In the order of asking: most browsers also name those whose pages they want to be given.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def register_display(app: Flask) -> None:
    """Give the templates their filters and globals; none of them queries unless it is used."""
    app.add_template_filter(local)
    app.add_template_filter(iso)
    app.add_template_filter(grouped)
    app.add_template_filter(sentence)
    app.add_template_filter(titles_of)
    app.add_template_filter(browser)
    app.add_template_global(may)
    app.add_template_global(find_me)
    app.add_template_global(Permission, "Permission")


def local(instant: datetime) -> str:
    """Return an instant as the wall clock of the site's zone shows it, to the minute."""
    return on_the_wall(instant, zone())


def on_the_wall(instant: datetime, zone: tzinfo) -> str:
    """Return an instant as the wall clock of a zone shows it, to the minute.

    By a pattern of the catalogue: Babel's formats take 40 µs each, and a list shows forty.
    """
    return wall_of(zone)(instant)


def wall_of(zone: tzinfo) -> Callable[[datetime], str]:
    """Return what writes instants as the wall clock of a zone shows them, to the minute."""
    pattern = str(_("%(year)s-%(month)s-%(day)s %(time)s"))

    def write(instant: datetime) -> str:
        whole = instant.astimezone(zone).isoformat(" ", "minutes")
        parts = {"year": whole[:4], "month": whole[5:7], "day": whole[8:10], "time": whole[11:16]}
        return pattern % parts

    return write


def iso(instant: datetime) -> str:
    """Return an instant for the `datetime` attribute."""
    return instant.isoformat(timespec="seconds")


def grouped(number: int) -> str:
    """Return a number with its thousands set apart."""
    return f"{number:,}"


def browser(user_agent: str) -> str:
    """Return a browser's name and system, as far as its User-Agent (RFC 9110, 10.1.5) tells."""
    name = next((name for mark, name in BROWSERS if mark in user_agent), _("Another program"))
    system = next((system for mark, system in SYSTEMS if mark in user_agent), "")
    return _("%(browser)s on %(system)s", browser=name, system=system) if system else name
