"""Before what is dangerous, one proves who it is; nothing typed is lost by it."""

import re
from datetime import timedelta

import pyotp
import pytest

from shared.domain.totp import enable_totp
from shared.domain.users import find_user
from shared.models import User
from tests.cast import NOON, PASSWORD, work_of

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def ann(as_, clock):
    """Ann's session, a quarter of an hour old."""
    browser = as_("Ann")
    clock.forward(minutes=15)
    return browser


def account_form(browser):
    forms = browser.get("/users/edit/3/").page.forms
    return next(form for form in forms if "email" in form.fields)


def role_of(runtime, name):
    with runtime.database.reading() as session:
        return session.query(User).filter_by(name=name).one().role


def test_form_goes_on_after_the_password_with_all_that_was_typed(ann, runtime):
    form = account_form(ann)
    asked = ann.send("/users/edit/3/", form.filled(role="editor", bio="Writes 学习."))

    assert asked.status == 401
    assert "Is it you?" in asked.page.text
    assert role_of(runtime, "Cy") == "author"
    wrong = ann.send("/users/edit/3/", asked.page.form.filled(proof_password="not it"))
    assert (wrong.status, role_of(runtime, "Cy")) == (422, "author")
    assert "not it" not in wrong.page.html
    done = ann.send("/users/edit/3/", wrong.page.form.filled(proof_password=PASSWORD))
    assert (done.status, done.location) == (303, "/users/")
    assert role_of(runtime, "Cy") == "editor"
    assert account_form(ann).fields["bio"] == "Writes 学习."


def test_proof_lasts_for_a_quarter_of_an_hour(ann, clock):
    token = ann.token()
    asked = ann.send("/export/download/", {"csrf_token": token})
    assert asked.status == 401
    assert (
        ann.send("/export/download/", asked.page.form.filled(proof_password=PASSWORD)).status == 200
    )
    clock.forward(minutes=14)
    assert ann.send("/export/download/", {"csrf_token": token}).status == 200
    clock.forward(minutes=2)
    assert ann.send("/export/download/", {"csrf_token": token}).status == 401


def test_code_of_the_app_is_a_proof_once(ann, runtime, clock):
    with runtime.database.writing() as session:
        owner, before = find_user(session, "ann@example.org"), NOON - timedelta(hours=1)
        work, code = work_of(session, at=before), pyotp.TOTP(SECRET).at(before)
        enable_totp(owner, SECRET, code, key=runtime.key("totp"), work=work)
        session.commit()
    token, code = ann.token(), pyotp.TOTP(SECRET).at(clock())

    assert ann.send("/export/download/", {"csrf_token": token, "proof_code": code}).status == 200
    clock.forward(minutes=20)
    assert ann.send("/export/download/", {"csrf_token": token, "proof_code": code}).status == 422


def test_guessing_is_throttled(ann):
    token = ann.token()
    wrong = {"csrf_token": token, "proof_password": "a guess"}
    statuses = [ann.send("/export/download/", wrong).status for _ in range(11)]

    assert statuses == [422] * 10 + [429]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/users/bulk/", {"action": "disable", "ids": "2"}),
        ("/users/new/", {"email": "eve@example.org", "name": "Eve", "role": "owner"}),
        ("/clients/bulk/", {"action": "revoke", "ids": "1"}),
        ("/settings/security/", {"second_factor": "nobody"}),
        ("/profile/security/recovery/", {}),
        ("/profile/security/codes/", {"begin": "1"}),
        ("/profile/security/codes/remove/", {}),
        ("/profile/security/passkeys/new/", {}),
        ("/users/2/sessions/end/", {}),
        ("/trash/empty/", {"days": "30"}),
        ("/revisions/prune/", {}),
        ("/settings/history/1/second_factor/", {}),
    ],
)
def test_dangerous_acts_ask(ann, path, fields):
    token = ann.token()
    assert ann.send(path, {"csrf_token": token, **fields}).status == 401


def test_what_is_harmless_does_not_ask(ann):
    token = ann.token()
    sent = {"csrf_token": token, "name": "New", "slug": ""}
    assert ann.send("/tags/new/", sent).status == 303


def test_script_is_told_that_a_proof_is_needed(ann):
    fields, accept = {"csrf_token": ann.token()}, {"Accept": "application/json"}
    answer = ann.client.post("/profile/security/recovery/", data=fields, headers=accept)

    assert (answer.status_code, answer.json["needs"]) == (403, "proof")


def test_page_that_asks_names_every_field_of_the_form_once(ann):
    token = ann.token()
    fields = {"csrf_token": token, "ids": ["2", "3"], "action": "disable", "confirmed": "1"}
    asked = ann.send("/users/bulk/", fields)

    assert asked.page.form.fields.getlist("ids") == ["2", "3"]
    assert len(re.findall(r'name="csrf_token"', asked.page.html)) >= 1
