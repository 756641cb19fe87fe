"""Reading the calendar's page as a person does."""

import re
from html import unescape

from tests.admin.signing_in import Browser

CELL = re.compile(r"<td([^>]*)>(.*?)</td>", re.DOTALL)


def read_days(browser: Browser, path: str) -> dict[str, list[str]]:
    """Return what stands on each day that has anything, in words."""
    answer = browser.get(path)
    assert answer.status == 200, answer.page.text
    days = {}
    for _, cell in CELL.findall(answer.page.html):
        lines = [_text(line) for line in re.findall(r"<li>(.*?)</li>", cell, re.DOTALL)]
        if lines:
            days[re.search(r'data-day="([^"]+)"', cell)[1]] = lines
    return days


def links_of(browser: Browser, path: str) -> dict[str, tuple[str, str]]:
    """Return where each day leads, and what that is called."""
    html = browser.get(path).page.html
    found = re.findall(r'data-day="([^"]+)" href="([^"]+)" aria-label="([^"]+)"', html)
    return {day: (unescape(url), unescape(label)) for day, url, label in found}


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
