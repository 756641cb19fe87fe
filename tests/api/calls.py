"""Calling the API in tests, and what every refusal must look like."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from werkzeug.test import Client, TestResponse

from shared.error_codes import ErrorCode

PROBLEM = "application/problem+json"
PATCH = "application/merge-patch+json"


@dataclass
class Api:
    """A caller of the API, with a bearer token or without."""

    http: Client
    token: str = ""
    life = timedelta(days=30)

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send one request."""
        headers = dict(options.pop("headers", {}))
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        return self.http.open(path, method=method, headers=headers, **options)

    def get(self, path: str, **query: Any) -> TestResponse:
        """Read with these parameters."""
        return self.send("GET", path, query_string=query)

    def post(self, path: str, **body: Any) -> TestResponse:
        """Post these members as JSON."""
        return self.send("POST", path, json=body)

    def patch(self, path: str, **body: Any) -> TestResponse:
        """Send these members as a JSON merge patch."""
        return self.send("PATCH", path, json=body, content_type=PATCH)

    def delete(self, path: str) -> TestResponse:
        """Delete."""
        return self.send("DELETE", path)


def check_problem(response: TestResponse) -> dict[str, Any]:
    """Assert that an answer has the one shape of failures, and return its members."""
    assert response.mimetype == PROBLEM
    assert "Set-Cookie" not in response.headers
    body = response.get_json(force=True)
    code = ErrorCode(body["error_code"])
    assert response.status_code in code.statuses
    assert body["status"] == response.status_code
    assert body["type"] == f"urn:triptych:error:{int(code)}"
    assert body["title"] == code.meaning
    assert body["msg"] == body["detail"]
    assert body["msg"]
    assert body["instance"].startswith("urn:triptych:request:")
    assert set(body) - {"errors", "error", "error_description"} == {
        "error_code", "msg", "request", "type", "title", "status", "detail", "instance",
    }  # fmt: skip
    return body


def refused(response: TestResponse) -> tuple[int, int]:
    """Return status and error code of a refusal, after a check of its shape."""
    return response.status_code, check_problem(response)["error_code"]


def wrong_fields(response: TestResponse) -> list[str]:
    """Return the fields that a refusal names."""
    return [item["field"] for item in check_problem(response)["errors"]]
