"""The triggers behind stamps, made from the table of what touches what.

A migration that adds or drops a table or column calls `install` at its end; one that rebuilds a
table on SQLite (`batch_alter_table`) calls `remove` before, since SQLite renames no table while a
trigger reads one that is gone. Tables and columns that the schema does not have are left out.
"""

from dataclasses import replace

from sqlalchemy import Connection, inspect

from shared.migrations.stamping import postgresql, sqlite
from shared.models.touches import TOUCHES, Table


def install(connection: Connection) -> None:
    """Make all triggers anew, for the tables and columns that there are."""
    remove(connection)
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    for statement in dialect.create(connection, _present(connection)):
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Drop all triggers and what they call."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    for statement in dialect.drop(connection):
        connection.exec_driver_sql(statement)


def _present(connection: Connection) -> dict[str, Table]:
    """Return the decisions on the tables and columns that the schema has."""
    schema = inspect(connection)
    tables = set(schema.get_table_names())
    found = {}
    for name, table in TOUCHES.items():
        if name in tables:
            columns = {column["name"] for column in schema.get_columns(name)}
            kept = {key: value for key, value in table.columns.items() if key in columns}
            found[name] = replace(table, columns=kept)
    return found
