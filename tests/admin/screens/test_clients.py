import pytest

from shared.domain.clients import get_client, register_client
from tests.admin.lists import read_list
from tests.cast import work_of


@pytest.fixture
def ann(as_):
    return as_("Ann")


@pytest.fixture
def register(runtime):
    """Register a client and return its id."""

    def make(name="Reader", type="service", scopes=("posts:read",)):  # noqa: A002 - the field
        with runtime.database.writing() as session:
            client, _ = register_client(
                name=name,
                type=type,
                contact="a@example.org",
                secret=None,
                scopes=scopes,
                work=work_of(session),
            )
            session.commit()
            return client.id

    return make


def stored(runtime, number):
    with runtime.database.reading() as session:
        client = get_client(session, number)
        return client.state, client.scopes, client.user.name if client.user else None


def test_owner_approves_with_other_scopes_than_wished(ann, runtime, register):
    number = register(scopes=("posts:read", "posts:publish"))
    page = ann.get(f"/clients/edit/{number}/").page
    told = "type service, contact: a@example.org. It asks for: posts:publish, posts:read."
    assert told in page.text
    assert page.forms[-2].fields.getlist("scopes") == ["posts:publish", "posts:read"]
    answer = ann.send(f"/clients/edit/{number}/", page.forms[-2].filled(scopes=["posts:read"]))

    assert answer.status == 303
    assert stored(runtime, number) == ("approved", ["posts:read"], None)


def test_client_of_type_user_needs_a_person(ann, runtime, register):
    number = register(type="user")
    form = ann.get(f"/clients/edit/{number}/").page.forms[-2]
    refused = ann.send(f"/clients/edit/{number}/", form.fields)

    assert refused.status == 422
    assert "A client of type user needs a user to act for." in refused.page.text
    assert stored(runtime, number) == ("pending", [], None)
    ann.send(f"/clients/edit/{number}/", form.filled(user="3"))
    assert stored(runtime, number) == ("approved", ["posts:read"], "Cy")


def test_readonly_client_is_offered_reading_only(ann, register):
    number = register(type="readonly", scopes=())
    html = ann.get(f"/clients/edit/{number}/").page.html

    assert 'value="posts:read"' in html
    assert 'value="posts:write"' not in html


def approve(browser, path):
    """Send the form that gives scopes; others act on the client."""
    form = next(form for form in browser.get(path).page.forms if "scopes" in form.fields)
    return browser.send(path, form.fields)


def test_revoked_client_is_out_and_may_be_approved_again(ann, runtime, register):
    number = register()
    path = f"/clients/edit/{number}/"
    approve(ann, path)
    asked = ann.send("/clients/bulk/", ann.get(path).page.forms[-1].filled(action="revoke"))
    assert "Shut this client out? Its tokens end at once." in asked.page.text
    ann.send("/clients/bulk/", asked.page.forms[-1].filled(confirmed="1"))
    assert stored(runtime, number)[0] == "revoked"

    approve(ann, path)
    assert stored(runtime, number)[0] == "approved"


def test_waiting_clients_are_found(ann, register):
    register("First")
    register("Second", "readonly")

    assert (
        read_list(ann, "/clients/?state=pending&type=readonly")
        .column("Name")[0]
        .startswith("Second tc_")
    )
    assert read_list(ann, "/clients/?state=approved").rows == []


def test_secret_is_never_shown(ann, register):
    number = register()

    assert "argon2" not in ann.get(f"/clients/edit/{number}/").page.html
