"""Another instance to bring an archive into."""

import shutil
from dataclasses import replace

import pytest

from shared.runtime import Runtime


@pytest.fixture
def other(settings, clock, template_file, tmp_path):
    """Another instance, with the same people and no content."""
    there = replace(settings, instance=tmp_path / "other")
    there.instance.mkdir()
    shutil.copy(template_file, there.instance / "triptych.sqlite3")
    made = Runtime(there, clock)
    yield made
    made.database.close()
