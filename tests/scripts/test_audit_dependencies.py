import json

import pytest

from scripts.audit_dependencies import judge, pinned

NAMES = ["flask", "jinja2"]
FLASK = {"name": "flask", "version": "3.1.3", "vulns": []}
JINJA = {"name": "jinja2", "version": "3.1.6", "vulns": []}


def answer(*dependencies):
    return json.dumps({"dependencies": dependencies, "fixes": []})


@pytest.mark.parametrize(
    ("printed", "complaint", "line", "code"),
    [
        (answer(FLASK, JINJA), "", "2 packages, none with a known vulnerability", 0),
        (
            answer(FLASK, JINJA | {"vulns": [{"id": "PYSEC-2026-1"}]}),
            "Found 1 known vulnerability in 1 package",
            "known vulnerabilities (see pip-audit): jinja2 3.1.6",
            1,
        ),
        (
            answer(FLASK, {"name": "jinja2", "skip_reason": "not found"}),
            "",
            "the service leaves out jinja2",
            1,
        ),
        (answer(), "", "the service leaves out everything", 1),
        (
            "",
            "ERROR: Dependency not found on PyPI and could not be audited: jinja2 (3.1.6)",
            "the service leaves out jinja2",
            1,
        ),
        (
            "",
            "ERROR: Dependency not found on PyPI and could not be audited: flask (3.1.3)",
            "NOT AUDITED: no advisory service answers for 2 packages",
            0,
        ),
        (
            "",
            "ERROR: Could not connect to PyPI's vulnerability feed",
            "NOT AUDITED: no advisory service answers for 2 packages",
            0,
        ),
        (
            "",
            "ERROR: invalid requirements file",
            "pip-audit failed: ERROR: invalid requirements file",
            1,
        ),
    ],
)
def test_only_a_whole_audit_is_green(printed, complaint, line, code):
    assert judge(printed, complaint, NAMES, required=False) == (line, code)


def test_an_audit_that_is_required_fails_without_a_service():
    complaint = "ERROR: Could not connect to PyPI's vulnerability feed"

    assert judge("", complaint, NAMES, required=True)[1] == 1


def test_the_pinned_names_are_read_in_their_order(tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text(
        "# by make lock\nzope.x==1 \\\n    --hash=sha256:00\n    # via a==b\nflask==3 ; x == 'y'\n"
    )

    assert pinned(file) == ["zope.x", "flask"]
