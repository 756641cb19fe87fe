"""A small generated site, whole and in this process."""

from collections.abc import Iterator

import pytest
from werkzeug.test import Client

from bench.content import make_plan
from bench.loading import load
from dispatcher import compose
from shared.runtime import Runtime
from shared.settings import Settings
from tests.cast import PASSWORD, SECRET


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Runtime, Client]]:
    """The runtime of 300 posts, and a client of the whole platform."""
    settings = Settings(
        instance=tmp_path_factory.mktemp("instance"), secret_key=SECRET, pages_disk=0
    )
    runtime = Runtime(settings)
    runtime.database.upgrade()
    load(make_plan(300), runtime, PASSWORD, [].append)
    yield runtime, Client(compose(runtime))
    runtime.database.close()
