import subprocess
import sys

import pytest

CODE = """
import sys
from pathlib import Path
from shared.server.preloading import preload
from shared.settings import Settings
preload(Settings({}))
print(*sorted(sys.modules))
"""


def loaded_with(settings: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(settings)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_packages_of_others_are_there_and_our_applications_are_not():
    loaded = loaded_with("")
    assert {"flask", "sqlalchemy.orm", "pydantic", "wtforms", "nh3"} <= loaded
    assert {"frontend", "admin", "api", "dispatcher", "shared.models"}.isdisjoint(loaded)


@pytest.mark.parametrize(
    ("settings", "absent"),
    [
        ("apps=('frontend',)", {"pydantic", "wtforms", "flask_login"}),
        ("apps=('frontend', 'admin')", {"pydantic"}),
        ("", {"psycopg", "sqlalchemy.dialects.postgresql"}),
        ("database_url='postgresql://x/y'", {"pysqlite3"}),
    ],
)
def test_nothing_is_loaded_that_is_not_needed(settings, absent):
    assert absent.isdisjoint(loaded_with(settings))
