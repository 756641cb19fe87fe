"""A Chromium, running platforms, and visitors whose complaints fail the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.e2e.account import set_up
from tests.e2e.looking import ARTEFACTS, WIDE, Album
from tests.e2e.visiting import Visitor
from tests.e2e.watching import Watch
from tests.serving import Site, serving

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FAILED = pytest.StashKey[bool]()
Visit = Callable[..., Visitor]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember whether a test failed, for the fixture that keeps its pictures."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as tool:
        program = shutil.which("chromium")
        browser = tool.chromium.launch(executable_path=program, args=[*ARGUMENTS])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A platform with the welcome set that has no owner yet."""
    with serving(tmp_path_factory.mktemp("site"), WORKERS="1") as started:
        yield started


@pytest.fixture(scope="package")
def owner(site: Site, chromium: Browser) -> StorageState:
    """The cookies of the owner, who has just set up the site."""
    with chromium.new_context() as context:
        set_up(context.new_page(), site)
        return context.storage_state()


@pytest.fixture
def visit(request: pytest.FixtureRequest, site: Site, chromium: Browser) -> Iterator[Visit]:
    """Let a visitor in: `visit()`; what the browser complained about fails the test."""
    visitors: list[Visitor] = []

    with ExitStack() as stack:

        def enter(**options) -> Visitor:
            options = {"viewport": {"width": WIDE, "height": 900}, "locale": "en-GB"} | options
            context = stack.enter_context(chromium.new_context(**options))
            watch = Watch(site.address)
            watch.observe(context)
            visitors.append(Visitor(site, context.new_page(), watch, Album()))
            return visitors[-1]

        yield enter
        complaints = [words for visitor in visitors for words in visitor.watch.complaints]
        failed = request.node.stash.get(FAILED, False) or bool(complaints)
        for number, visitor in enumerate(visitors):
            keep(visitor, f"{request.node.name}-{number}", failed=failed)
    assert complaints == []


@pytest.fixture
def ann(visit: Visit, owner: StorageState) -> Visitor:
    """The owner, signed in."""
    return visit(storage_state=owner)


def keep(visitor: Visitor, name: str, *, failed: bool) -> None:
    """Write the pictures of a visit that failed, or of any when they are asked for."""
    for page in visitor.page.context.pages if failed else ():
        visitor.album.pictures[f"failed-{name}"] = page.screenshot(full_page=True)
    if failed or os.environ.get("E2E_SCREENSHOTS") == "1":
        visitor.album.write(ARTEFACTS)
