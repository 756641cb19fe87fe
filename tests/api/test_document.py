"""The committed document is the code's, valid, relative, and complete."""

import json
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from api.document import make_document, render_document
from shared.error_codes import ErrorCode

COMMITTED = Path(__file__).parents[2] / "api" / "openapi.json"
DOCS = Path(__file__).parents[2] / "docs" / "api.md"


def operations():
    return [
        (path, method, about)
        for path, methods in make_document()["paths"].items()
        for method, about in methods.items()
    ]


def test_committed_document_is_the_codes():
    # If this differs on purpose: .venv/bin/python -m api.openapi
    assert COMMITTED.read_text(encoding="utf-8") == render_document()


def test_document_is_valid_openapi():
    document = json.loads(render_document())
    assert document["openapi"] == "3.1.0"
    validate(document)


@pytest.mark.parametrize("host", ["localhost", "evil.example", "api.example.org:8443"])
def test_served_document_is_the_same_for_every_host_and_prefix(api, host):
    there = {"base_url": f"http://{host}/", "environ_overrides": {"triptych.root": "/x/y"}}
    response = api.send("GET", "/openapi.json", **there)
    assert response.mimetype == "application/json"
    assert response.text == render_document()
    assert response.json["servers"] == [{"url": "."}]


def test_every_operation_documents_its_failures_as_problems():
    document = make_document()
    for path, method, about in operations():
        failures = {status for status in about["responses"] if status[0] in "45"}
        assert failures >= {"400", "401", "500", "503"}, (path, method)
        for status in failures:
            name = about["responses"][status]["$ref"].rpartition("/")[2]
            content = document["components"]["responses"][name]["content"]
            assert list(content) == ["application/problem+json"]


def test_every_parameter_and_member_is_described():
    for path, method, about in operations():
        for item in about["parameters"]:
            assert item["in"] == "path" or item["description"], (path, method, item["name"])


def test_changes_say_that_a_version_is_needed():
    for path, method, about in operations():
        if method == "patch":
            kinds = about["requestBody"]["content"]
            assert set(kinds) == {"application/merge-patch+json", "application/json"}, path
            assert "428" in about["responses"]


@pytest.mark.parametrize("code", ErrorCode)
def test_every_code_is_in_the_document_and_in_the_docs(code):
    row = f"| {int(code)} | {', '.join(map(str, code.statuses))} | {code.meaning} |"
    assert row in make_document()["info"]["description"]
    assert row in DOCS.read_text(encoding="utf-8").splitlines()


def test_docs_have_no_code_that_the_api_does_not():
    rows = [line.split("|") for line in DOCS.read_text(encoding="utf-8").splitlines()]
    numbers = [row[1].strip() for row in rows if len(row) == 5 and row[1].strip().isdigit()]
    assert numbers == [str(int(code)) for code in ErrorCode]
