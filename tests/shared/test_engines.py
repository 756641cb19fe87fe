from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from shared.models import Setting
from shared.runtime import Runtime
from tests.cast import NOON


def titles(runtime: Runtime) -> list[object]:
    with runtime.database.reading() as session:
        return [row.value for row in session.query(Setting)]


def save(runtime: Runtime, value: str) -> None:
    with runtime.database.writing() as session:
        session.add(Setting(key="title", value={"is": value}, updated_at=NOON))
        session.commit()


def test_removed_file_is_neither_read_nor_written(runtime):
    save(runtime, "before")
    assert titles(runtime) == [{"is": "before"}]
    runtime.database.file.unlink()
    with pytest.raises(OperationalError):
        titles(runtime)
    with pytest.raises(OperationalError):
        save(runtime, "lost")
    assert not runtime.database.file.exists()


def test_replaced_file_is_read_at_once(runtime, template_file):
    save(runtime, "before")
    assert titles(runtime) == [{"is": "before"}]
    for suffix in ("", "-wal", "-shm"):
        runtime.database.file.with_name(f"triptych.sqlite3{suffix}").unlink(missing_ok=True)
    runtime.database.file.write_bytes(template_file.read_bytes())
    assert titles(runtime) == []
    save(runtime, "after")
    assert titles(runtime) == [{"is": "after"}]


def test_odd_characters_in_the_path_are_no_address(tmp_path, settings):
    folder = tmp_path / "50% of #1"
    folder.mkdir()
    runtime = Runtime(replace(settings, instance=folder))
    runtime.database.upgrade()
    assert titles(runtime) == []
    assert (folder / "triptych.sqlite3").exists()
