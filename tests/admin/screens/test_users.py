import re

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from shared.models import User
from tests.admin.lists import read_list
from tests.admin.signing_in import Browser
from tests.cast import PASSWORD

NEW = "the sentence of a newcomer"


@pytest.fixture
def ann(as_):
    return as_("Ann")


def act(browser, action, number):
    token = browser.token()
    fields = {"csrf_token": token, "action": action, "ids": str(number), "confirmed": "1"}
    return browser.send("/users/bulk/", fields)


def shown_link(browser):
    found = re.search(
        r"http://localhost/admin(/(?:password|invitation)/[\w-]+/)",
        browser.get("/users/").page.text,
    )
    return found[1] if found else None


def invite(browser, **over):
    form = browser.get("/users/new/").page.form
    filled = {"email": "Eve@Example.org", "name": "Eve", "role": "author"} | over
    return browser.send("/users/new/", form.filled(**filled))


def test_invited_person_sets_a_password_and_is_in(ann, app):
    assert invite(ann).status == 303
    path = shown_link(ann)
    assert read_list(ann, "/users/?q=eve").rows[0]["State"] == "Invited"

    eve = Browser(app.test_client())
    asked = eve.get(path)
    assert "You sign in as eve@example.org." in asked.page.text
    sent = asked.page.form.filled(name="Eve Li", password=NEW, repeat=NEW)
    answer = eve.send(path, sent)
    assert (answer.status, answer.location) == (303, "/")
    assert eve.get("/page/").status == 200
    assert read_list(ann, "/users/?q=eve").rows[0]["State"] == "Active"


def test_link_is_shown_once(ann):
    invite(ann)

    assert shown_link(ann) is not None
    assert shown_link(ann) is None


def test_link_is_made_only_once_that_is_confirmed(ann, app):
    invite(ann)
    path = shown_link(ann)
    asked = {"csrf_token": ann.token(), "action": "link", "ids": "6"}

    page = ann.send("/users/bulk/", asked).page.text

    assert "Nothing is changed yet" in page
    assert "Send Eve this link" not in page
    assert shown_link(ann) is None
    assert Browser(app.test_client()).get(path).status == 200


def test_link_works_once_and_a_later_one_ends_it(ann, app):
    invite(ann)
    first = shown_link(ann)
    act(ann, "link", 6)
    second = shown_link(ann)
    eve = Browser(app.test_client())
    spent = eve.get(first)

    assert spent.status == 410
    assert "Ask an owner of the site for a new one" in spent.page.text
    eve.send(second, eve.get(second).page.form.filled(password=NEW, repeat=NEW))
    assert Browser(app.test_client()).get(second).status == 410


def test_link_ends_after_seven_days(ann, app, clock):
    invite(ann)
    path = shown_link(ann)
    clock.forward(days=7)

    assert Browser(app.test_client()).get(path).status == 410


def test_address_of_another_account_is_refused(ann):
    answer = invite(ann, email="BEN@example.org")

    assert answer.status == 422
    assert "Another account has this address." in answer.page.text
    assert read_list(ann, "/users/").count == "5"


def test_new_role_ends_the_sessions_of_the_person(ann, as_):
    cy = as_("Cy")
    form = ann.get("/users/edit/3/").page.form
    ann.send("/users/edit/3/", form.filled(role="editor"))

    assert cy.get("/").location == "/login/?next=/"
    assert as_("Cy").get("/tags/").status == 200


def test_last_owner_keeps_the_role_and_the_account(ann, runtime):
    form = ann.get("/users/edit/1/").page.form
    answer = ann.send("/users/edit/1/", form.filled(role="editor"))
    act(ann, "disable", 1)

    assert answer.status == 422
    assert "This is the last owner." in answer.page.text
    assert "This is the last owner." in ann.get("/users/").page.text
    with runtime.database.reading() as session:
        ann_now = session.scalar(select(User).where(User.name == "Ann"))
    assert (ann_now.role, ann_now.disabled_at) == ("owner", None)


def test_disabled_person_is_out_until_enabled(ann, as_, app):
    ben = as_("Ben")
    act(ann, "disable", 2)
    assert ben.get("/").status == 303
    page = ann.get("/users/edit/2/").page
    assert [form.actions for form in page.forms if form.actions] == [["enable", "erase"]]

    act(ann, "enable", 2)
    browser = Browser(app.test_client())
    form = browser.get("/login/").page.form
    sent = form.filled(email="ben@example.org", password=PASSWORD)
    assert browser.send("/login/", sent).status == 303


def test_password_hash_is_never_shown(ann):
    assert "argon2" not in ann.get("/users/").page.html + ann.get("/users/edit/2/").page.html


def test_invitation_is_taken_back(ann, app):
    invite(ann)
    path = shown_link(ann)
    answer = act(ann, "revoke", 6)

    assert answer.location == "/users/"
    assert read_list(ann, "/users/").count == "5"
    spent = Browser(app.test_client()).get(path)
    assert (spent.status, "may have been taken back" in spent.page.text) == (410, True)


def test_person_who_is_in_is_not_uninvited(ann):
    act(ann, "revoke", 2)

    assert "Ben is in already." in ann.get("/users/").page.text
    assert read_list(ann, "/users/").count == "5"


def test_invited_person_must_choose_a_good_password(ann, app):
    invite(ann)
    path = shown_link(ann)
    eve = Browser(app.test_client())
    form = eve.get(path).page.form
    answer = eve.send(path, form.filled(name="Eve", password="short", repeat="short"))

    assert answer.status == 422
    assert eve.get(path).status == 200


def test_disabled_account_loses_its_links(ann, app):
    invite(ann)
    path = shown_link(ann)
    act(ann, "disable", 6)
    act(ann, "enable", 6)

    assert Browser(app.test_client()).get(path).status == 410


def roles(runtime):
    with runtime.database.reading() as session:
        return dict(session.execute(select(User.name, User.role)).all())


def test_role_of_several_is_shown_before_set_and_undone(ann, runtime):
    asked = MultiDict({"csrf_token": ann.token(), "action": "role", "given": "editor"})
    asked.setlist("ids", ["1", "3", "4"])
    preview = ann.send("/users/bulk/", asked).page

    assert "Cy Role: Author → Editor" in preview.text
    assert "Con Role: Contributor → Editor" in preview.text
    assert "Ann not done" in preview.text
    assert roles(runtime)["Cy"] == "author"
    form = preview.forms[-1]
    assert ann.send(form.action, form.filled(confirmed="1")).status == 303
    assert roles(runtime) == {
        "Ann": "owner",
        "Ben": "editor",
        "Cy": "editor",
        "Con": "editor",
        "Dee": "reader",
    }
    undo = next(form for form in ann.get("/users/").page.forms if "/undo/" in form.action)
    ann.send(undo.action, undo.fields)
    assert (roles(runtime)["Cy"], roles(runtime)["Con"]) == ("author", "contributor")
