"""Whatever is asked below /api, the answer is the envelope, and never a failure of ours."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.error_codes import ErrorCode
from tests.api.calls import check_problem


def words(text):
    """Draw one of the words of a text."""
    return st.sampled_from(text.split())


METHODS = words("GET HEAD OPTIONS POST PUT PATCH DELETE TRACE X")
PIECES = words(
    """
    v1 posts pages tags categories search users me client token register publish unpublish
    1 0 -1 99999999999 .. %00 %ff 学 static openapi.json
    """
) | st.sampled_from(["", "a" * 300])
KNOWN = words(
    """
    / /v1/posts /v1/posts/1 /v1/posts/1/publish /v1/pages /v1/tags /v1/tags/1 /v1/categories
    /v1/search /v1/users/me /v1/client/register /v1/client/token
    """
)
# A path that begins with two slashes would name a host; the gate lets none through.
MADE = st.lists(PIECES, max_size=5).map(lambda parts: "/" + "/".join(parts).lstrip("/"))
PATHS = KNOWN | MADE
TEXT = st.text(max_size=20)
PARAMETERS = words("limit cursor q tag since sort status x")
QUERIES = st.lists(st.tuples(PARAMETERS, TEXT), max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
MEMBERS = words(
    """
    title slug markdown tags categories version meta name type secret scopes parent_id at language
    grant_type client_id client_secret scope
    """
)
BODIES = (
    st.dictionaries(MEMBERS, VALUES, max_size=5).map(lambda value: json.dumps(value).encode())
    | VALUES.map(lambda value: json.dumps(value).encode())
    | st.binary(max_size=60)
)
TYPES = st.sampled_from(
    [
        "application/json",
        "application/json; charset=latin-1",
        "application/merge-patch+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=b",
        "text/plain",
        "",
    ]
)
LATIN = st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f")
HEADERS = st.dictionaries(
    words("Accept Authorization If-Match Range Cookie X-Request-ID"),
    st.text(LATIN, max_size=30) | st.sampled_from(["Bearer x", "Basic eDp5", "*/*", "bytes=5-1"]),
    max_size=3,
)
SENT = st.fixed_dictionaries(
    {"query_string": QUERIES, "data": BODIES, "content_type": TYPES, "headers": HEADERS}
)


def check(response, method, path):
    """Assert the one shape of whatever came back."""
    if method == "HEAD":
        assert response.data == b""
        assert response.status_code < 500
        return
    if response.status_code >= 400:
        body = check_problem(response)
        assert body["error_code"] != ErrorCode.FAILURE
        assert body["request"].startswith(f"{method} /")
    elif path not in {"/", "/openapi.json"} and not path.startswith("/static/"):
        assert response.mimetype == "application/json"
        assert response.get_json(force=True).get("error_code", 0) == 0
    assert "Set-Cookie" not in response.headers
    assert "Location" not in response.headers or response.status_code == 201


@pytest.fixture
def callers(api, writer):
    """Anyone, and a client; what one example changes the next one meets."""
    return api, writer


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(METHODS, PATHS, SENT, st.booleans())
def test_every_answer_is_the_envelope(callers, method, path, sent, known):
    response = callers[known].send(method, path, **sent)
    check(response, method, path)
