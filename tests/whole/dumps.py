"""What a database holds, to be compared before and after."""

import sqlite3
from pathlib import Path


def dump(instance: Path, *without: str) -> list[str]:
    """Return the rows of an instance's SQLite file as SQL, but for some tables."""
    connection = sqlite3.connect(f"file:{instance}/triptych.sqlite3?mode=ro", uri=True)
    try:
        lines = list(connection.iterdump())
    finally:
        connection.close()
    skipped = tuple(f'INSERT INTO "{table}"' for table in without)
    return [line for line in lines if not line.startswith(skipped)] if skipped else lines
