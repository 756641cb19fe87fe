"""The only importer of a SQLite driver: two libraries in one process drop each other's locks.

SQLite before 3.51.3 can lose committed writes when its WAL is reset while another process commits;
Debian's Python links such a one, so the `pysqlite3` wheel comes first.
"""

import warnings
from types import ModuleType
from typing import cast

SAFE_VERSION = (3, 51, 3)


def load_driver() -> ModuleType:
    """Return the DB-API module to use, warning when its SQLite carries the WAL-reset bug."""
    try:
        from pysqlite3 import dbapi2 as driver  # noqa: PLC0415 - there is no wheel for every machine
    except ImportError:
        import sqlite3 as driver  # noqa: PLC0415 - the fallback must not be loaded beside pysqlite3
    if driver.sqlite_version_info < SAFE_VERSION:
        warnings.warn(
            f"SQLite {driver.sqlite_version} can lose committed writes under load; "
            "install the pysqlite3 wheel or use PostgreSQL",
            RuntimeWarning,
            stacklevel=2,
        )
    return cast("ModuleType", driver)
