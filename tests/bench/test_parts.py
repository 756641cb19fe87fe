"""How the parts make a line of their figures, and that none is forgotten."""

import pytest

from bench.clients import quantiles
from bench.flood import Told
from bench.measuring import Side
from bench.parts import PARTS, bulkheads, rendered, stored
from bench.parts.fresh import cost
from bench.routes import API_LIST, GROWTH, PAGE, Route
from bench.steady import Offered
from tests.guards.sources import ROOT

BARE = Side(rate=4_000.0, p50=1.0, p99=2.0, cpu=0.15)


def named(columns, row):
    return dict(zip([column.name for column in columns], row, strict=True))


def test_every_part_is_told_of():
    modules = {path.stem for path in (ROOT / "bench" / "parts").glob("*.py")} - {"__init__"}
    text = (ROOT / "docs" / "benchmark.md").read_text(encoding="utf-8")
    assert set(PARTS) == modules
    assert [part for part in PARTS if f"| `{part}` |" not in text] == []


@pytest.mark.parametrize(
    ("cpu", "queries", "smaller", "said"),
    [
        (2.5, 8, (), "reached"),
        (2.75, 9, (), "missed by 0.25 ms, 1 queries"),
        (2.4, 8, (2.0,), "reached"),
        (2.4, 8, (1.6,), "missed by 0.20 times"),
    ],
)
def test_page_rendered_anew(cpu, queries, smaller, said):
    route = Route("a page", "/", lambda _: None, PAGE)
    real = Side(rate=400.0, p50=2.0, p99=3.0, cpu=cpu)
    sides = [real, BARE, *(Side(rate=1.0, p50=1.0, p99=1.0, cpu=one) for one in smaller)]
    row = named(rendered.COLUMNS, rendered.row(route, sides, queries))
    assert (row["page"], row["ratio"], row["CPU ms"], row["verdict"]) == ("a page", 0.1, cpu, said)
    assert row["growth"] == (pytest.approx(cpu / smaller[0]) if smaller else None)


def test_pages_of_the_site_are_those_that_the_store_keeps():
    paths = ("/", "/api/v1", "/admin/")
    kept = [Route("", path, lambda _: None, API_LIST).is_page for path in paths]
    assert kept == [True, False, False]
    assert GROWTH.value == 1.3


def test_stored_page():
    reached = stored.row("plain", 12_000, [Side(3_900.0, 1.1, 2.5, 0.18), BARE])
    assert named(stored.COLUMNS, reached)["verdict"] == "reached"
    missed = named(stored.COLUMNS, stored.row("304", 0, [Side(3_000.0, 2.0, 3.0, 0.2), BARE]))
    assert (missed["ratio"], missed["p99 ratio"], round(missed["over"])) == (0.75, 1.5, 50)
    assert missed["verdict"] == "missed by 0.20 of the rate, 0.20 times p99, 15 µs"


def test_front_page_beside_a_flood():
    spell = bulkheads.SECONDS
    others = [Told(2 * spell, 0), Told(2 * spell, 4 * spell)]
    found = list(zip((Offered(400, 0, 1.0, 2.0), Offered(400, 3, 3.0, 4.0)), others, strict=True))
    assert bulkheads.row("exports", "on", found) == (
        *("exports", "on", 1.0, 2.0, 3.0, 4.0),
        *(2.0, 2.0, ""),
    )
    assert bulkheads.row("alone", "on", found)[-3:] == (None, None, "")


def test_cost_is_that_of_one_call():
    calls: list[int] = []
    cpu, waited = cost(lambda: calls.append(1))
    assert len(calls) == 45_000
    assert 0 < cpu < 1_000
    assert 0 < waited < 1_000


def test_quantiles():
    assert quantiles([float(number) for number in range(100, -1, -1)]) == (50.0, 99.0 + 1)
    assert quantiles([3.0]) == (3.0, 3.0)
