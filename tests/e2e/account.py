"""Becoming the owner, signing in and out."""

from playwright.sync_api import Page

from tests.serving import Site

NAME, EMAIL = "Ann Liu", "ann@example.org"
PASSWORD = "correct horse battery 马"
TITLE = "The Lantern Post"


def set_up(page: Page, site: Site) -> None:
    """Open the printed link and become the owner."""
    page.goto(site.setup)
    page.get_by_label("Title of the site").fill(TITLE)
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Set up the site").click()
    page.wait_for_url(f"{site.address}/admin/")


def sign_in(page: Page) -> None:
    """Fill in the sign-in page that is open, and send it."""
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    """Press the button in the menu."""
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/admin/login/")
