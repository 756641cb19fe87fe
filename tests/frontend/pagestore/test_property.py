"""Whatever is done to the site, every page in memory is what a fresh rendering would be."""

from tests.frontend.pagestore.property.machine import hold, on_sqlite


def test_pages_in_memory_are_as_fresh_ones(runtime, clock, tmp_path):
    hold(on_sqlite(runtime, clock, tmp_path, stores=1), sequences=220)
