"""People in a real browser: invited, two steps, passkeys, sessions that end, shut out at once."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import update
from werkzeug.serving import make_server

from admin import create_app
from shared.clock import utc_now
from shared.models import LoginSession, Passkey
from shared.runtime import Runtime
from tests.admin.content import read, write
from tests.cast import PASSWORD
from tests.e2e.looking import Album, look_at

Look = Callable[[Page, str], None]
pytestmark = pytest.mark.browser
NEW = "the sentence of a newcomer"
KEEPER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as tool:
        program = shutil.which("chromium")
        browser = tool.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(runtime: Runtime) -> Iterator[str]:
    """A console at localhost, where passkeys may be used without https, on the true time."""
    app = create_app(Runtime(runtime.settings))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(chromium: Browser, address: str):
    """Open a browser of somebody's own, with a keeper of passkeys in it."""
    contexts = []

    def opened() -> Page:
        context = chromium.new_context(base_url=address, locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        tool = context.new_cdp_session(page)
        tool.send("WebAuthn.enable", {"enableUI": False})
        made = tool.send("WebAuthn.addVirtualAuthenticator", {"options": KEEPER})
        page.keeper = (tool, made["authenticatorId"])
        return page

    yield opened
    for context in contexts:
        context.close()


def offers(page: Page, yes: bool) -> None:
    """Let the keeper answer by itself, or only when it is asked by a button."""
    tool, number = page.keeper
    about = {"authenticatorId": number, "enabled": yes}
    tool.send("WebAuthn.setAutomaticPresenceSimulation", about)


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def invite(ann: Page) -> str:
    """Invite Eve; return the path of her link."""
    sign_in(ann, "ann@example.org")
    ann.goto("/users/new/")
    ann.get_by_label("E-mail").fill("eve@example.org")
    ann.get_by_label("Name").fill("Eve")
    ann.get_by_role("button", name="Save").click()
    return ann.locator(".flash-link").inner_text().replace("/admin", "")


def join(eve: Page, link: str, look: Look) -> None:
    """Come in by the link."""
    eve.goto(link)
    look(eve, "invitation")
    eve.get_by_label("Your name").fill("Eve Li")
    eve.get_by_label("New password").fill(NEW)
    expect(eve.get_by_text("Strong")).to_be_visible()
    eve.get_by_label("The same once more").fill(NEW)
    eve.get_by_role("button", name="Come in").click()
    expect(eve.get_by_text("Welcome, Eve Li.")).to_be_visible()


def set_up_codes(eve: Page, look: Look) -> list[str]:
    """Set an app up; return the recovery codes as they were downloaded."""
    eve.goto("/profile/security/")
    look(eve, "security-none")
    eve.get_by_role("button", name="Set up an app").click()
    look(eve, "totp")
    secret = eve.locator(".secret-text").inner_text().replace(" ", "")
    eve.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).now())
    eve.get_by_role("button", name="Use this app").click()
    look(eve, "recovery-codes")
    with eve.expect_download() as download:
        eve.get_by_role("link", name="Download").click()
    return download.value.path().read_text().split()


def add_passkey(eve: Page, look: Look) -> None:
    """Add a passkey and name it."""
    offers(eve, True)
    eve.goto("/profile/security/")
    eve.get_by_role("button", name="Add a passkey").click()
    look(eve, "passkey-new")
    eve.get_by_label("Name").fill("Laptop")
    eve.get_by_role("button", name="Make the passkey").click()
    expect(eve.get_by_text("The passkey is added.")).to_be_visible()
    expect(eve.get_by_label("Name of the passkey")).to_have_value("Laptop")
    look(eve, "security")
    offers(eve, False)


def begin_again(eve: Page, look: Look) -> None:
    """Sign out, and give the password again."""
    eve.get_by_role("button", name="Sign out").click()
    look(eve, "login")
    sign_in(eve, "eve@example.org", NEW)
    expect(eve.get_by_role("heading", name="Second step")).to_be_visible()


def shut_out(ann: Page, look: Look) -> None:
    """End a session of Eve's, then disable her account."""
    ann.goto("/users/")
    ann.get_by_role("link", name="Eve Li").click()
    ann.get_by_role("link", name="Where Eve Li is signed in").click()
    look(ann, "sessions-of-eve")
    ann.get_by_role("button", name="End: ").first.click()
    ann.goto("/users/roles/")
    look(ann, "roles")
    ann.get_by_role("link", name="People", exact=True).click()
    ann.get_by_role("link", name="Eve Li").click()
    ann.wait_for_url(re.compile(r"/users/edit/\d+/$"))  # and for its scripts, which ask in a dialog
    ann.get_by_role("button", name="Disable", exact=True).click()
    ann.get_by_role("dialog").get_by_role("button", name="Disable").click()


def test_from_the_invitation_to_being_shut_out(open_page):
    album, wrong, ann, eve = Album(), [], open_page(), open_page()

    def look(page: Page, name: str) -> None:
        wrong.extend(look_at(page, name, album))

    offers(ann, False)
    offers(eve, False)
    join(eve, invite(ann), look)
    kept = set_up_codes(eve, look)
    assert len(kept) == 10
    assert all(re.fullmatch(r"\w{4}(-\w{4}){3}", code) for code in kept)
    add_passkey(eve, look)
    begin_again(eve, look)
    look(eve, "second-step")
    eve.get_by_role("textbox", name="Code").fill(kept[0])
    eve.get_by_role("button", name="Sign in").click()
    eve.wait_for_url(lambda url: "/login/" not in url)
    begin_again(eve, look)
    offers(eve, True)
    eve.get_by_role("button", name="Use a passkey").click()
    eve.wait_for_url(lambda url: "/login/" not in url)
    shut_out(ann, look)
    eve.goto("/profile/")

    expect(eve.get_by_role("heading", name="Sign in")).to_be_visible()
    album.write()
    assert wrong == []


def with_passkey(page: Page) -> None:
    """Sign Cy in and add a passkey."""
    offers(page, False)
    sign_in(page, "cy@example.org")
    page.wait_for_url(lambda url: "/login/" not in url)
    offers(page, True)
    page.goto("/profile/security/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_text("I have kept them").click()


def test_passkey_alone_signs_in_where_the_browser_offers_it(open_page):
    page = open_page()
    with_passkey(page)
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=15_000)


def test_proof_by_passkey_goes_on_with_the_form(open_page, runtime):
    page = open_page()
    with_passkey(page)
    with runtime.database.writing() as session:
        session.execute(update(LoginSession).values(created_at=utc_now() - timedelta(minutes=16)))
        session.commit()
    page.get_by_role("button", name="Make new codes").click()
    page.get_by_role("dialog").get_by_role("button", name="Make new codes").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    album = Album()
    assert look_at(page, "prove", album) == []
    album.write()
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


def test_copied_passkey_that_counts_alike_is_refused(open_page, runtime):
    page = open_page()
    with_passkey(page)
    offers(page, False)
    with runtime.database.writing() as session:
        session.execute(update(Passkey).values(sign_count=1_000))
        session.commit()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "cy@example.org")
    offers(page, True)
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_text("This passkey opens no account here.")).to_be_visible()


def test_passkey_signs_in_over_a_text_that_waits(open_page, runtime):
    page = open_page()
    post_id = write(runtime, "Cy", body="old")
    with_passkey(page)
    page.goto(f"/page/edit/{post_id}/")
    expect(page.get_by_role("toolbar")).to_be_visible()
    offers(page, False)
    page.context.clear_cookies()
    page.locator(".cm-content").click()
    page.keyboard.insert_text("written signed out ")
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible(timeout=20_000)
    offers(page, True)
    dialog.get_by_role("button", name="Use a passkey").click()

    expect(dialog).to_be_hidden()
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "saved", timeout=20_000)
    assert "written signed out" in read(runtime, post_id).saved.body


def test_password_and_then_a_passkey_sign_in_over_a_text_that_waits(open_page, runtime):
    page = open_page()
    post_id = write(runtime, "Cy", body="old")
    with_passkey(page)
    page.goto(f"/page/edit/{post_id}/")
    expect(page.get_by_role("toolbar")).to_be_visible()
    offers(page, False)
    page.context.clear_cookies()
    page.locator(".cm-content").click()
    page.keyboard.insert_text("written signed out ")
    dialog = page.get_by_role("dialog", name="Sign in again")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_label("Code")).to_be_focused()
    album = Album()
    assert look_at(page, "sign-in-code", album) == []
    album.write()
    offers(page, True)
    dialog.get_by_role("button", name="Use a passkey").click()

    expect(page.locator("[data-state]")).to_have_attribute("data-state", "saved", timeout=20_000)
    assert "written signed out" in read(runtime, post_id).saved.body
