"""A visitor comments: without scripts, on a phone, with everything that can go wrong on the way."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.looking import NARROW
from tests.e2e.visiting import Visitor

pytestmark = pytest.mark.browser

POST = "/page/welcome/"


@pytest.fixture
def opened(ann: Visitor) -> Iterator[Visitor]:
    """Ann, who opens comments on the site, and closes them when all is said."""
    settle(ann, "none but what looks like spam")
    yield ann
    settle(ann, "none but what looks like spam", is_open=False)


def settle(ann: Visitor, waits: str, *, is_open: bool = True) -> None:
    ann.open("/admin/settings/comments/")
    ann.page.get_by_label("Visitors may comment on posts").set_checked(is_open)
    ann.page.get_by_label("What waits for approval").select_option(label=waits)
    ann.page.get_by_role("button", name="Save").click()
    expect(ann.page.locator(".flash-success")).to_be_visible()


def write(form: Locator, name: str, body: str) -> None:
    form.get_by_label("Name").fill(name)
    form.get_by_label("Comment", exact=True).fill(body)
    form.get_by_role("button", name="Send").click()


def form_of(page: Page) -> Locator:
    """Return the form below all comments."""
    return page.locator("#comments > form")


def test_comment_is_written_and_answered_without_scripts(
    opened: Visitor, visit: Callable[..., Visitor]
) -> None:
    plain = visit(java_script_enabled=False)
    plain.open(POST)
    write(form_of(plain.page), "Vi", "Well *said*, without a script.")
    said = plain.page.locator(".comment", has_text="without a script")
    expect(said.locator("em")).to_have_text("said")
    assert plain.page.url.endswith(f"{POST}#{said.get_attribute('id')}")
    said.get_by_text("Answer", exact=True).click()
    write(said.locator("form"), "Wu", "So it is.")
    answer = plain.page.locator(".thread .thread .comment", has_text="So it is.")
    expect(answer.locator(".who")).to_have_text("Wu")
    assert plain.page.context.cookies() == []


def test_comments_read_well_and_keep_what_was_typed(
    opened: Visitor, visit: Callable[..., Visitor]
) -> None:
    phone = visit(viewport={"width": NARROW, "height": 800})
    page = phone.page
    phone.open(POST)
    write(form_of(page), "Zoë", "From a phone.")
    said = page.locator(".comment", has_text="From a phone.")
    expect(said).to_be_in_viewport()
    summary = said.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(said.get_by_label("Name")).to_be_visible()
    phone.look("comments")
    form = said.locator("form")
    form.get_by_label("E-mail").fill("nowhere")
    with phone.watch.expecting(422):
        write(form, "Wu", "An answer that is *not* lost.")
        expect(page.get_by_role("alert")).to_contain_text("Give a whole address, or none.")
    phone.look("comment-returned")
    page.get_by_role("link", name="Give a whole address, or none.").click()
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.get_by_label("E-mail").fill("")
    page.get_by_role("button", name="Send").click()
    answer = page.locator(".thread .thread .comment", has_text="not lost")
    expect(answer.locator(".who")).to_have_text("Wu")
    assert page.context.cookies() == []


def test_comment_waits_until_it_is_approved(opened: Visitor, visit: Callable[..., Visitor]) -> None:
    settle(opened, "every comment")
    visitor = visit()
    visitor.open(POST)
    write(form_of(visitor.page), "Vi", "May I?")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Thank you for your comment")
    visitor.look("comment-waiting")
    visitor.page.get_by_role("link", name="Back to").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Welcome to Triptych")
    expect(visitor.page.get_by_text("May I?")).to_have_count(0)
