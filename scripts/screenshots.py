"""Takes the pictures of README: starts a new instance, writes as a person would, and looks.

Run with `.venv/bin/python -m scripts.screenshots` after `make test` has installed the browser.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, ViewportSize, sync_playwright

PICTURES = Path("docs/images")
SIZE = ViewportSize(width=1200, height=800)
OWNER = {
    "site_title": "The Morning Panel",
    "name": "Ann Field",
    "email": "ann@example.org",
    "password": "correct horse battery staple",
    "repeat": "correct horse battery staple",
}


@contextmanager
def running_instance() -> Iterator[tuple[str, str]]:
    """Start the platform on a new instance; give its address and its set-up link."""
    folder = tempfile.mkdtemp(prefix="triptych-")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = os.environ | {"INSTANCE": folder, "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "scripts.serve"], env=environ, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    try:
        lines = iter(server.stdout.readline, "")
        link = next(found[0] for line in lines if (found := re.search(r"http\S+/setup/\S+", line)))
        yield f"http://127.0.0.1:{port}", link
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder)


def wait_until_ready(base: str) -> None:
    """Wait at most 20 seconds for the first answer."""
    for _ in range(100):
        try:
            urlopen(f"{base}/readyz").close()  # noqa: S310 - an address of this machine, made above
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("triptych: the server did not answer")


def take(page: Page, base: str, link: str) -> None:
    """Set up the owner and picture the site and the editor."""
    page.goto(link)
    for name, value in OWNER.items():
        page.fill(f"[name={name}]", value)
    page.click("main button[type=submit]")
    page.goto(f"{base}/")
    page.screenshot(path=PICTURES / "site.png")
    page.goto(f"{base}/admin/page/")
    page.click("text=Markdown, all of it")
    page.wait_for_selector(".cm-content")
    page.screenshot(path=PICTURES / "console.png")


def main() -> None:
    """Take both pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    browser_path = shutil.which("chromium")
    with running_instance() as (base, link), sync_playwright() as driver:
        wait_until_ready(base)
        browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        take(browser.new_page(viewport=SIZE), base, link)
        browser.close()


if __name__ == "__main__":
    main()
