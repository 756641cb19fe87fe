"""A draft on its way through review, in two real browsers: its writer's and an editor's."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from shared.domain.reviews import return_review
from tests.admin.content import change, read, write
from tests.cast import PASSWORD
from tests.e2e.looking import Album, look_at
from tests.e2e.watching import Watch

pytestmark = pytest.mark.browser
Open = Callable[[str], Page]
TEXT = "The ferry came **late**.\n\nSeven lanterns were on it."


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as tool:
        program = shutil.which("chromium")
        browser = tool.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def watch(address: str) -> Iterator[Watch]:
    """What the browsers complain about; it fails the test."""
    watching = Watch(address)
    yield watching
    assert watching.complaints == []


@pytest.fixture
def open_as(chromium: Browser, address: str, watch: Watch) -> Iterator[Open]:
    """Open a browser in which somebody of the cast is signed in."""
    contexts = []

    def opened(name: str) -> Page:
        context = chromium.new_context(base_url=address, locale="en-GB")
        contexts.append(context)
        watch.observe(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/login/")
        page.get_by_label("E-mail").fill(f"{name.lower()}@example.org")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    yield opened
    for context in contexts:
        context.close()


def edit(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("toolbar")).to_be_visible()


def threads(page: Page):
    return page.locator("[data-threads]")


def ask(page: Page, button: str, message: str) -> None:
    """Ask for review with a message."""
    page.get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog", name="Ask for review")
    dialog.get_by_label("Message, if you like").fill(message)
    dialog.get_by_role("button", name="Ask for review", exact=True).click()
    expect(page.locator(".flashes")).to_have_text("Editors are asked to review this.")
    expect(page.get_by_role("heading", name="Waiting for review")).to_be_visible()


def comment_on_lanterns(page: Page, words: str) -> None:
    """Select the second word of the last line and say something about it, beside the text."""
    page.locator(".cm-content").click()
    for key in ("End", "Home", "Control+ArrowRight", "Control+Shift+ArrowRight"):
        page.keyboard.press(f"Control+{key}" if key == "End" else key)
    expect(page.get_by_label("About this passage")).to_have_value("lanterns")
    page.get_by_label("New comment").fill(words)
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(threads(page).locator(".thread-text")).to_have_text(words)
    expect(page.get_by_label("New comment")).to_have_value("")


@dataclass
class Story:
    """The two browsers, the path of the draft, and what was found wrong with its pages."""

    con: Page
    ben: Page
    watch: Watch
    path: str = ""
    album: Album = field(default_factory=Album)
    wrong: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str) -> None:
        """Look closely at the open page, in every look."""
        with self.watch.paused():
            self.wrong += look_at(page, f"review-{name}", self.album)


def test_a_draft_is_returned_mended_and_approved(open_as: Open, watch: Watch, runtime) -> None:
    story = Story(open_as("Con"), open_as("Ben"), watch)
    write_and_ask(story)
    return_with_a_note(story)
    mend_and_ask_again(story)
    compare_and_approve(story)
    story.con.goto(story.path)
    expect(story.con.locator(".standing")).to_have_text("Published")
    story.con.get_by_role("link", name="Discussion").click()
    expect(story.con.get_by_role("region", name="Review")).to_contain_text("Lovely.")
    story.look(story.con, "discussion")
    story.album.write()
    assert story.wrong == []
    (number,) = re.findall(r"\d+", story.path)
    assert read(runtime, int(number)).saved.body.endswith("The ferryman counted.")


def write_and_ask(story: Story) -> None:
    con = story.con
    edit(con, "/page/new/")
    expect(con.get_by_role("button", name="Publish…")).to_have_count(0)
    con.get_by_label("Title", exact=True).fill("My first week")
    con.locator(".cm-content").click()
    con.keyboard.insert_text(TEXT)
    ask(con, "Ask for review…", "Is it ready?")
    story.path = urlsplit(con.url).path
    story.look(con, "asked")


def return_with_a_note(story: Story) -> None:
    ben = story.ben
    ben.goto("/page/?status=review")
    row = ben.get_by_role("row", name="My first week")
    expect(row).to_contain_text("Waiting for review")
    story.look(ben, "list")
    row.get_by_role("link", name="My first week").click()
    expect(ben.get_by_role("region", name="Waiting for review")).to_contain_text("Is it ready?")
    expect(ben.get_by_role("toolbar")).to_be_visible()
    comment_on_lanterns(ben, "Seven? Last year you wrote nine.")
    ben.get_by_label("Note to the author").fill("Say who counted.")
    story.look(ben, "editor")
    ben.get_by_role("button", name="Return with this note").click()
    expect(ben.locator(".flashes")).to_have_text("Returned with your note.")


def mend_and_ask_again(story: Story) -> None:
    con = story.con
    edit(con, story.path)
    returned = con.get_by_role("region", name="Returned with a note")
    expect(returned).to_contain_text("Say who counted.")
    expect(threads(con).locator("blockquote")).to_have_text("lanterns")
    story.look(con, "returned")
    threads(con).get_by_text("Answer", exact=True).click()
    con.get_by_label("Answer to Ben").fill("Nine, you are right.")
    story.look(con, "answering")
    threads(con).get_by_role("button", name="Send").click()
    expect(threads(con).locator(".thread-answer")).to_contain_text("Nine, you are right.")
    con.locator(".cm-content").click()
    con.keyboard.press("Control+End")
    con.keyboard.insert_text("\n\nThe ferryman counted.")
    ask(con, "Ask again…", "I asked him.")


def compare_and_approve(story: Story) -> None:
    ben = story.ben
    edit(ben, story.path)
    threads(ben).get_by_role("button", name="Settle").click()
    expect(threads(ben)).to_contain_text("Settled by Ben")
    ben.get_by_role("link", name="What changed since it was returned").click()
    expect(ben.get_by_role("region", name="Changes since")).to_contain_text("The ferryman counted.")
    story.look(ben, "compared")
    edit(ben, story.path)
    ben.get_by_label("Note to the author").fill("Lovely.")
    ben.get_by_role("button", name="Approve…").click()
    dialog = ben.get_by_role("dialog", name="Approve and publish")
    expect(dialog.get_by_role("heading", name="What will change for visitors")).to_be_visible()
    dialog.get_by_role("button", name="Publish now").click()
    expect(ben.locator(".flash-undo > span")).to_have_text("Published.")


def test_what_is_written_in_other_fields_stays_when_one_is_sent(open_as: Open, runtime) -> None:
    ben, path = open_as("Ben"), f"/page/edit/{write(runtime, 'Con', body=TEXT)}/"
    edit(ben, path)
    ben.get_by_text("Comments on the draft").click()
    comment_on_lanterns(ben, "Seven?")
    threads(ben).get_by_text("Answer", exact=True).click()
    ben.get_by_label("Answer to Ben").fill("half an answer")
    ben.get_by_label("New comment").fill("And the rain?")
    ben.get_by_role("button", name="Comment", exact=True).click()
    expect(threads(ben).locator(".thread-text")).to_have_text(["Seven?", "And the rain?"])
    expect(ben.get_by_label("Answer to Ben").first).to_have_value("half an answer")
    ben.get_by_label("New comment").fill("not sent yet")
    edit(ben, path)
    expect(ben.get_by_label("Answer to Ben").first).to_have_value("half an answer")
    expect(ben.get_by_label("New comment")).to_have_value("not sent yet")
    assert ben.locator("[data-state]").get_attribute("data-state") in {None, "", "saved"}


def test_second_editor_is_told_who_answered_and_keeps_the_note(
    open_as: Open, watch: Watch, runtime
) -> None:
    con, ben = open_as("Con"), open_as("Ben")
    post = write(runtime, "Con", body=TEXT)
    path = f"/page/edit/{post}/"
    edit(con, path)
    ask(con, "Ask for review…", "")
    edit(ben, path)
    ben.get_by_label("Note to the author").fill("Say who counted.")
    change(runtime, post, return_review, "Ann", note="Too short.")
    with watch.expecting(409):
        ben.get_by_role("button", name="Return with this note").click()
        told = ben.get_by_role("alert", name="This does not wait for review any more.")
        expect(told).to_contain_text("Ann returned it")
    expect(ben.get_by_label("New comment")).to_have_value("Say who counted.")
    album = Album()
    with watch.paused():
        assert look_at(ben, "review-answered", album) == []
    album.write()
