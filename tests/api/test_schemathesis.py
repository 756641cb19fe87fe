"""An outsider's tool reads the document and tries to catch the API at breaking it."""

import json

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from shared.domain.permissions import SCOPE_PERMISSIONS
from tests.api.serving import serving
from tests.api.test_document import COMMITTED
from tests.cast import make_post, work_of

LISTS = [f"{name}_index" for name in ("posts", "pages", "tags", "categories", "search")]
RELEASES = ["posts_publish", "pages_publish"]
WRITES = [
    f"{name}_{verb}"
    for name in ("posts", "pages", "tags", "categories")
    for verb in ("create", "update")
]


def expecting(names, *statuses):
    """Return the settings of operations whose rules a schema cannot say in full.

    Of these statuses each operation may answer those that the document names for it.
    """
    return [
        {
            "include-operation-id": name,
            "checks": {
                "positive_data_acceptance": {
                    "expected-statuses": ["2xx", 401, 403, *({*statuses} & documented(name))]
                }
            },
        }
        for name in names
    ]


def documented(name):
    """Return the statuses that the document names for an operation."""
    paths = json.loads(COMMITTED.read_text(encoding="utf-8"))["paths"].values()
    (found,) = [
        operation
        for path in paths
        for operation in path.values()
        if isinstance(operation, dict) and operation.get("operationId") == name
    ]
    return {int(status) for status in found["responses"]}


SETTINGS = {
    "seed": 1,
    "phases": {"stateful": {"generation": {"max-examples": 5}}},
    "generation": {"max-examples": 5, "database": "none", "allow-x00": False},
    "operations": [
        *expecting(LISTS, 400),  # a cursor was signed for another list, a draft has no date
        *expecting(WRITES, 404, 409, 422),  # a slug is taken or reserved, a category unknown
        *expecting(RELEASES, 404, 409, 422),  # not there, stale, or an end before its beginning
    ],
}


@pytest.fixture
def content(runtime, people):
    with runtime.database.writing() as session:
        work = work_of(session, people.ann)
        make_post(work, tags=("one",))
        make_post(work, kind="page")
        session.commit()


@pytest.mark.parametrize("known", [False, True], ids=["anyone", "client"])
def test_api_does_what_its_document_says(app, api, as_client, content, known):
    caller = as_client(*SCOPE_PERMISSIONS) if known else api
    headers = {"headers": {"Authorization": f"Bearer {caller.token}"}} if known else {}
    config = SchemathesisConfig.from_dict(SETTINGS | headers)
    tried, failures = 0, []
    with serving(app) as address:
        schema = schemathesis.openapi.from_url(f"{address}/openapi.json", config=config)
        for event in from_schema(schema).execute():
            if isinstance(event, FatalError):
                raise event.exception
            if isinstance(event, NonFatalError):
                failures.append(event.info.format())
            elif isinstance(event, ScenarioFinished):
                tried += len(event.recorder.cases)
                failures += describe_failures(event.recorder)
    assert failures == []
    assert tried > 1_000


def describe_failures(recorder):
    """Say which check failed and how to ask the same again."""
    return [
        f"{recorder.label} {check.name}: {found.failure}\n{found.code_sample}"
        for checks in recorder.checks.values()
        for check in checks
        if (found := check.failure_info) is not None
    ]
