"""The same with copies on disk, which two stores share, as two processes do."""

from dataclasses import replace

import pytest

from tests.frontend.pagestore.property.machine import hold, on_sqlite


@pytest.fixture
def settings(settings):
    return replace(settings, pages_disk=50_000_000)


def test_copies_on_disk_are_as_fresh_ones(runtime, clock, tmp_path):
    hold(on_sqlite(runtime, clock, tmp_path, stores=2), sequences=70)
