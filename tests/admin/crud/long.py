"""A site with 100,000 rows in each of its long tables, written by SQL within seconds."""

from pathlib import Path
from typing import Final

from sqlalchemy import text

from shared.migrations import stamping
from shared.runtime import Runtime

ROWS: Final = Path(__file__).with_suffix(".sql")
NUMBERS: Final = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)\nSELECT "
)
# Half an hour from one to the next, the last some weeks after the clock of the tests.
AT: Final = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', '2020-07-25', '+' || (i * 30) || ' minutes')",
    "postgresql": "TIMESTAMPTZ '2020-07-25 00:00+00' + i * INTERVAL '30 minutes'",
}
FALSE: Final = {"sqlite": "0", "postgresql": "FALSE"}


def fill_long(runtime: Runtime) -> None:
    """Write the rows; nothing that visitors see is kept yet, so that nothing is stamped."""
    dialect = runtime.database.dialect
    rows = ROWS.read_text(encoding="utf-8").partition("\n\n")[2]
    rows = rows.replace(":at", AT[dialect]).replace(":false", FALSE[dialect])
    with runtime.database.writer.connect() as connection:
        stamping.remove(connection)
        for statement in rows.split(";\n")[:-1]:
            whole = statement.replace("\nSELECT ", f"\n{NUMBERS}", 1)
            connection.exec_driver_sql(whole.replace("%", _percent(dialect)))
        stamping.install(connection)
        connection.commit()
        if dialect == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _percent(dialect: str) -> str:
    """Return a per cent sign as a driver takes it in a statement without values."""
    return "%" if dialect == "sqlite" else "%%"
