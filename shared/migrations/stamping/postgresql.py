"""Stamping on PostgreSQL: deferred constraint triggers, so that writers meet only as they commit.

The first stamp of a transaction takes the version row, as its last act: whoever takes it first
and then waits for a row of another's would deadlock. So the numbers are in the order of commits.

At that moment other tables are as the transaction leaves them. That suffices: a tag that a post
lost, or a post that is gone, was a change of a row too, and its own event stamps by its old values.
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, text

from shared.migrations.stamping.keys import Dialect, changed, counts, spoken, stamped
from shared.models.stamps import EVERYTHING
from shared.models.touches import Table

FORMATS = {"%Y-%m-%d": "YYYY-MM-DD", "%Y-%m": "YYYY-MM", "%Y": "YYYY"}
DIALECT = Dialect(
    differs="IS DISTINCT FROM",
    write=lambda value, form: f"to_char({value} AT TIME ZONE 'UTC', '{FORMATS[form]}')",
    whole="TG_OP <> 'UPDATE' OR ",
)
ROWS = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}

# The number is remembered for the rest of the transaction: a setting that is local to it also
# goes when a savepoint is rolled back, as the number does; beside it stands whose it is, so that
# nobody else's is ever taken for it.
SINK = """
DECLARE
  me text := pg_current_xact_id()::text;
  known text[] := string_to_array(current_setting('triptych.stamp', true), ' ');
  mine bigint;
BEGIN
  IF known[1] = me THEN
    mine := known[2];
  ELSE
    UPDATE page_version
    SET number = greatest(number + 1, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)
    RETURNING number INTO STRICT mine;
    PERFORM set_config('triptych.stamp', me || ' ' || mine, true);
  END IF;
  INSERT INTO page_stamp (key, number)
  SELECT DISTINCT touched.key, mine FROM unnest(keys) AS touched (key)
  WHERE touched.key IS NOT NULL
    AND (SELECT s.number FROM page_stamp s WHERE s.key = touched.key) IS DISTINCT FROM mine
  ON CONFLICT (key) DO UPDATE SET number = excluded.number;
END
"""


def create(connection: Connection, tables: Mapping[str, Table]) -> Iterator[str]:
    """Yield the statements that make the functions and the triggers."""
    schema: str = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    yield _function(schema, "keys", "keys text[]", "void", SINK)
    all_keys = f"PERFORM page_stamp_keys('{{{EVERYTHING}}}');"
    yield _function(schema, "everything", "", "trigger", f"BEGIN {all_keys} RETURN NULL; END")
    for name, table in tables.items():
        yield _function(schema, name, "", "trigger", _body(table, tables))
        for event, rows in ROWS.items():
            yield f"""CREATE CONSTRAINT TRIGGER page_stamp_{name}_{event}
AFTER {event} ON "{name}" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
{_when(table, rows)}EXECUTE FUNCTION page_stamp_{name}()"""
        yield f"""CREATE TRIGGER page_stamp_{name}_truncate AFTER TRUNCATE ON "{name}"
EXECUTE FUNCTION page_stamp_everything()"""


def drop(connection: Connection) -> Iterator[str]:
    """Yield the statements that drop the functions, and with them the triggers."""
    found = connection.execute(
        text(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE proname LIKE 'page\\_stamp\\_%'"
            " AND pronamespace = current_schema()::regnamespace ORDER BY 1"
        )
    )
    for function in found.scalars().all():
        yield f"DROP FUNCTION {function} CASCADE"


def _function(schema: str, name: str, arguments: str, returns: str, body: str) -> str:
    return f"""CREATE FUNCTION page_stamp_{name}({arguments}) RETURNS {returns} LANGUAGE plpgsql
SET search_path = {schema}, pg_temp AS $stamp${body}$stamp$"""


def _body(table: Table, tables: Mapping[str, Table]) -> str:
    """Return the body for all three events; the row that is not there is NULL and gives no key."""
    select = stamped(table, ROWS["update"], tables, DIALECT)
    act = f"PERFORM page_stamp_keys(ARRAY(\n  {select}));"
    if _asks(table):
        act = f"IF {counts(table, ROWS['update'])} THEN {act} END IF;"
    return f"\nBEGIN\n  {act}\n  RETURN NULL;\nEND\n"


def _when(table: Table, rows: list[str]) -> str:
    """Return what keeps an event from being queued at all; it may not ask other tables."""
    conditions = [counts(table, rows)] if table.counts and not _asks(table) else []
    if len(rows) > 1:
        conditions.append(changed(spoken(table), DIALECT))
    return f"WHEN ({' AND '.join(f'({item})' for item in conditions)})\n" if conditions else ""


def _asks(table: Table) -> bool:
    return "SELECT" in table.counts
