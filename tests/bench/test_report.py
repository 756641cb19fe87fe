import json

from bench.measuring import Side
from bench.report import Report, Row, aligned
from bench.routes import Route
from bench.server import Memory

BARE = Side(rate=4_000.0, p50=1.0, p99=2.0, cpu=0.15)


def row(name: str = "a page", *, cpu: float = 2.0, budget: float | None = 2.5, queries: int = 8):
    route = Route(name, "/", lambda _: None, budget)
    return Row(route, Side(rate=1_000.0, p50=5.0, p99=9.0, cpu=cpu), BARE, 100, queries)


def report(*rows: Row, load: float = 0.1) -> Report:
    return Report(1_000, "wrk", rows, Memory(rss=170.4, pss=120.0), 1.2, load)


def test_verdict_tells_by_how_much_a_target_is_missed():
    assert row().verdict() == "reached"
    assert row(cpu=2.75).verdict() == "missed by 0.25 ms"
    assert row(cpu=99.0, budget=None).verdict() == "reached"
    assert row(cpu=3.5, queries=10).verdict() == "missed by 1.00 ms, missed by 2 queries"


def test_text_holds_a_line_for_each_page_and_for_the_processes():
    lines = report(row("one"), row("two", cpu=4.0)).as_text().splitlines()
    assert lines[0] == "1,000 posts, asked by wrk, medians"
    assert lines[3].split() == [
        *("one", "1,000", "4,000", "0.25", "5.0", "9.0", "2.0", "2.00", "0.15", "2.5", "8"),
        "reached",
    ]
    assert lines[4].endswith("missed by 1.50 ms")
    assert lines[7].split()[-5:] == ["170", "160", "missed", "by", "10.40"]
    assert lines[9].split()[-3:] == ["1.20", "1.5", "reached"]


def test_disturbed_run_says_so():
    assert "DISTURBED" in report(row(), load=3.0).as_text().splitlines()[0]


def test_json_holds_the_same_figures():
    told = json.loads(report(row()).as_json())
    assert (told["posts"], told["client"], told["start_seconds"]) == (1_000, "wrk", 1.2)
    assert told["memory_mb"] == {"rss": 170.4, "pss": 120.0}
    [only] = told["rows"]
    assert (only["page"], only["ratio"], only["queries"]) == ("a page", 0.25, 8)
    assert only["bare"] == {"rate": 4_000.0, "p50": 1.0, "p99": 2.0, "cpu": 0.15}


def test_columns_are_aligned():
    lines = [("a", "1", "x"), ("long", "1,000", "y")]
    assert aligned(lines) == "a         1  x\nlong  1,000  y"
