"""Reading a list of the console as a person does: rows, headings and the way on."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

from sqlalchemy import insert

from shared.models import Post
from tests.admin.signing_in import Browser
from tests.cast import NOON

ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r'<td class="cell-(\w+)[^"]*" data-label="([^"]+)"[^>]*>(.*?)</td>', re.DOTALL)
TICK = re.compile(r'name="ids" value="(\d+)"')


@dataclass(frozen=True)
class Listing:
    """One page of a list."""

    html: str
    rows: list[dict[str, str]]
    ids: list[int]
    sorted: dict[str, str]
    previous: str
    next: str
    count: str

    def column(self, title: str) -> list[str]:
        """Return the cells of a column."""
        return [row[title] for row in self.rows]


def read_list(browser: Browser, path: str) -> Listing:
    """Open a list and read it."""
    answer = browser.get(path)
    assert answer.status == 200, answer.page.text
    html = answer.page.html
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [
        {unescape(title): _text(cell) for _, title, cell in CELL.findall(row)}
        for row in ROW.findall(body)
        if CELL.search(row)
    ]
    heads = re.findall(r'aria-sort="(\w+)"><a[^>]*>([^<]+)</a>', html)
    return Listing(
        html=html,
        rows=rows,
        ids=[int(number) for number in TICK.findall(body)],
        sorted={title: direction for direction, title in heads},
        previous=_link(html, "prev", path),
        next=_link(html, "next", path),
        count=re.search(r"([\d,]+\+?) in all", html)[1],
    )


def every_page(browser: Browser, path: str) -> list[Listing]:
    """Follow a list to its end."""
    pages = [read_list(browser, path)]
    while pages[-1].next:
        pages.append(read_list(browser, pages[-1].next))
    return pages


def fill(runtime, number, **over):
    """Write posts by their rows, ten of which share each title, day of change and publication."""

    def row(n):
        day = NOON - timedelta(days=n // 10)
        plain = {"title": f"Post {n // 10:03}", "updated_at": day, "published_at": day}
        plain |= {"kind": "post", "version": 1, "slug": f"post-{n}", "author_id": None, "meta": {}}
        plain |= {"created_at": day, "expires_at": None, "trashed_at": None, "working_id": None}
        return plain | {name: value(n) for name, value in over.items()}

    with runtime.database.writing() as session:
        ids = session.scalars(
            insert(Post).returning(Post.id, sort_by_parameter_order=True),
            [row(n) for n in range(number)],
        ).all()
        session.commit()
    return ids


def _text(cell: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())


def _link(html: str, rel: str, path: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', html)
    return path.partition("?")[0] + unescape(found[1]) if found else ""
