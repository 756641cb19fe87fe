"""What the documents promise to list, they list."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

from shared.settings import Settings
from tests.guards.sources import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()


def shown(default):
    """Return a default as one would write it in the environment."""
    if isinstance(default, bool):
        return f"`{int(default)}`"
    if isinstance(default, tuple):
        default = ",".join(default)
    return f"`{default}`" if isinstance(default, int | Path) or default else "empty"


def test_every_setting_has_its_row_in_the_operators_page():
    page = (ROOT / "docs" / "operate.md").read_text()
    rows = [
        f"| `{item.name.upper()}` | {shown(item.default)} | {item.metadata['doc']} |"
        for item in fields(Settings)
        if not item.metadata.get("derived")
    ]

    missing = [row for row in rows if row not in page]
    assert missing == [], "docs/operate.md lacks these rows:\n" + "\n".join(missing)


def test_the_operators_page_names_no_setting_that_is_gone():
    page = (ROOT / "docs" / "operate.md").read_text()
    known = {item.name.upper() for item in fields(Settings)}

    assert set(re.findall(r"^\| `([A-Z_]+)` \| ", page, re.MULTILINE)) - known == set()


def test_help_lists_every_target_in_one_line_each():
    targets = set(re.findall(r"^([a-z-]+):(?!=)", MAKEFILE, re.MULTILINE))
    done = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert {line.split()[0] for line in done} == targets
    assert [line for line in done if len(line) > 100 or len(line.split()) < 3] == []


def test_every_target_is_phony():
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)

    assert phony is not None
    assert set(phony[1].split()) == set(re.findall(r"^([a-z-]+):(?!=)", MAKEFILE, re.MULTILINE))


def test_ci_runs_what_everyone_runs():
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "make test"
