"""Stamping on SQLite: immediate triggers, since a writer has the database to itself.

A trigger looks at the other tables as they are while the transaction goes on. That suffices: a
tag that a post loses, or gets later, is a change of `post_tag` and stamps its own list.

No statement here has a conflict clause: that of the statement outside would take its place.
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, inspect, text

from shared.migrations.stamping.keys import Dialect, changed, counts, spoken, stamped
from shared.models.stamps import EVERYTHING, SQLITE_NEXT
from shared.models.touches import Table

LENGTHS = {"%Y-%m-%d": 10, "%Y-%m": 7, "%Y": 4}
DIALECT = Dialect(
    differs="IS NOT",
    # Instants are kept as text in UTC, `2026-03-01 12:00:00.000000`.
    write=lambda value, form: f"substr({value}, 1, {LENGTHS[form]})",
)

# Whoever inserts into this view stamps; NULL is no key.
SINK = (
    "CREATE VIEW page_touch AS SELECT key FROM page_stamp",
    """CREATE TRIGGER page_stamp_touch INSTEAD OF INSERT ON page_touch
WHEN NEW.key IS NOT NULL BEGIN
  DELETE FROM page_stamp WHERE key = NEW.key;
  INSERT INTO page_stamp (key, number) SELECT NEW.key, number FROM page_version;
END""",
)
ROWS = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}


def create(connection: Connection, tables: Mapping[str, Table]) -> Iterator[str]:
    """Yield the statements that make the view and the triggers."""
    yield from SINK
    for name, table in tables.items():
        columns = spoken(table)
        for event, rows in ROWS.items():
            conditions = [counts(table, rows)] if table.counts else []
            listed = ""
            if event == "UPDATE":
                listed = " OF " + ", ".join(f'"{column}"' for column in columns)
                conditions.append(changed(columns, DIALECT))
            keys = stamped(table, rows, tables, DIALECT)
            yield _trigger(name, f"AFTER {event}{listed}", conditions, keys)
        yield from _replacing(connection, name, table)


def drop(connection: Connection) -> Iterator[str]:
    """Yield the statements that drop the view and the triggers."""
    found = connection.execute(
        text(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'page\\_stamp\\_%'"
            " ESCAPE '\\'"
        )
    )
    for name in found.scalars().all():
        yield f'DROP TRIGGER "{name}"'
    yield "DROP VIEW IF EXISTS page_touch"


def _trigger(name: str, event: str, conditions: list[str], keys: str) -> str:
    when = " AND ".join(f"({condition})" for condition in conditions)
    what = "_".join(event.lower().split()[:2])
    return f"""CREATE TRIGGER page_stamp_{name}_{what} {event} ON "{name}"
{f"WHEN {when} " if when else ""}BEGIN
  {SQLITE_NEXT};
  INSERT INTO page_touch (key)
  {keys};
END"""


def _replacing(connection: Connection, name: str, table: Table) -> Iterator[str]:
    """Stamp everything before OR REPLACE deletes a row in its way, as no trigger is called then."""
    schema = inspect(connection)
    primary = schema.get_pk_constraint(name)["constrained_columns"]
    unique = [primary, *(item["column_names"] for item in schema.get_unique_constraints(name))]
    same = " OR ".join(_equal(name, columns, "NEW") for columns in unique)
    visible = counts(table, [f'"{name}"']) or "1"
    there = f'SELECT 1 FROM "{name}" WHERE ({same}) AND ({visible})'  # noqa: S608 - of our own names
    everything = f"VALUES ('{EVERYTHING}')"
    yield _trigger(name, "BEFORE INSERT", [f"EXISTS ({there})"], everything)
    listed = ", ".join(f'"{column}"' for columns in unique for column in columns)
    other = f"EXISTS ({there} AND NOT ({_equal(name, primary, 'OLD')}))"
    yield _trigger(name, f"BEFORE UPDATE OF {listed}", [other], everything)


def _equal(name: str, columns: list[str], row: str) -> str:
    return " AND ".join(f'"{name}"."{column}" = {row}."{column}"' for column in columns)
