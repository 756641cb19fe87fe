"""The door of the console: closed after signing out, and the set-up link works once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import StorageState, expect

from tests.e2e.account import EMAIL, NAME, sign_in, sign_out
from tests.e2e.visiting import Visitor

pytestmark = pytest.mark.browser


def test_signing_in_leads_to_where_one_was_going(
    owner: StorageState, visit: Callable[..., Visitor]
) -> None:
    visitor = visit()
    visitor.open("/admin/tags/?q=river")
    assert visitor.path == "/admin/login/?next=/admin/tags/?q%3Driver"
    visitor.look("login")
    sign_in(visitor.page)
    visitor.page.wait_for_url("**/admin/tags/?q=river")
    expect(visitor.page.locator(".menu-me")).to_contain_text(NAME)


def test_a_wrong_password_is_told_like_an_unknown_account(
    owner: StorageState, visit: Callable[..., Visitor]
) -> None:
    visitor, said = visit(), []
    for email in (EMAIL, "nobody@example.org"):
        visitor.open("/admin/login/")
        visitor.page.get_by_label("E-mail address").fill(email)
        visitor.page.get_by_label("Password").fill("wrong")
        with visitor.watch.expecting(422):
            visitor.page.get_by_role("button", name="Sign in").click()
            said.append(visitor.page.get_by_role("alert").inner_text())
    assert (
        said[0] == said[1] == "This address and password do not match an account that may sign in."
    )
    visitor.look("login-refused")


def test_signing_out_closes_the_console_also_for_a_copy_of_the_cookie(
    owner: StorageState, visit: Callable[..., Visitor]
) -> None:
    visitor = visit()
    visitor.open("/admin/login/")
    sign_in(visitor.page)
    visitor.page.wait_for_url("**/admin/")
    cookies = visitor.page.context.cookies()
    sign_out(visitor.page)
    assert (
        visitor.open("/admin/page/").url == f"{visitor.site.address}/admin/login/?next=/admin/page/"
    )
    visitor.page.context.clear_cookies()
    visitor.page.context.add_cookies(cookies)
    visitor.open("/admin/page/")
    assert visitor.path == "/admin/login/?next=/admin/page/"


def test_a_used_set_up_link_makes_no_second_owner(
    owner: StorageState, visit: Callable[..., Visitor]
) -> None:
    visitor = visit()
    with visitor.watch.expecting(410):
        assert visitor.open(visitor.site.setup).status == 410
    expect(visitor.page.get_by_label("New password")).to_have_count(0)
    visitor.look("setup-spent")
