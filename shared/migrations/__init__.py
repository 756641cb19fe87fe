"""Migrations of the schema, each named NNNN_what.py with its number as revision."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

FOLDER = Path(__file__).parent


@cache
def known() -> tuple[str, ...]:
    """Return the revisions that this code knows, oldest first, without loading Alembic."""
    return tuple(sorted(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py")))


def head() -> str:
    """Return the newest revision that this code knows."""
    return known()[-1]


def upgrade(engine: "Engine", revision: str = "head") -> None:
    """Migrate forward to `revision` in one transaction."""
    from alembic import command  # noqa: PLC0415 - 40 ms and 8 MB that no worker needs

    with engine.begin() as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: "Engine", revision: str) -> None:
    """Migrate backward to `revision` in one transaction."""
    from alembic import command  # noqa: PLC0415 - as above

    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def _config(connection: object) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
