"""The server is killed at random moments of typing; what was typed is stored to the letter."""

import os
import random
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from shared.domain.posts import content_of, get_post
from shared.models import Post
from shared.runtime import Runtime
from shared.settings import Settings
from tests.admin.keeping.test_page_kills_browser import type_on
from tests.e2e.account import set_up
from tests.serving import Site, _answers, _free_port, _read, _start

pytestmark = pytest.mark.browser

ROUNDS = 14


class Server:
    """The platform on one port, which can be killed and begun again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.start()

    @property
    def site(self) -> Site:
        printed = _read(self.folder / "printed")
        link = next(word for word in printed.split() if "/setup/" in word)
        return Site(f"http://127.0.0.1:{self.port}", link, self.folder / "instance")

    def start(self) -> None:
        self.process = _start(self.folder, self.port, {"JOBS": "0", "WORKERS": "1"})
        assert _answers(self.port, self.process, self.folder / "printed")

    def kill(self) -> None:
        """Kill the server and its workers without a word."""
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for number in (parent, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path)
    yield started
    started.process.terminate()
    started.process.wait(40)


def stored(server: Server) -> str:
    runtime = Runtime(Settings.from_env({"INSTANCE": str(server.folder / "instance")}))
    with runtime.database.reading() as session:
        found = content_of(get_post(session, max_id(session))).body
    runtime.database.close()
    return found


def max_id(session) -> int:
    return session.scalar(select(func.max(Post.id)))


def begin(page: Page, server: Server) -> None:
    set_up(page, server.site)
    page.goto(f"{server.site.address}/admin/page/new/")
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.get_by_label("Title", exact=True).fill("Written through it all")
    page.locator(".cm-content").click()


def test_text_survives_the_server(server: Server, chromium: Browser) -> None:
    chance = random.Random(3)  # noqa: S311 - rounds that can be run again
    with chromium.new_context(locale="en-GB") as context:
        page = context.new_page()
        begin(page, server)
        type_on(page, chance)
        line = page.locator("[data-state]")
        expect(line).to_have_attribute("data-state", "saved", timeout=30_000)
        for round_ in range(ROUNDS):
            type_on(page, chance)
            page.wait_for_timeout(chance.choice((0, 5, 500, 1_900, 2_000, 2_050)))
            server.kill()
            type_on(page, chance)
            server.start()
            typed = type_on(page, chance)
            page.evaluate("dispatchEvent(new Event('online'))")
            page.wait_for_function(
                "() => !document.querySelector('[data-state]').dataset.state.match(/dirty|saving/)"
            )
            expect(line).to_have_attribute("data-state", "saved", timeout=60_000)
            assert (round_, stored(server)) == (round_, typed)
