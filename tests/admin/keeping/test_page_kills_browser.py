"""Pages die at random moments of typing; what the browser had taken in is back to the letter."""

import random
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page

from shared.runtime import Runtime
from tests.admin.content import write
from tests.admin.test_editor_browser import COPIES, body, edit

pytestmark = pytest.mark.browser

ROUNDS = 38
BACK = "(text) => document.querySelector('[name=body]').value.startsWith(text)"
HELD = f"async (text) => (await ({COPIES})()).some((copy) => JSON.parse(copy).body === text)"
WORDS = ("学习", "“quoted” ", "𠮷野家 ", "\n\n", "🍜 ", "word ", "- item\n", "`code` ", "é ", "\t")


def type_on(page: Page, chance: random.Random) -> str:
    """Type a few words, and return the whole text as the editor shows it."""
    for _ in range(chance.randint(1, 6)):
        page.keyboard.insert_text(chance.choice(WORDS))
    return body(page)


def kill(context: BrowserContext, page: Page, chance: random.Random) -> None:
    """Let the page go without a word: closed by force, or its process crashed."""
    if chance.random() < 0.5:
        page.close(run_before_unload=False)
        return
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", timeout=5_000)
    page.close(run_before_unload=False)


@pytest.mark.parametrize("seed", [1, 2])
def test_text_survives_the_page(
    runtime: Runtime, context: BrowserContext, address: str, said: list[str], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - rounds that can be run again
    # The server gets nothing: the browser alone must hold it.
    context.route("**/page/autosave/*", lambda route: route.abort())
    for round_ in range(ROUNDS // 2):
        post_id = write(runtime, title=f"Round {seed} {round_}", body="")
        url = f"{address}/page/edit/{post_id}/"
        page = context.new_page()
        edit(page, url)
        page.locator(".cm-content").click()
        mark = f"[{seed}.{round_}]"
        page.keyboard.insert_text(mark)
        kept = type_on(page, chance)
        page.wait_for_function(HELD, arg=kept)
        typed = type_on(page, chance)
        page.wait_for_timeout(chance.choice((0, 1, 5, 20, 80)))
        kill(context, page, chance)
        again = context.new_page()
        edit(again, url)
        # Out of the browser's own store, or by the page's last word to the server.
        again.wait_for_function(BACK, arg=kept, timeout=20_000)
        back = body(again)
        assert typed.startswith(back), (seed, round_)
        assert back.startswith(kept), (seed, round_)
        again.close()
    said.clear()
