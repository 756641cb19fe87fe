import json

from bench.report import Column, Report, Section, aligned

COLUMNS = (Column("page"), Column("req/s", ",.0f"), Column("growth", ".2f"), Column("verdict"))
ROWS = (("one", 1_000.4, None, "reached"), ("another", 12, 1.304, "missed by 0.00 times"))
SECTION = Section("rendered", "pages", COLUMNS, ROWS, ("A note.",))


def report(*, before: float) -> Report:
    return Report(1_000, "wrk", [SECTION, SECTION], (before, 2.0))


def test_section_is_a_table_with_title_and_notes():
    assert SECTION.as_text().splitlines() == [
        "rendered: pages",
        "",
        "page     req/s  growth  verdict",
        "one      1,000          reached",
        "another     12    1.30  missed by 0.00 times",
        "A note.",
    ]


def test_report_holds_every_section_below_its_title():
    text = report(before=0.1).as_text()
    assert text.splitlines()[0] == "1,000 posts, asked by wrk; load 0.1 to 2.0"
    assert text.count(SECTION.as_text()) == 2


def test_disturbed_run_says_so():
    assert "DISTURBED" in report(before=3.0).as_text().splitlines()[0]
    assert "DISTURBED" not in report(before=0.4).as_text()


def test_json_holds_the_figures_as_they_were_measured():
    told = json.loads(report(before=0.1).as_json())
    assert (told["posts"], told["client"], told["load"]) == (1_000, "wrk", [0.1, 2.0])
    section = told["sections"][1]
    assert (section["part"], section["title"]) == ("rendered", "pages")
    assert section["rows"] == [
        {"page": "one", "req/s": 1_000.4, "growth": None, "verdict": "reached"},
        {"page": "another", "req/s": 12, "growth": 1.304, "verdict": "missed by 0.00 times"},
    ]


def test_columns_are_aligned():
    lines = [("a", "1", "x"), ("long", "1,000", "y")]
    assert aligned(lines) == "a         1  x\nlong  1,000  y"
