import pytest
from sqlalchemy import select

from shared.models import Tag
from tests.admin.signing_in import Browser
from tests.cast import PASSWORD

TYPED = "  <b>学习</b>\r\n\r\n\"quoted\" & 'more'\r\n"
OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def form(as_, clock):
    """A tag's form, opened in time and sent when the session is over."""
    ann = as_("Ann")
    form = ann.get("/tags/new/").page.form
    clock.forward(hours=3)
    return ann, form.filled(name="Late", description=TYPED)


def descriptions(runtime):
    with runtime.database.reading() as session:
        return session.scalars(select(Tag.description).where(Tag.name == "Late")).all()


def sign_in(browser, page, **more):
    sent = page.form.filled(email="ann@example.org", password=PASSWORD, **more)
    return browser.send("/login/", sent)


def test_form_posted_after_the_session_is_kept_and_sent_again(form, runtime):
    ann, fields = form
    asked = ann.send("/tags/new/", fields, headers=OWN)

    assert asked.status == 401
    assert "You were signed out. What you typed is kept: sign in, then save it." in asked.page.text
    assert descriptions(runtime) == []

    offered = sign_in(ann, asked.page)
    assert offered.status == 200
    assert "It is not saved yet." in offered.page.text
    again = next(form for form in offered.page.forms if form.action == "/tags/new/")
    assert again.fields["description"] == TYPED
    assert descriptions(runtime) == []

    assert ann.send(again.action, again.fields).status == 303
    assert descriptions(runtime) == [TYPED.strip()]


def test_kept_form_survives_a_wrong_password(form):
    ann, fields = form
    asked = ann.send("/tags/new/", fields, headers=OWN)
    wrong = ann.send(
        "/login/", asked.page.form.filled(email="ann@example.org", password="a wrong one")
    )

    assert wrong.status == 422
    assert "You were signed out." in wrong.page.text
    offered = sign_in(ann, wrong.page)
    again = next(form for form in offered.page.forms if form.action == "/tags/new/")
    assert again.fields["description"] == TYPED


def test_token_and_passwords_are_not_carried(form):
    ann, fields = form
    fields["password"] = "hunter2 hunter2"
    offered = sign_in(ann, ann.send("/tags/new/", fields, headers=OWN).page)
    again = next(form for form in offered.page.forms if form.action == "/tags/new/")

    assert "hunter2" not in offered.page.html
    assert again.fields.getlist("csrf_token") != fields.getlist("csrf_token")
    assert len(again.fields.getlist("csrf_token")) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_form_of_another_site_is_not_kept(app, headers):
    visitor = Browser(app.test_client())
    answer = visitor.send("/tags/delete/1/", {"confirmed": "1"}, headers=headers)

    assert (answer.status, answer.location) == (303, "/login/?next=/tags/delete/1/")


def test_sealed_form_of_someone_else_is_nothing(app):
    visitor = Browser(app.test_client())
    answer = sign_in(visitor, visitor.get("/login/").page, resume="forged.payload")

    assert (answer.status, answer.location) == (303, "/")


def test_form_too_large_to_carry_asks_for_a_plain_sign_in(form):
    ann, fields = form
    for number in range(1_001):
        fields.add(f"field{number}", "x")
    answer = ann.send("/tags/new/", fields, headers=OWN)

    assert (answer.status, answer.location) == (303, "/login/?next=/tags/new/")
