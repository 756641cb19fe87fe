"""Signing in again over a text that waits: by password, code of an app, or as somebody else."""

from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from shared.domain.totp import enable_totp, make_recovery_codes
from shared.domain.users import find_user
from shared.runtime import Runtime
from tests.admin.content import read, write
from tests.admin.keeping.test_keeping_browser import wait_for
from tests.admin.test_editor_browser import KEPT, body, edit, set_text
from tests.cast import NOON, PASSWORD, Clock, work_of

pytestmark = pytest.mark.browser
SECRET = pyotp.random_base32()


def lose_session(context: BrowserContext, page: Page, text: str) -> None:
    context.clear_cookies()
    set_text(page, text)
    expect(page.get_by_role("dialog", name="Sign in again")).to_be_visible(timeout=20_000)


def set_up_app(runtime: Runtime) -> str:
    """Give Ben an app of one-time codes; return one of his recovery codes."""
    with runtime.database.writing() as session:
        ben, before = find_user(session, "ben@example.org"), NOON - timedelta(hours=1)
        work, first = work_of(session, at=before), pyotp.TOTP(SECRET).at(before)
        enable_totp(ben, SECRET, first, key=runtime.key("totp"), work=work)
        code = make_recovery_codes(ben, work=work)[0]
        session.commit()
        return code


def sign_in(page: Page, email: str, password: str) -> None:
    dialog = page.get_by_role("dialog", name="Sign in again")
    dialog.get_by_label("E-mail address").fill(email)
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Sign in").click()


def test_signing_in_over_the_text_sends_what_waits(
    runtime: Runtime, context: BrowserContext, page: Page, address: str, said: list[str]
) -> None:
    post_id = write(runtime, body="old")
    edit(page, f"{address}/page/edit/{post_id}/")
    lose_session(context, page, "written signed out")
    sign_in(page, "ben@example.org", "wrong")
    expect(page.locator("[data-wrong]")).to_contain_text("do not match")
    sign_in(page, "ben@example.org", PASSWORD)
    wait_for(page, "saved")
    assert read(runtime, post_id).saved.body == "written signed out"
    said.clear()


def give_code(page: Page, code: str) -> None:
    dialog = page.get_by_role("dialog", name="Sign in again")
    dialog.get_by_label("Code").fill(code)
    dialog.get_by_role("button", name="Sign in").click()


def test_code_of_an_app_is_asked_for_over_the_text_too(
    runtime: Runtime, context: BrowserContext, page: Page, address: str, said: list[str]
) -> None:
    post_id = write(runtime, body="old")
    edit(page, f"{address}/page/edit/{post_id}/")
    recovery = set_up_app(runtime)
    lose_session(context, page, "written signed out")
    sign_in(page, "ben@example.org", PASSWORD)
    code = page.get_by_role("dialog", name="Sign in again").get_by_label("Code")
    expect(code).to_be_focused()
    give_code(page, "000000")
    expect(page.locator("[data-wrong]")).to_contain_text("This code is not right")
    assert read(runtime, post_id).saved.body == "old"
    give_code(page, pyotp.TOTP(SECRET).at(NOON))
    wait_for(page, "saved")
    assert read(runtime, post_id).saved.body == "written signed out"

    lose_session(context, page, "and once more")
    sign_in(page, "ben@example.org", PASSWORD)
    give_code(page, recovery)
    wait_for(page, "saved")
    assert read(runtime, post_id).saved.body == "and once more"
    said.clear()


def test_code_that_took_too_long_asks_for_the_password_again(
    runtime: Runtime, clock: Clock, page: Page, address: str, said: list[str]
) -> None:
    post_id = write(runtime, body="old")
    edit(page, f"{address}/page/edit/{post_id}/")
    set_up_app(runtime)
    lose_session(page.context, page, "written signed out")
    sign_in(page, "ben@example.org", PASSWORD)
    expect(page.get_by_role("dialog", name="Sign in again").get_by_label("Code")).to_be_focused()
    clock.forward(hours=1)
    give_code(page, pyotp.TOTP(SECRET).at(clock()))
    expect(page.locator("[data-wrong]")).to_contain_text("That took too long.")
    sign_in(page, "ben@example.org", PASSWORD)
    give_code(page, pyotp.TOTP(SECRET).at(clock()))
    wait_for(page, "saved")
    assert read(runtime, post_id).saved.body == "written signed out"
    said.clear()


def test_nothing_is_sent_under_the_name_of_who_signs_in_instead(
    runtime: Runtime, context: BrowserContext, page: Page, address: str, said: list[str]
) -> None:
    post_id = write(runtime, body="old")
    edit(page, f"{address}/page/edit/{post_id}/")
    lose_session(context, page, "Ben's own")
    sign_in(page, "ann@example.org", PASSWORD)
    wait_for(page, "person")
    expect(page.locator("[data-wrong]")).to_contain_text("Ann is signed in now.")
    page.get_by_role("button", name="Not now").click()
    assert (body(page), read(runtime, post_id).saved.body) == ("Ben's own", "old")
    page.wait_for_function(KEPT, arg="Ben's own")
    said.clear()
