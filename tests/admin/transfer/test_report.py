from admin.transfer.report import COUNTS, KINDS, Report


def make_report() -> Report:
    report = Report("blog")
    report.counts["read"] = 12
    report.skip("b.md", "is not UTF-8", line=3)
    report.add("unresolved", "long/name.md", "link not found: /x/", line=20)
    report.add("unresolved", "long/name.md", "link not found: /y/", line=3)
    return report


def test_text_has_counts_and_aligned_notices_by_line():
    text = make_report().as_text().splitlines()
    assert text[: len(COUNTS)] == [
        "read          12",
        "created        0",
        "updated        0",
        "unchanged      0",
        "skipped        1",
        "drafts         0",
        "scheduled      0",
        "redirects      0",
        "media          0",
    ]
    assert text[len(COUNTS) :] == [
        "",
        "Files skipped (1):",
        "  b.md:3  is not UTF-8",
        "",
        "Images and links that lead nowhere (2):",
        "  long/name.md:3   link not found: /y/",
        "  long/name.md:20  link not found: /x/",
    ]


def test_document_has_every_count_and_notice():
    document = make_report().as_document()
    assert (document["source"], list(document["counts"])) == ("blog", list(COUNTS))
    assert document["notices"] == [
        {"file": "b.md", "line": 3, "kind": "skipped", "text": "is not UTF-8"},
        {"file": "long/name.md", "line": 3, "kind": "unresolved", "text": "link not found: /y/"},
        {"file": "long/name.md", "line": 20, "kind": "unresolved", "text": "link not found: /x/"},
    ]


def test_every_notice_belongs_to_a_heading():
    assert {notice.kind for notice in make_report().notices} <= set(KINDS)
