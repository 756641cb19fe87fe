"""The switch that only the benchmark pulls."""

from collections import Counter

import pytest
from werkzeug.test import Client

from bench.content import make_plan
from bench.crowd import page_of
from bench.dropping import drop_everything
from bench.editor import save
from frontend import create_app
from frontend.pagestore.freshness import Freshness
from shared.runtime import Runtime

PLAN = make_plan(300)
EDITED, OTHER = PLAN.public[10], PLAN.public[200]


@pytest.fixture
def _restored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Freshness, "_changes", Freshness._changes)


def ways_after_an_edit(runtime: Runtime, number: int) -> dict[str, int]:
    """Return how another page is answered, and the edited one, which is checked."""
    app = create_app(runtime)
    client, store = app.test_client(), app.extensions["pages"]
    for entry in (OTHER, EDITED):
        client.get(page_of(entry))
    save(runtime, EDITED.number, number)
    before = store.counts.ways()
    client.get(page_of(OTHER))
    assert f" edit {number}</h1>" in client.get(page_of(EDITED)).text
    return dict(Counter(store.counts.ways()) - Counter(before))


def test_store_as_it_is_keeps_what_was_not_touched(site: tuple[Runtime, Client]):
    assert ways_after_an_edit(site[0], 1) == {"hit": 1, "made": 1}


@pytest.mark.usefixtures("_restored")
def test_store_of_the_benchmark_drops_everything(site: tuple[Runtime, Client]):
    drop_everything()
    assert ways_after_an_edit(site[0], 2) == {"made": 2}
