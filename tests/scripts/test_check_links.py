import pytest

from scripts import check_links
from scripts.check_links import anchor, broken_links


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A document beside another one with two headings."""
    monkeypatch.setattr(check_links, "ROOT", tmp_path)
    (tmp_path / "other.md").write_text("# Start here\n\n## `make run`, and 中文\n")
    return tmp_path / "page.md"


@pytest.mark.parametrize(
    "text",
    [
        "[a](other.md) ![b](other.md) [c](other.md#start-here) [d](#own)\n\n# Own",
        "[a](other.md#make-run-and-中文) [b](other.md#make-run-and-%E4%B8%AD%E6%96%87)",
        "[a](https://example.org/x) [b](mailto:ann@example.org)",
        "```\n[a](nowhere.md)\n```",
        "[a]: other.md",
    ],
)
def test_links_that_lead_somewhere_are_quiet(page, text):
    page.write_text(text)

    assert broken_links(page) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[a](nowhere.md)", "page.md: no file nowhere.md"),
        ("![a](docs/no.png)", "page.md: no file docs/no.png"),
        ("[a]: nowhere.md", "page.md: no file nowhere.md"),
        ("[a](other.md#nothing)", "page.md: no heading #nothing in other.md"),
        ("[a](#nothing)", "page.md: no heading #nothing in page.md"),
    ],
)
def test_links_that_lead_nowhere_are_told(page, text, complaint):
    page.write_text(text)

    assert broken_links(page) == [complaint]


def test_an_anchor_keeps_letters_of_any_script():
    assert (
        anchor("`PORT` and **BIND**: what's [new](x.md)? 新_的") == "port-and-bind-whats-new-新_的"
    )
