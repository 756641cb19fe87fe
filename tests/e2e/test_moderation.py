"""Comments are moderated: by keys, many at once, undone, answered, and erased by address."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from shared.domain.comment_options import CommentOptions
from shared.domain.comments import Said, receive
from shared.domain.work import SYSTEM, Work
from shared.models import Post
from shared.runtime import Runtime
from shared.settings import Settings
from tests.e2e.visiting import Visitor

pytestmark = pytest.mark.browser

WAITS = CommentOptions(comments_open=True, comments_moderation="all")


@pytest.fixture
def said(ann: Visitor) -> Iterator[Visitor]:
    """Ann, on whose site Moe and others have commented; comments are open for a while."""
    settle(ann, is_open=True)
    runtime = Runtime(Settings.from_env({"INSTANCE": str(ann.site.instance)}))
    with runtime.database.writing() as session:
        work = Work(session=session, actor=SYSTEM, at=runtime.clock())
        post = session.scalars(select(Post).where(Post.slug == "welcome")).one()
        for name, body in (
            ("Moe", "Is there a *second* part? See https://example.org/first"),
            ("Moe", "I found it, never mind."),
            ("Quill", "What a fine read."),
        ):
            email = f"{name.lower()}@example.org"
            receive(Said(name=name, email=email, body=body, origin=body), post, WAITS, work=work)
        session.commit()
    runtime.database.close()
    yield ann
    settle(ann, is_open=False)


def settle(ann: Visitor, *, is_open: bool) -> None:
    ann.open("/admin/settings/comments/")
    ann.page.get_by_label("Visitors may comment on posts").set_checked(is_open)
    ann.page.get_by_role("button", name="Save").click()
    expect(ann.page.locator(".flash-success")).to_be_visible()


def test_what_visitors_say_is_decided_on_answered_and_erased(said: Visitor) -> None:
    page, keys = said.page, said.page.keyboard
    said.open("/admin/comments/?q=moe")
    said.look("comments-list")
    expect(page.locator("tbody tr")).to_have_count(2)
    keys.press("j")
    keys.press("x")
    keys.press("j")
    keys.press("x")
    page.get_by_role("button", name="Spam").click()
    expect(page.get_by_role("heading", name="Mark these comments as spam?")).to_be_visible()
    said.look("comments-preview")
    page.get_by_role("button", name="Spam (2)").click()
    expect(page.get_by_text("Marked as spam: 2.")).to_be_visible()
    keys.press("z")
    expect(page.get_by_text("Undone.")).to_be_visible()
    expect(page.locator(".badge-warn", has_text="Waiting")).to_have_count(2)

    page.get_by_role("link", name="Is there a *second* part?").click()
    expect(page.get_by_role("heading", name="Comment by Moe")).to_be_visible()
    said.look("comments-one")
    keys.press("a")
    expect(page.get_by_text("Approved: #")).to_be_visible()
    keys.press("r")
    expect(page.get_by_label("Your answer")).to_be_focused()
    page.get_by_label("Your answer").fill("It comes *next week*.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("Your answer stands on the page.")).to_be_visible()
    keys.press("e")
    expect(page.get_by_label("Name")).to_be_focused()
    page.get_by_label("Text").fill("Is there a second part?")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The comment is saved.")).to_be_visible()
    said.open("/page/welcome/")
    expect(page.locator(".comment", has_text="next week").locator("em")).to_have_text("next week")

    said.open("/admin/comments/person/")
    page.get_by_label("E-mail address").fill("moe@example.org")
    page.get_by_role("button", name="Show what is kept").click()
    expect(page.get_by_role("heading", name="2 comments")).to_be_visible()
    said.look("comments-person")
    page.get_by_role("button", name="Erase all of it").click()
    expect(page.get_by_text("What this person said is erased.")).to_be_visible()
    said.open("/page/welcome/")
    expect(page.locator(".comment", has_text="next week")).to_be_visible()
    expect(page.get_by_text("second part")).to_have_count(0)
    expect(page.get_by_text("never mind")).to_have_count(0)
    said.open("/admin/comments/?state=every&q=moe")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()
