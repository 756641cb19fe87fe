import re

import argon2
import pytest
from sqlalchemy import select

from shared.domain.users import disable_user, find_user
from shared.models import AuditEvent, LoginSession, Throttle
from tests.admin.signing_in import Browser
from tests.cast import PASSWORD, work_of

REFUSED = "This address and password do not match an account that may sign in."


@pytest.fixture
def visitor(app):
    return Browser(app.test_client())


def sign_in(browser, email="ann@example.org", password=PASSWORD, **more):
    form = browser.get("/login/").page.form
    return browser.send("/login/", form.filled(email=email, password=password, **more))


def disable(runtime, email):
    with runtime.database.writing() as session:
        disable_user(find_user(session, email), work=work_of(session))
        session.commit()


def rows(runtime):
    with runtime.database.reading() as session:
        return list(session.scalars(select(LoginSession)))


def test_right_password_opens_a_session_and_leads_to_the_dashboard(visitor, runtime):
    answer = sign_in(visitor, "ANN@example.org ")

    assert (answer.status, answer.location) == (303, "/")
    assert visitor.get("/").status == 200
    assert [row.address for row in rows(runtime)] == ["127.0.0.1"]
    with runtime.database.reading() as session:
        actions = session.execute(
            select(AuditEvent.action, AuditEvent.actor_name).order_by(AuditEvent.id.desc())
        ).first()
    assert actions == ("user.signed_in", "Ann")


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ann@example.org", "not the password"),
        ("nobody@example.org", PASSWORD),
        ("dee@example.org", PASSWORD),
    ],
    ids=["wrong password", "unknown account", "disabled account"],
)
def test_refusal_says_and_works_the_same_for_everyone(
    visitor, runtime, monkeypatch, email, password
):
    disable(runtime, "dee@example.org")
    checked = []
    verify = argon2.PasswordHasher.verify
    monkeypatch.setattr(
        argon2.PasswordHasher,
        "verify",
        lambda self, stored, given: checked.append(stored) or verify(self, stored, given),
    )

    answer = sign_in(visitor, email, password)

    assert answer.status == 422
    assert REFUSED in answer.page.text
    assert f'value="{email}"' in answer.page.html
    assert password not in answer.page.html
    assert len(checked) == 1
    assert rows(runtime) == []


def test_empty_form_asks_for_both(visitor):
    answer = sign_in(visitor, "", "")

    assert answer.status == 422
    assert "Give your e-mail address." in answer.page.text
    assert "Give your password." in answer.page.text


def test_session_and_token_are_new_after_signing_in(visitor):
    before = visitor.get("/login/").page.form.fields["csrf_token"]
    sign_in(visitor)
    old = visitor.send("/logout/", {"csrf_token": before})

    assert old.status == 400
    assert visitor.get("/").status == 200


def test_page_left_open_without_its_cookie_asks_again(visitor):
    form = visitor.get("/login/?next=/tags/").page.form
    visitor.client.delete_cookie("triptych-admin")
    sent = form.filled(email="ann@example.org", password=PASSWORD)
    answer = visitor.send("/login/", sent)

    assert answer.status == 400
    assert "Your browser did not send this page's cookie." in answer.page.text
    again = answer.page.form
    assert (again.fields["email"], again.fields["next"]) == ("ann@example.org", "/tags/")
    sent = again.filled(password=PASSWORD)
    assert visitor.send("/login/", sent).location == "/tags/"


def test_spent_limits_are_swept_when_someone_signs_in(visitor, clock, runtime):
    sign_in(visitor, "nobody@example.org", "wrong")
    clock.forward(hours=1)
    sign_in(visitor)
    with runtime.database.reading() as session:
        keys = session.scalars(select(Throttle.key)).all()

    assert sorted(keys) == ["login:address:127.0.0.1", "login:all"]


def test_signed_in_person_is_not_asked_again(as_):
    answer = as_("Ann").get("/login/?next=/tags/")

    assert (answer.status, answer.location) == (303, "/tags/")


def test_signing_out_ends_the_row_not_only_the_cookie(app, as_):
    ann = as_("Ann")
    cookie = ann.client.get_cookie("triptych-admin").value
    answer = ann.send("/logout/", {"csrf_token": ann.token()})
    other = app.test_client()
    other.set_cookie("triptych-admin", cookie)

    assert (answer.status, answer.location) == (303, "/login/")
    assert ann.get("/").location == "/login/?next=/"
    assert other.get("/").location == "/login/?next=/"


def test_signing_out_needs_a_post(as_):
    ann = as_("Ann")

    assert ann.get("/logout/").status == 405
    assert ann.get("/").status == 200


def test_eleventh_attempt_on_an_account_waits(visitor, clock):
    for _ in range(10):
        assert sign_in(visitor, password="wrong").status == 422
    answer = sign_in(visitor)

    assert answer.status == 429
    assert answer.response.headers["Retry-After"] == "90"
    assert "Too many attempts. Try again in 90 seconds." in answer.page.text

    clock.forward(seconds=89)
    assert sign_in(visitor).status == 429
    clock.forward(seconds=1)
    assert sign_in(visitor).status == 303


def test_right_password_forgives_the_account(visitor):
    for _ in range(9):
        sign_in(visitor, password="wrong")
    sign_in(visitor)
    form = Browser(visitor.client)
    form.send("/logout/", {"csrf_token": form.token()})

    assert [sign_in(visitor, password="wrong").status for _ in range(5)] == [422] * 5


def test_one_address_may_not_try_many_accounts(app, visitor):
    statuses = [sign_in(visitor, f"{n}@example.org", "wrong").status for n in range(31)]
    elsewhere = Browser(app.test_client())
    form = elsewhere.get("/login/").page.form
    sent = form.filled(email="ann@example.org", password=PASSWORD)
    answer = elsewhere.send("/login/", sent, environ_overrides={"triptych.client": "192.0.2.7"})

    assert statuses == [422] * 30 + [429]
    assert answer.status == 303


def test_all_addresses_together_are_limited(visitor, monkeypatch):
    monkeypatch.setattr(argon2.PasswordHasher, "verify", lambda *_: False)
    form = visitor.get("/login/").page.form
    statuses = [
        visitor.send(
            "/login/",
            form.filled(email=f"{n}@example.org", password="wrong"),
            environ_overrides={"triptych.client": f"192.0.{n // 25}.7"},
        ).status
        for n in range(301)
    ]

    assert statuses == [422] * 300 + [429]


def test_idle_session_ends(as_, clock):
    ann = as_("Ann")
    clock.forward(minutes=119)
    assert ann.get("/").status == 200
    clock.forward(minutes=119)
    assert ann.get("/").status == 200
    clock.forward(minutes=121)

    assert ann.get("/").location == "/login/?next=/"


def test_session_in_use_ends_after_its_hours(as_, clock):
    ann = as_("Ann")
    for _ in range(336):
        clock.forward(hours=1)
        assert ann.get("/profile/").status == 200
    clock.forward(hours=1)

    assert ann.get("/profile/").status == 303


def test_use_is_noted_at_most_once_a_minute(as_, clock, runtime):
    ann = as_("Ann")
    began = clock()
    clock.forward(seconds=59)
    ann.get("/")
    assert rows(runtime)[0].seen_at == began
    at = clock.forward(seconds=1)
    ann.get("/")

    assert rows(runtime)[0].seen_at == at


def test_disabling_an_account_ends_its_sessions(as_, runtime):
    ben = as_("Ben")
    disable(runtime, "ben@example.org")

    assert ben.get("/").location == "/login/?next=/"


def test_cookie_of_another_kind_or_epoch_is_nobody(app, as_):
    ann = as_("Ann")
    with ann.client.session_transaction() as cookie:
        kind, epoch, token = cookie["_user_id"].split(":")
    assert (kind, epoch) == ("user", "1")
    for forged in (f"reader:{epoch}:{token}", f"user:2:{token}", "1", "user:1:", ""):
        with ann.client.session_transaction() as cookie:
            cookie["_user_id"] = forged
        assert ann.get("/").status == 303, forged


def test_cookie_is_the_consoles_own(app):
    header = app.test_client().get("/login/").headers["Set-Cookie"]

    assert re.sub("=[^;]+", "=…", header, count=1) == (
        "triptych-admin=…; HttpOnly; Path=/; SameSite=Lax"
    )


def test_cookie_path_follows_the_mount(app):
    answer = app.test_client().get("/login/", base_url="http://localhost/x/y/admin")

    assert "Path=/x/y/admin;" in answer.headers["Set-Cookie"]


def test_pages_are_never_stored(as_, visitor):
    assert visitor.get("/login/").response.headers["Cache-Control"] == "no-store"
    assert as_("Ann").get("/tags/").response.headers["Cache-Control"] == "no-store"


def test_late_question_of_passkeys_does_not_put_an_older_session_back(app):
    browser = Browser(app.test_client())
    page = browser.get("/login/").page
    early = browser.client.get_cookie("triptych-admin").value
    browser.send("/login/", page.form.filled(email="ann@example.org", password=PASSWORD))
    late = app.test_client()
    late.set_cookie("triptych-admin", early)
    token = {"csrf_token": page.form.fields["csrf_token"]}
    names = [
        line.partition("=")[0]
        for line in late.post("/login/passkey/ask/", data=token).headers.getlist("Set-Cookie")
    ]

    assert names == ["triptych-passkey"]
