"""Clients register, take tokens by OAuth 2.0, and are known by them."""

import base64

import pytest
from sqlalchemy import select
from werkzeug.test import Client

from api.throttling import REGISTRATIONS, TRIES_OF_ONE_CLIENT
from shared.domain.clients import find_token, revoke_client
from shared.domain.users import disable_user, get_user
from shared.models import ApiClient, AuditEvent
from tests.api.calls import Api, refused, wrong_fields
from tests.api.conftest import SECRET
from tests.cast import NOON, work_of

ASKED = {"grant_type": "client_credentials"}


def basic(name, secret):
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def test_registration_answers_in_the_envelope_with_a_secret(api, runtime):
    response = api.post(
        "/v1/client/register",
        name="Newsletter",
        type="service",
        contact="ops@example.org",
        scopes=["posts:write", "posts:read"],
    )
    assert response.status_code == 201
    body = response.json
    assert {name: body[name] for name in ("error_code", "msg", "request")} == {
        "error_code": 0,
        "msg": "ok",
        "request": "POST /v1/client/register",
    }
    assert (body["state"], body["type"]) == ("pending", "service")
    assert body["scopes"] == ["posts:read", "posts:write"]
    assert response.headers["Cache-Control"] == "no-store"
    with runtime.database.reading() as session:
        made = session.scalars(select(ApiClient)).one()
        assert (made.client_id, made.state, made.scopes) == (body["client_id"], "pending", [])
        assert body["client_secret"] not in made.secret_hash
        event = session.scalars(
            select(AuditEvent).where(AuditEvent.action == "client.registered")
        ).one()
        assert event.actor_kind == "anonymous"


def test_registration_takes_account_and_secret_of_the_client(api):
    response = api.post("/v1/client/register", account="Bot", secret=SECRET, type="readonly")
    assert response.json["client_secret"] == SECRET


@pytest.mark.parametrize("type_", ["robot", "", "Service", "service "])
def test_unknown_type_is_1006(api, type_):
    response = api.post("/v1/client/register", name="Bot", type=type_)
    assert refused(response) == (400, 1006)
    assert wrong_fields(response) == ["type"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "Bot"}, "type"),
        ({"name": "Bot", "type": 5}, "type"),
        ({"type": "service"}, "body"),
        ({"name": "A", "account": "B", "type": "service"}, "body"),
        ({"name": " ", "type": "service"}, "name"),
        ({"name": "Bot", "type": "service", "secret": "short"}, "secret"),
        ({"name": "Bot", "type": "service", "contact": "x" * 255}, "contact"),
        ({"name": "Bot", "type": "service", "scopes": ["all"]}, "scopes"),
        ({"name": "Bot", "type": "readonly", "scopes": ["posts:write"]}, "scopes"),
        ({"name": "Bot", "type": "service", "state": "approved"}, "state"),
    ],
)
def test_wrong_registration_names_the_field(api, body, field):
    response = api.post("/v1/client/register", **body)
    assert refused(response) == (422, 1000)
    assert wrong_fields(response) == [field]


def test_registrations_of_one_address_are_limited(app, clock):
    def register(address):
        return Client(app).post(
            "/v1/client/register",
            json={"name": "Bot", "type": "service", "secret": SECRET},
            environ_overrides={"triptych.client": address},
        )

    answers = [register("192.0.2.1").status_code for _ in range(REGISTRATIONS.requests)]
    assert set(answers) == {201}
    response = register("192.0.2.1")
    assert refused(response) == (429, 1010)
    wait = int(response.headers["Retry-After"])
    assert register("192.0.2.2").status_code == 201
    clock.forward(seconds=wait)
    assert register("192.0.2.1").status_code == 201


@pytest.mark.parametrize("way", ["form", "json", "basic", "basic and client_id"])
def test_token_is_given_in_each_way_of_rfc_6749(api, make_client, runtime, way):
    client = make_client(["posts:read", "tags:write"])
    inside = {"client_id": client.client_id, "client_secret": SECRET}
    options = {
        "form": {"data": ASKED | inside},
        "json": {"json": ASKED | inside},
        "basic": {"data": ASKED, "headers": basic(client.client_id, SECRET)},
        "basic and client_id": {
            "data": ASKED | {"client_id": client.client_id},
            "headers": basic(client.client_id, SECRET),
        },
    }
    response = api.send("POST", "/v1/client/token", **options[way])
    assert response.status_code == 200
    token = response.json.pop("access_token")
    assert {name: response.json[name] for name in ("token_type", "expires_in", "scope")} == {
        "token_type": "Bearer",
        "expires_in": 3600,
        "scope": "posts:read tags:write",
    }
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Pragma"] == "no-cache"
    with runtime.database.reading() as session:
        assert find_token(session, token, at=NOON).client_id == client.id
    me = Api(api.http, token).get("/v1/users/me").json
    assert me == {
        "client": {"client_id": client.client_id, "name": "Newsletter", "type": "service"},
        "user": None,
        "scopes": ["posts:read", "tags:write"],
        "expires_at": "2026-03-01T13:00:00Z",
    }


def test_secret_with_signs_is_read_plain_and_encoded(api, make_client):
    secret = "a+b%41 and more signs"
    client = make_client(["posts:read"], secret=secret)
    for sent in (secret, "a%2Bb%2541+and+more+signs"):
        response = api.send(
            "POST", "/v1/client/token", data=ASKED, headers=basic(client.client_id, sent)
        )
        assert response.json["scope"] == "posts:read"


def test_fewer_scopes_may_be_asked_for(api, make_client):
    client = make_client(["posts:read", "tags:write"])
    asked = ASKED | {"scope": "tags:write"}
    response = api.send(
        "POST", "/v1/client/token", data=asked, headers=basic(client.client_id, SECRET)
    )
    assert response.json["scope"] == "tags:write"


@pytest.mark.parametrize(
    ("given", "expected", "error"),
    [
        ({}, (400, 1000), "invalid_request"),
        ({"grant_type": "password"}, (400, 1000), "unsupported_grant_type"),
        (ASKED | {"scope": "posts:write"}, (400, 1000), "invalid_scope"),
        (ASKED | {"scope": "nonsense"}, (400, 1000), "invalid_scope"),
        (ASKED | {"client_id": "tc_other"}, (400, 1000), "invalid_request"),
        (ASKED | {"client_secret": SECRET}, (400, 1000), "invalid_request"),
    ],
)
def test_wrong_token_request_has_the_code_of_rfc_6749(api, make_client, given, expected, error):
    client = make_client(["posts:read"])
    headers = basic(client.client_id, SECRET)
    response = api.send("POST", "/v1/client/token", data=given, headers=headers)
    if not given:
        response = api.send("POST", "/v1/client/token", json={}, headers=headers)
    assert refused(response) == expected
    assert response.json["error"] == error


def test_unknown_parameters_of_a_token_request_are_ignored(api, make_client):
    client = make_client(["posts:read"])
    asked = ASKED | {"audience": "x", "resource": "y"}
    response = api.send(
        "POST", "/v1/client/token", data=asked, headers=basic(client.client_id, SECRET)
    )
    assert response.status_code == 200


def test_parameter_given_twice_is_refused(api):
    raw = b"grant_type=client_credentials&scope=a&scope=b"
    kind = "application/x-www-form-urlencoded"
    response = api.send("POST", "/v1/client/token", data=raw, content_type=kind)
    assert wrong_fields(response) == ["scope"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic("tc_nobody", SECRET),
        basic("nul\0", SECRET),
        {"Authorization": "Basic nonsense"},
        {"Authorization": "Basic " + base64.b64encode(b"no colon").decode()},
        {"Authorization": "Basic " + base64.b64encode(b"\xff\xfe:x").decode()},
        {"Authorization": "Bearer x"},
        {"Authorization": "Digest x"},
    ],
)
def test_bad_credentials_are_1005_with_a_challenge(api, headers):
    response = api.send("POST", "/v1/client/token", data=ASKED, headers=headers)
    assert refused(response) == (401, 1005)
    assert response.json["error"] == "invalid_client"
    assert response.headers["WWW-Authenticate"].startswith("Basic ")


def test_wrong_secret_pending_and_revoked_clients_get_the_same_answer(api, make_client, runtime):
    client, revoked = make_client(["posts:read"]), make_client(["posts:read"])
    with runtime.database.writing() as session:
        work = work_of(session)
        revoke_client(session.get_one(ApiClient, revoked.id), work=work)
        session.commit()
    pending = api.post("/v1/client/register", name="P", type="service", secret=SECRET).json
    said = set()
    for name, secret in [
        (client.client_id, "wrong"),
        (revoked.client_id, SECRET),
        (pending["client_id"], SECRET),
        ("tc_nobody", SECRET),
    ]:
        headers = basic(name, secret)
        response = api.send("POST", "/v1/client/token", data=ASKED, headers=headers)
        assert refused(response) == (401, 1005)
        said.add(response.json["msg"])
    assert len(said) == 1


def test_tries_of_a_secret_are_limited(api, make_client, clock):
    client = make_client(["posts:read"])

    def attempt(secret):
        return api.send(
            "POST", "/v1/client/token", data=ASKED, headers=basic(client.client_id, secret)
        )

    for _ in range(TRIES_OF_ONE_CLIENT.requests):
        assert refused(attempt("wrong")) == (401, 1005)
    limited = attempt(SECRET)
    assert refused(limited) == (429, 1010)
    clock.forward(seconds=int(limited.headers["Retry-After"]))
    assert attempt(SECRET).status_code == 200


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer nonsense", "Basic eDp5", "tt_x", "", "Bearer \u00ff"]
)
@pytest.mark.parametrize("path", ["/v1/posts", "/v1/tags/1", "/v1/users/me", "/v1/search?q=x"])
def test_bad_credentials_are_refused_even_where_reading_is_public(api, header, path):
    response = api.send("GET", path, headers={"Authorization": header})
    assert refused(response) == (401, 1005)
    assert response.headers["WWW-Authenticate"].startswith('Bearer realm="api", error="invalid_')


def test_users_me_needs_a_token(api):
    response = api.get("/v1/users/me")
    assert refused(response) == (401, 1005)
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_users_me_names_the_person_that_the_client_acts_for(as_client, people):
    me = as_client("posts:read", user=people.ben).get("/v1/users/me").json
    assert me["user"] == {"id": people.ben.id, "name": "Ben", "slug": "ben", "role": "editor"}
    assert me["client"]["type"] == "user"


def test_token_ends_by_time(writer, clock):
    clock.forward(days=30)
    assert refused(writer.get("/v1/posts")) == (401, 1005)


@pytest.mark.parametrize("end", ["client revoked", "user disabled"])
def test_token_ends_at_once(as_client, runtime, people, end):
    client = as_client("posts:read", user=people.ben)
    assert client.get("/v1/users/me").status_code == 200
    with runtime.database.writing() as session:
        work = work_of(session)
        if end == "client revoked":
            revoke_client(session.get_one(ApiClient, 1), work=work)
        else:
            disable_user(get_user(session, people.ben.id), work=work)
        session.commit()
    assert refused(client.get("/v1/users/me")) == (401, 1005)
    assert refused(client.get("/v1/posts")) == (401, 1005)


def test_log_names_the_client_and_no_secret(api, make_client, caplog):
    client = make_client(["posts:read"])
    with caplog.at_level("INFO"):
        token = api.send(
            "POST", "/v1/client/token", data=ASKED, headers=basic(client.client_id, SECRET)
        ).json["access_token"]
        Api(api.http, token).get("/v1/posts")
    assert f"client:{client.client_id}" in caplog.text
    assert token not in caplog.text
    assert SECRET not in caplog.text
