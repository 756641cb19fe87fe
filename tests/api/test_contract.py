"""Guards: every operation says who may, every URL of the API is in the contract, no cookies."""

import pytest
from werkzeug.test import Client

from api.callers import CLIENT, CREDENTIALS, PUBLIC
from api.contract import Contract, Operation
from api.v1 import CONTRACTS
from shared.domain.permissions import SCOPE_PERMISSIONS
from shared.web.sessions import SessionTouchedError
from tests.api.calls import refused

OPERATIONS = [operation for contract in CONTRACTS for operation in contract.operations]

# Who may do what, written out by hand: whoever changes an access changes it here too.
MATRIX = """
GET    /v1/posts                       public
POST   /v1/posts                       posts:write
GET    /v1/posts/<int:id>              public
PATCH  /v1/posts/<int:id>              posts:write
DELETE /v1/posts/<int:id>              posts:write
GET    /v1/posts/<int:id>/checks       posts:read
POST   /v1/posts/<int:id>/publish      posts:publish
POST   /v1/posts/<int:id>/unpublish    posts:publish
GET    /v1/pages                       public
POST   /v1/pages                       pages:write
GET    /v1/pages/<int:id>              public
PATCH  /v1/pages/<int:id>              pages:write
DELETE /v1/pages/<int:id>              pages:write
GET    /v1/pages/<int:id>/checks       pages:read
POST   /v1/pages/<int:id>/publish      pages:publish
POST   /v1/pages/<int:id>/unpublish    pages:publish
GET    /v1/categories                  public
POST   /v1/categories                  categories:write
GET    /v1/categories/<int:id>         public
PATCH  /v1/categories/<int:id>         categories:write
DELETE /v1/categories/<int:id>         categories:write
GET    /v1/tags                        public
POST   /v1/tags                        tags:write
GET    /v1/tags/<int:id>               public
PATCH  /v1/tags/<int:id>               tags:write
DELETE /v1/tags/<int:id>               tags:write
GET    /v1/search                      public
GET    /v1/users/me                    client
POST   /v1/client/register             public
POST   /v1/client/token                credentials
"""


def test_access_matrix_is_the_committed_one():
    made = [f"{item.method:6} {item.rule:31} {item.access}" for item in OPERATIONS]
    assert made == MATRIX.strip().splitlines()


def test_every_rule_below_v1_is_in_the_contract(app):
    rules = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    unmanaged = {("/", "GET"), ("/openapi.json", "GET"), ("/static/<path:filename>", "GET")}
    assert rules - unmanaged == {(item.rule, item.method) for item in OPERATIONS}


def test_every_operation_is_refused_without_what_it_needs(api):
    for item in OPERATIONS:
        if item.access in {PUBLIC, CREDENTIALS}:
            continue
        path = item.rule.replace("<int:id>", "1")
        assert refused(api.send(item.method, path)) == (401, 1005), path


def test_every_scope_is_needed_somewhere():
    needed = {item.access for item in OPERATIONS} - {PUBLIC, CREDENTIALS, CLIENT}
    assert set(SCOPE_PERMISSIONS) - needed == set()


def test_operation_without_a_known_access_cannot_be_declared():
    with pytest.raises(ValueError, match="no such scope as posts:everything"):
        Contract("posts", "")("index", "GET", access="posts:everything")(lambda: None)
    with pytest.raises(TypeError, match="access"):
        Contract("posts", "")("index", "GET")(lambda: None)


def test_every_operation_has_a_name_of_its_own_and_a_description():
    names = [item.name for item in OPERATIONS]
    assert len(set(names)) == len(names)
    assert [item.name for item in OPERATIONS if not item.view.__doc__] == []
    assert all(isinstance(item, Operation) for item in OPERATIONS)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/posts", 200),
        ("GET", "/v1/users/me", 401),
        ("POST", "/v1/posts", 401),
        ("GET", "/", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/nope", 404),
    ],
)
def test_cookies_are_neither_read_nor_set(app, runtime, method, path, status):
    http = Client(app)
    for name in ("triptych-admin", "triptych-frontend", "triptych-api", "session"):
        http.set_cookie(name, "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb")
    plain, sent = Client(app).open(path, method=method), http.open(path, method=method)
    assert (plain.status_code, sent.status_code) == (status, status)
    assert "Set-Cookie" not in sent.headers
    assert "Cookie" not in sent.headers.get("Vary", "")
    assert sent.data == plain.data


def test_touching_the_session_is_a_crash_not_a_cookie(app, caplog):
    from flask import session

    app.add_url_rule("/v1/touch", "touch", lambda: str(session.get("user")))
    response = Client(app).get("/v1/touch")
    assert refused(response) == (500, 999)
    assert SessionTouchedError.__name__ in caplog.text
