"""What an owner sees of people, and shutting someone out at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from admin.permission_words import SENTENCES, TITLES
from api import create_app as create_api
from shared.domain.clients import approve_client, issue_token, register_client
from shared.domain.permissions import ROLE_PERMISSIONS, Permission
from shared.models import LoginSession
from tests.admin.signing_in import Browser
from tests.cast import Cast, work_of


@pytest.fixture
def ann(as_):
    return as_("Ann")


@pytest.fixture
def token(runtime):
    """A token of a program that acts for Ben."""
    with runtime.database.writing() as session:
        cast, work = Cast.load(session), work_of(session)
        about = {"name": "Pen", "type": "user", "contact": "", "secret": None}
        client, _ = register_client(**about, scopes=["posts:read"], work=work)
        approve_client(client, scopes=["posts:read"], user=cast.ben, work=work)
        made, _ = issue_token(client, scopes=[], life=timedelta(hours=1), work=work)
        session.commit()
        return made


def act(browser, action, number):
    fields = {"csrf_token": browser.token(), "action": action, "ids": str(number)}
    return browser.send("/users/bulk/", {**fields, "confirmed": "1"})


def test_every_permission_has_its_sentence():
    assert set(SENTENCES) == set(Permission)
    assert {permission.partition(":")[0] for permission in Permission} == set(TITLES)


@pytest.mark.parametrize("name", ["Ann", "Dee"])
def test_table_of_roles_says_what_the_code_allows(as_, name):
    html = as_(name).get("/users/roles/").page.html

    assert html.count('class="matrix-yes"') == sum(map(len, ROLE_PERMISSIONS.values()))
    for permission in Permission:
        row = html.partition(f'<code class="muted">{permission}</code>')[2].partition("</tr>")[0]
        yes = sum(permission in allowed for allowed in ROLE_PERMISSIONS.values())
        assert row.count('class="matrix-yes"') == yes


def test_owner_ends_one_session_of_a_person_and_then_all(ann, as_, runtime):
    first, second, third = as_("Ben"), as_("Ben"), as_("Ben")
    with runtime.database.reading() as session:
        ids = session.scalars(select(LoginSession.id).where(LoginSession.user_id == 2)).all()
    assert ann.get("/users/2/sessions/").page.text.count("127.0.0.1") == 3
    token = ann.token()
    ann.send(f"/users/2/sessions/{ids[0]}/end/", {"csrf_token": token})

    assert [browser.get("/").status for browser in (first, second, third)] == [303, 200, 200]
    ann.send("/users/2/sessions/end/", {"csrf_token": token})
    assert [browser.get("/").status for browser in (first, second, third)] == [303, 303, 303]
    assert "Nowhere." in ann.get("/users/2/sessions/").page.text


def test_session_of_another_person_is_not_ended_by_a_wrong_address(ann, as_, runtime):
    cy = as_("Cy")
    with runtime.database.reading() as session:
        number = session.scalar(select(LoginSession.id).where(LoginSession.user_id == 3))

    answer = ann.send(f"/users/2/sessions/{number}/end/", {"csrf_token": ann.token()})
    assert (answer.status, cy.get("/").status) == (404, 200)


def test_one_signs_out_everywhere_else(as_):
    here, there = as_("Ben"), as_("Ben")
    here.send("/profile/sessions/revoke/", {"csrf_token": here.token()})

    assert (here.get("/").status, there.get("/").status) == (200, 303)


def test_disabled_person_is_out_at_once_with_session_and_token(ann, as_, runtime, token):
    ben, api = as_("Ben"), create_api(runtime).test_client()
    bearer = {"Authorization": f"Bearer {token}"}
    assert (ben.get("/").status, api.get("/v1/users/me", headers=bearer).status_code) == (200, 200)
    act(ann, "disable", 2)

    assert (ben.get("/").status, api.get("/v1/users/me", headers=bearer).status_code) == (303, 401)
    act(ann, "enable", 2)
    assert (ben.get("/").status, api.get("/v1/users/me", headers=bearer).status_code) == (303, 401)
    assert Browser(ann.client).get("/users/").status == 200
