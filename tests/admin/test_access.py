import pytest
from flask import Flask

from admin.access import UndeclaredAccess, check_access, open_to_everyone, requires
from shared.domain.permissions import Permission


def view():
    return "in"


def test_view_without_permission_stops_the_start():
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/open/", "open", open_to_everyone(lambda: "in"))
    app.add_url_rule("/forgotten/", "forgotten", view)

    with pytest.raises(UndeclaredAccess, match="view names no permission"):
        check_access(app)


def test_view_with_permission_passes():
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/", "closed", requires(Permission.AUDIT_READ)(lambda: "in"))

    assert check_access(app) is None


def test_view_that_requires_no_permission_is_open_to_nobody(app, as_):
    app.add_url_rule("/nobody/", "nobody", requires()(lambda: "in"))

    assert as_("Ann").get("/nobody/").status == 403


def test_refusal_names_the_permission_and_shows_the_way_out(as_):
    answer = as_("Cy").get("/users/")

    assert answer.status == 403
    assert "This needs the permission users:edit." in answer.page.text
    assert 'href="/"' in answer.page.html


def test_unsafe_request_without_permission_changes_nothing(as_, runtime):
    cy = as_("Cy")
    answer = cy.send("/tags/new/", {"csrf_token": cy.token(), "name": "Sneaky"})

    assert answer.status == 403
    assert "Sneaky" not in as_("Ann").get("/tags/").page.text
