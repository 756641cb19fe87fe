import re

import pytest

from admin.navigation import GROUPS
from tests.admin import matrix
from tests.admin.signing_in import Browser
from tests.cast import PASSWORD, ROLES


def menu(browser, path="/"):
    html = browser.get(path).page.html
    nav = html.partition('<nav id="menu"')[2].partition('<div class="menu-foot">')[0]
    return re.findall(r'<a href="([^"]+)"( aria-current="page")?>', nav)


@pytest.mark.parametrize("name", ROLES)
def test_menu_holds_exactly_what_one_may_open(app, as_, name):
    entries = [entry for _, entries in GROUPS for entry in entries]
    with app.test_request_context():
        allowed = [
            entry.url for entry in entries if matrix.allowed(app, entry.endpoint, ROLES[name])
        ]
    browser = as_(name)

    assert [path for path, _ in menu(browser)] == allowed
    assert [browser.get(path).status for path in allowed] == [200] * len(allowed)


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", "/"), ("/tags/new/", "/tags/"), ("/page/new/", "/page/"), ("/audit/verify/", "/audit/")],
)
def test_menu_marks_where_one_is(as_, path, current):
    assert [url for url, mark in menu(as_("Ann"), path) if mark] == [current]


def test_links_of_a_page_stay_below_the_prefix(app):
    base = {"base_url": "http://localhost/x/admin"}
    browser = Browser(app.test_client())
    form = browser.get("/login/", **base).page.form
    sent = form.filled(email="ann@example.org", password=PASSWORD)
    assert form.action == "/x/admin/login/"
    assert browser.send("/login/", sent, **base).location == "/x/admin/"
    html = browser.get("/tags/", **base).page.html
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', html)

    assert len(links) > 20
    assert [link for link in links if not link.startswith("/x/admin/")] == ["/"]


def test_menu_of_one_role_is_never_shown_to_another(as_):
    browsers = {name: as_(name) for name in ("Ann", "Dee", "Cy")}
    first = {name: menu(browser) for name, browser in browsers.items()}

    assert [path for path, _ in first["Dee"]] == ["/"]
    assert {name: menu(browser) for name, browser in reversed(browsers.items())} == first
    assert len({len(found) for found in first.values()}) == 3
