import pytest
from sqlalchemy import select

from shared.domain.comments.notices import wants_mail
from shared.domain.sessions import open_session
from shared.domain.users import find_user
from shared.models import LoginSession, User
from tests.admin.signing_in import Browser
from tests.cast import PASSWORD, work_of

NEW = "another sentence to remember"


@pytest.fixture
def cy(as_):
    return as_("Cy")


def own(answer):
    """Return the form of the profile itself; another one gives one's data."""
    return next(form for form in answer.page.forms if "bio" in form.fields)


def change(browser, current=PASSWORD, password=NEW, repeat=NEW):
    form = browser.get("/profile/password/").page.form
    filled = form.filled(current=current, password=password, repeat=repeat)
    return browser.send("/profile/password/", filled)


def enters(app, password):
    browser = Browser(app.test_client())
    form = browser.get("/login/").page.form
    sent = form.filled(email="cy@example.org", password=password)
    return browser.send("/login/", sent).status == 303


def test_profile_is_saved_and_no_more_than_it(cy, runtime):
    form = own(cy.get("/profile/"))
    sent = form.filled(name="Cyrus", slug="cyrus", bio="Writes.", role="owner", email="x@y.org")
    answer = cy.send("/profile/", sent)
    with runtime.database.reading() as session:
        user = session.scalar(select(User).where(User.slug == "cyrus"))

    assert (answer.status, answer.location) == (303, "/profile/")
    assert (user.name, user.bio, user.role, user.email) == (
        "Cyrus",
        "Writes.",
        "author",
        "cy@example.org",
    )
    assert "Your profile is saved." in cy.get("/profile/").page.text


def test_address_of_another_author_is_refused(cy):
    form = own(cy.get("/profile/"))
    answer = cy.send("/profile/", form.filled(slug="ann", bio="kept"))

    assert answer.status == 422
    assert "“ann” is taken by another account." in answer.page.text
    assert own(answer).fields["bio"] == "kept"


def test_profile_saved_twice_from_one_page_is_stale(cy):
    form = own(cy.get("/profile/"))
    cy.send("/profile/", form.filled(bio="first"))
    answer = cy.send("/profile/", form.filled(bio="second"))

    assert answer.status == 422
    assert "This was changed by someone else in the meantime." in answer.page.text
    assert own(answer).fields["bio"] == "second"
    assert own(cy.get("/profile/")).fields["bio"] == "first"


def test_changed_password_keeps_this_session_and_ends_the_others(app, as_, cy):
    elsewhere = as_("Cy")
    answer = change(cy)

    assert (answer.status, answer.location) == (303, "/profile/")
    assert cy.get("/profile/").status == 200
    assert elsewhere.get("/profile/").status == 303
    assert enters(app, PASSWORD) is False
    assert enters(app, NEW) is True


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"current": "not it"}, "This is not your current password."),
        ({"repeat": "something else"}, "The two are not the same."),
        ({"password": "short", "repeat": "short"}, "Give 10 to 200 characters"),
        ({"password": "passwordpassword", "repeat": "passwordpassword"}, "too easy to guess"),
    ],
)
def test_refused_password_says_why_and_changes_nothing(app, cy, given, said):
    answer = change(cy, **given)

    assert answer.status == 422
    assert said in answer.page.text
    assert NEW not in answer.page.html
    assert enters(app, PASSWORD) is True


def test_current_password_cannot_be_guessed_at_leisure(cy):
    said = [change(cy, current="wrong").page.text for _ in range(11)]

    assert "This is not your current password." in said[9]
    assert "Too many attempts." in said[10]


def test_sessions_are_listed_and_ended_one_by_one(as_, cy, runtime):
    elsewhere = as_("Cy")
    page = cy.get("/profile/sessions/").page
    assert page.text.count("Another program") == 2
    assert page.text.count("This one") == 1
    cy.send(page.forms[-1].action, page.forms[-1].fields)

    assert elsewhere.get("/").status == 303
    assert cy.get("/profile/sessions/").page.text.count("Another program") == 1


def test_session_of_someone_else_is_not_found(as_, cy, runtime):
    ben = as_("Ben")
    with runtime.database.reading() as session:
        user = find_user(session, "ben@example.org")
        number = session.scalar(select(LoginSession.id).where(LoginSession.user_id == user.id))
    answer = cy.send(f"/profile/sessions/{number}/revoke/", {"csrf_token": cy.token()})

    assert answer.status == 404
    assert ben.get("/").status == 200


def test_browser_is_named_by_its_user_agent(app, runtime):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    with runtime.database.writing() as session:
        user = find_user(session, "cy@example.org")
        token = open_session(
            user, address="192.0.2.1", user_agent=agent, work=work_of(session, user)
        )
        session.commit()
    browser = Browser(app.test_client())
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = f"user:1:{token}"

    assert "Firefox on Linux" in browser.get("/profile/sessions/").page.text


def test_mails_about_comments_are_switched_off(cy, runtime):
    form = own(cy.get("/profile/"))
    assert form.fields["comment_mail"] == "y"
    sent = form.filled()
    sent.pop("comment_mail")
    assert cy.send("/profile/", sent).status == 303

    assert "comment_mail" not in own(cy.get("/profile/")).fields
    with runtime.database.reading() as session:
        assert not wants_mail(session, find_user(session, "cy@example.org").id)
