"""The second step of signing in: codes, recovery codes, and being asked to set one up."""

import json
import re
from datetime import timedelta

import pyotp
import pytest

from shared.domain.factors import find_factors
from shared.domain.site import Site, save_site
from shared.domain.totp import enable_totp, make_recovery_codes
from shared.domain.users import find_user
from shared.models import LoginSession
from tests.admin.signing_in import Browser
from tests.cast import NOON, PASSWORD, work_of

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def visitor(app):
    return Browser(app.test_client())


@pytest.fixture
def codes(runtime):
    """Ben has an app; these are his recovery codes."""
    with runtime.database.writing() as session:
        ben = find_user(session, "ben@example.org")
        before = NOON - timedelta(hours=1)
        work, first = work_of(session, at=before), pyotp.TOTP(SECRET).at(before)
        enable_totp(ben, SECRET, first, key=runtime.key("totp"), work=work)
        made = make_recovery_codes(ben, work=work)
        session.commit()
        return made


def first_step(browser, email="ben@example.org", path="/login/"):
    form = browser.get(path).page.form
    return browser.send("/login/", form.filled(email=email, password=PASSWORD))


def second_step(browser, code, path="/login/second/"):
    form = browser.get(path).page.form
    return browser.send("/login/second/", form.filled(code=code))


def now_code(clock):
    return pyotp.TOTP(SECRET).at(clock())


def ask_for(runtime, whom):
    with runtime.database.writing() as session:
        save_site(Site(second_factor=whom), work=work_of(session))
        session.commit()


def sessions(runtime):
    with runtime.database.reading() as session:
        return session.query(LoginSession).count()


def test_password_alone_opens_nothing_and_a_code_does(visitor, codes, clock, runtime):
    answer = first_step(visitor, path="/login/?next=/tags/")

    assert (answer.status, answer.location) == (303, "/login/second/?next=/tags/")
    assert visitor.get("/").location == "/login/?next=/"
    assert sessions(runtime) == 0
    assert second_step(visitor, now_code(clock), answer.location).location == "/tags/"
    assert visitor.get("/").status == 200


def test_code_that_was_used_is_refused_to_another_browser(visitor, codes, clock, app):
    first_step(visitor)
    code = now_code(clock)
    assert second_step(visitor, code).status == 303
    other = Browser(app.test_client())
    first_step(other)
    answer = second_step(other, code)

    assert answer.status == 422
    assert "This code is not right, or it was used already." in answer.page.text
    assert other.get("/").status == 303


def test_recovery_code_opens_once(visitor, codes, app):
    first_step(visitor)
    assert second_step(visitor, codes[0]).location == "/"
    other = Browser(app.test_client())
    first_step(other)
    assert second_step(other, codes[0]).status == 422


def test_second_step_waits_ten_minutes_and_not_for_strangers(visitor, codes, clock):
    assert visitor.get("/login/second/").location == "/login/"
    first_step(visitor)
    form = visitor.get("/login/second/").page.form
    clock.forward(minutes=10)

    answer = visitor.send("/login/second/", form.filled(code=now_code(clock)))
    assert (answer.status, answer.location) == (303, "/login/")
    assert visitor.get("/").status == 303


def test_second_step_is_throttled_by_account_from_every_address(visitor, codes, clock, app):
    for number in range(10):
        first_step(visitor)
        form = visitor.get("/login/second/").page.form
        address = {"environ_base": {"REMOTE_ADDR": f"192.0.2.{number}"}}
        wrong = form.filled(code=f"{number:06}")
        assert visitor.send("/login/second/", wrong, **address).status == 422
        clock.forward(seconds=1)

    answer = second_step(visitor, now_code(clock))
    assert answer.status == 429
    assert int(answer.response.headers["Retry-After"]) > 0


def test_what_was_typed_while_signed_out_survives_both_steps(visitor, codes, clock):
    form = visitor.get("/login/").page.form
    token = form.fields["csrf_token"]
    kept = visitor.send("/tags/new/", {"csrf_token": token, "name": "学习", "slug": ""})
    form = kept.page.form
    step = visitor.send("/login/", form.filled(email="ben@example.org", password=PASSWORD))

    assert "What you typed is kept" in step.page.text
    done = visitor.send("/login/second/", step.page.form.filled(code=now_code(clock)))
    assert done.page.form.fields["name"] == "学习"
    assert done.page.form.action == "/tags/new/"


def test_whoever_must_have_one_sets_it_up_on_the_way_in(visitor, clock, runtime):
    ask_for(runtime, "editors")
    answer = first_step(visitor)
    assert answer.location == "/login/setup/"
    page = visitor.get("/login/setup/").page
    assert "<svg" in page.html
    secret = re.search(r"secret-text\">([A-Z2-7 ]+)<", page.html)[1].replace(" ", "")
    wrong = visitor.send("/login/setup/", page.form.filled(code="000000"))
    assert wrong.status == 422
    assert visitor.get("/").status == 303

    sent = wrong.page.form.filled(code=pyotp.TOTP(secret).at(clock()))
    done = visitor.send("/login/setup/", sent)
    assert len(set(re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", done.page.text))) == 10
    assert visitor.get("/").status == 200
    with runtime.database.reading() as session:
        assert find_factors(session, 2).recovery == 10


def test_author_is_not_asked_where_editors_are(visitor, runtime):
    ask_for(runtime, "editors")
    assert first_step(visitor, "cy@example.org").location == "/"


def test_set_up_takes_no_secret_that_was_offered_to_someone_else(visitor, runtime, clock, app):
    ask_for(runtime, "everybody")
    first_step(visitor, "cy@example.org")
    foreign = visitor.get("/login/setup/").page
    secret = re.search(r"secret-text\">([A-Z2-7 ]+)<", foreign.html)[1].replace(" ", "")
    other = Browser(app.test_client())
    first_step(other)
    form = other.get("/login/setup/").page.form
    sent = form.filled(code=pyotp.TOTP(secret).at(clock()), secret=foreign.form.fields["secret"])

    assert other.send("/login/setup/", sent).status == 422


def test_script_is_told_each_step_in_json(visitor, codes, clock):
    accept = {"headers": {"Accept": "application/json"}}
    first = visitor.client.get("/login/", **accept).json
    assert first["signed_in"] is False
    wrong = {"csrf_token": first["csrf_token"], "email": "ben@example.org", "password": "no"}
    answer = visitor.client.post("/login/", data=wrong, **accept)
    assert answer.status_code == 422
    said = "This address and password do not match an account that may sign in."
    assert answer.json["errors"] == {"": [said]}

    right = wrong | {"password": PASSWORD}
    answer = visitor.client.post("/login/", data=right, **accept).json
    token = answer.pop("csrf_token")
    assert answer == {"needs": "code", "passkey": False, "url": "/login/second/"}
    code = {"csrf_token": token, "code": "000000"}
    answer = visitor.client.post("/login/second/", data=code, **accept)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["code"])
    done = visitor.client.post("/login/second/", data=code | {"code": now_code(clock)}, **accept)
    assert done.json["ok"] is True
    fields = {"csrf_token": done.json["csrf_token"], "name": "New", "slug": ""}
    assert visitor.send("/tags/new/", fields).status == 303
    assert visitor.client.get("/login/", **accept).json["signed_in"] is True


def test_link_for_a_password_does_not_go_around_the_second_step(visitor, codes, as_, clock):
    ann = as_("Ann")
    fields = {"csrf_token": ann.token(), "action": "link", "ids": "2", "confirmed": "1"}
    ann.send("/users/bulk/", fields)
    path = re.search(r"/admin(/password/[\w-]+/)", ann.get("/users/").page.text)[1]
    form = visitor.get(path).page.form
    answer = visitor.send(path, form.filled(password="a new sentence", repeat="a new sentence"))

    assert answer.location == "/login/second/"
    assert visitor.get("/").status == 303
    assert second_step(visitor, now_code(clock)).location == "/"


def test_one_sets_up_an_app_and_removes_it(as_, clock, runtime):
    cy = as_("Cy")
    assert "You have none yet." in cy.get("/profile/security/").page.text
    token = cy.token()
    page = cy.send("/profile/security/codes/", {"csrf_token": token, "begin": "1"}).page
    secret = re.search(r"secret-text\">([A-Z2-7 ]+)<", page.html)[1].replace(" ", "")
    sent = page.form.filled(code=pyotp.TOTP(secret).at(clock()))
    assert "shown this once" in cy.send("/profile/security/codes/", sent).page.text
    assert "10 codes are left." in cy.get("/profile/security/").page.text

    again = cy.send("/profile/security/recovery/", {"csrf_token": token})
    assert "shown this once" in again.page.text
    cy.send("/profile/security/codes/remove/", {"csrf_token": token})
    with runtime.database.reading() as session:
        assert find_factors(session, 3).any is False


def test_owner_resets_it_and_the_person_comes_in_again(visitor, codes, clock, as_):
    first_step(visitor)
    second_step(visitor, now_code(clock))
    ann = as_("Ann")
    fields = {"csrf_token": ann.token(), "action": "reset", "ids": "2", "confirmed": "1"}
    ann.send("/users/bulk/", fields)

    assert visitor.get("/").status == 303
    assert first_step(visitor).location == "/"


def test_name_cannot_end_the_script_that_a_passkey_is_made_from(as_):
    ben = as_("Ben")
    named = ben.get("/profile/").page.form.filled(name="Ben </script><b id=x>")
    assert ben.send("/profile/", named).status == 303

    page = ben.send("/profile/security/passkeys/new/", {"csrf_token": ben.token()}).page.html

    assert "<b id=x>" not in page
    (options,) = re.findall(r"data-passkey-options>(.*?)</script>", page)
    assert json.loads(options)["user"]["displayName"] == "Ben </script><b id=x>"
