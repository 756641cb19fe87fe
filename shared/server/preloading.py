"""Imports what others wrote before the workers are forked, so that they share its memory.

Our own code is imported by each worker, so that HUP takes up a new version of it. A new version of
a package takes a restart or USR2.
"""

import gc
from importlib import import_module
from typing import Final

from shared.settings import Settings

EVERYWHERE: Final = (
    "argon2",
    "brotli",
    "flask",
    "jinja2",
    "markdown_it",
    "nh3",
    "pygments.lexers",
    "sqlalchemy.orm",
    "werkzeug.routing",
    "yaml",
    "zoneinfo",
)
OF_APPS: Final = {
    "frontend": (),
    "admin": ("flask_babel", "flask_login", "flask_wtf", "wtforms"),
    "api": ("pydantic",),
}
OF_DATABASES: Final = {
    True: ("psycopg", "sqlalchemy.dialects.postgresql"),
    False: ("pysqlite3", "sqlalchemy.dialects.sqlite"),
}


def preload(settings: Settings) -> None:
    """Import the packages that the applications of these settings need."""
    wanted = [*EVERYWHERE, *OF_DATABASES[settings.database.startswith("postgresql")]]
    for app in settings.apps:
        wanted += OF_APPS[app]
    for name in wanted:
        try:
            import_module(name)
        except ImportError:  # who needs it will say so, and fall back or fail alone
            continue
    gc.freeze()  # a collection would write to every page, and so copy it
