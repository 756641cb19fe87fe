import pytest
from sqlalchemy import delete, select

from admin.account.setup import offer_link
from shared.domain.site import load_site
from shared.models import LoginSession, OneTimeLink, User
from shared.runtime import Runtime
from shared.settings import Settings
from tests.admin.signing_in import Browser
from tests.cast import SECRET

FILLED = {
    "site_title": "  The Hinge ",
    "name": "Olga",
    "email": "Olga@Example.org",
    "password": "a long enough sentence",
    "repeat": "a long enough sentence",
}


@pytest.fixture
def ownerless(runtime):
    with runtime.database.writing() as session:
        for table in (LoginSession, OneTimeLink, User):
            session.execute(delete(table))
        session.commit()
    return runtime


@pytest.fixture
def visitor(app):
    return Browser(app.test_client())


def path_of(link):
    return link.partition("/admin")[2]


def test_link_is_offered_only_while_nobody_owns_the_site(runtime):
    assert offer_link(runtime) is None


@pytest.mark.parametrize(
    ("given", "start"),
    [
        ({}, "http://127.0.0.1:8000/admin/setup/"),
        ({"bind": "::1", "port": 80}, "http://[::1]:80/admin/setup/"),
        ({"bind": "0.0.0.0"}, "http://localhost:8000/admin/setup/"),  # noqa: S104 - a setting
        ({"site_url": "https://blog.example/x"}, "https://blog.example/x/admin/setup/"),
        ({"admin_url": "https://desk.example"}, "https://desk.example/setup/"),
    ],
)
def test_link_is_absolute_for_the_settings(ownerless, given, start):
    database = ownerless.settings.database
    other = Runtime(Settings(database_url=database, secret_key=SECRET, **given), ownerless.clock)
    link = offer_link(other)
    other.database.close()

    assert link.startswith(start)
    assert link.endswith("/")


def test_link_makes_the_owner_names_the_site_and_signs_in(ownerless, visitor):
    path = path_of(offer_link(ownerless))
    answer = visitor.send(path, visitor.get(path).page.form.filled(**FILLED))

    assert (answer.status, answer.location) == (303, "/")
    assert "Good to see you, Olga" in visitor.get("/").page.text
    with ownerless.database.reading() as session:
        people = session.execute(select(User.email, User.role)).all()
        title = load_site(session).title
    assert people == [("olga@example.org", "owner")]
    assert title == "The Hinge"


def test_link_works_once(ownerless, visitor, app):
    path = path_of(offer_link(ownerless))
    visitor.send(path, visitor.get(path).page.form.filled(**FILLED))
    again = Browser(app.test_client()).get(path)

    assert again.status == 410
    assert "flask setup-link" in again.page.text


def test_later_link_ends_the_earlier_one(ownerless, visitor):
    first, second = offer_link(ownerless), offer_link(ownerless)

    assert visitor.get(path_of(first)).status == 410
    assert visitor.get(path_of(second)).status == 200


def test_link_ends_after_seven_days(ownerless, visitor, clock):
    path = path_of(offer_link(ownerless))
    clock.forward(days=7)

    assert visitor.get(path).status == 410


def test_link_is_dead_once_an_owner_came_another_way(ownerless, visitor, app):
    path = path_of(offer_link(ownerless))
    form = visitor.get(path).page.form
    other = Browser(app.test_client())
    other.send(path, other.get(path).page.form.filled(**FILLED))
    answer = visitor.send(path, form.filled(**FILLED | {"email": "late@example.org"}))

    assert answer.status == 410


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"repeat": "another sentence"}, "The two are not the same."),
        ({"password": "short", "repeat": "short"}, "Give 10 to 200 characters"),
        ({"email": "no address"}, "Give an e-mail address such as"),
        ({"site_title": "x" * 101}, "Give 1 to 100 characters."),
    ],
)
def test_wrong_field_is_named_and_the_link_stays_good(ownerless, visitor, wrong, said):
    path = path_of(offer_link(ownerless))
    form = visitor.get(path).page.form
    refused = visitor.send(path, form.filled(**FILLED | wrong))

    assert refused.status == 422
    assert said in refused.page.text
    assert refused.page.form.fields["name"] == "Olga"
    with ownerless.database.reading() as session:
        assert session.scalars(select(User)).all() == []
    assert visitor.send(path, form.filled(**FILLED)).status == 303


def test_sign_in_page_points_to_the_link_until_someone_owns_the_site(ownerless, visitor, app):
    hint = "Nobody owns this site yet."
    assert hint in visitor.get("/login/").page.text
    path = path_of(offer_link(ownerless))
    visitor.send(path, visitor.get(path).page.form.filled(**FILLED))
    assert hint not in Browser(app.test_client()).get("/login/").page.text
