"""Whether an answer is right; nothing is timed before it is."""

import json
import re
from collections.abc import Sequence
from html import unescape
from typing import Any, Final

from bench.content import Entry
from bench.visitor import Answer
from shared.content.links import absolutise
from shared.content.markdown import render
from shared.domain.search_sql import CAP

SITE_PAGE: Final = 10  # what a new site shows on a page
API_PAGE: Final = 10
CONSOLE_PAGE: Final = 20
ARCHIVE_PAGE: Final = 80
FEED: Final = 20

_LISTED: Final = re.compile(r"<h2><a href=\"[^\"]*\">([^<]*)</a></h2>")
_ARCHIVED: Final = re.compile(r"</time>\s*<a href=\"[^\"]*\"[^>]*>([^<]*)</a></li>")
_FED: Final = re.compile(r"<entry[^>]*>\s*<title>([^<]*)</title>")
_HEADING: Final = re.compile(r"<h1[^>]*>([^<]*)</h1>")
_STATUS: Final = re.compile(r"role=\"status\">([^<]*)<")
_ROW: Final = re.compile(r"<a class=\"cell-main\" href=\"[^\"]*/edit/(\d+)/\">([^<]*)</a>")
_TITLE_FIELD: Final = re.compile(r"<textarea[^>]*name=\"title\"[^>]*>(.*?)</textarea>", re.DOTALL)
_BODY_FIELD: Final = re.compile(r"<textarea[^>]*name=\"body\"[^>]*>(.*?)</textarea>", re.DOTALL)


class WrongAnswerError(AssertionError):
    """An answer is not what the generated content asks for."""


def check_list(answer: Answer, expected: Sequence[Entry]) -> None:
    """A list of the site shows these posts, in this order."""
    _equal("status", answer.status, 200)
    _equal("titles", _titles(answer), [entry.title for entry in expected[:SITE_PAGE]])


def check_archive(answer: Answer, expected: Sequence[Entry]) -> None:
    """The archive names these posts, in this order."""
    _equal("status", answer.status, 200)
    found = [unescape(title) for title in _ARCHIVED.findall(answer.text)]
    _equal("titles", found, [entry.title for entry in expected[:ARCHIVE_PAGE]])


def check_feed(answer: Answer, expected: Sequence[Entry]) -> None:
    """A feed has these posts, in this order, with the whole text of the first."""
    _equal("status", answer.status, 200)
    found = [unescape(title) for title in _FED.findall(answer.text)]
    _equal("titles", found, [entry.title for entry in expected[:FEED]])
    told = re.search(r"<content[^>]*>(.*?)</content>", answer.text, re.DOTALL)
    html = absolutise(render(expected[0].body.source).html, base=answer.origin, page="/")
    _equal("text", _bare(unescape(told[1] if told else "")), _bare(html))


def check_post(answer: Answer, entry: Entry) -> None:
    """A page shows the title and the whole text of a post."""
    _equal("status", answer.status, 200)
    _equal("heading", [unescape(found) for found in _HEADING.findall(answer.text)], [entry.title])
    _holds("text", render(entry.body.source).html.strip(), answer.text)


def check_search(answer: Answer, expected: Sequence[Entry]) -> None:
    """A search tells how many posts hold the word, and shows ten of those."""
    _equal("status", answer.status, 200)
    found = _titles(answer)
    _equal("count of hits", len(found), min(SITE_PAGE, len(expected)))
    known = {entry.title for entry in expected}
    _equal("hits that do not hold the word", [title for title in found if title not in known], [])
    is_capped = len(expected) >= CAP
    said = re.findall(r"\d+", (_STATUS.findall(answer.text) or [""])[0])
    _equal("total", said[:1], [str(CAP - 1 if is_capped else len(expected))])


def check_api_list(answer: Answer, expected: Sequence[Entry]) -> None:
    """The API lists these posts, in this order, with their tags."""
    _equal("status", answer.status, 200)
    shown = [(item["id"], item["title"], _names(item)) for item in json.loads(answer.body)["items"]]
    wanted = [(entry.number, entry.title, sorted(entry.tags)) for entry in expected[:API_PAGE]]
    _equal("items", shown, wanted)


def check_api_item(answer: Answer, entry: Entry) -> None:
    """The API shows title, tags, source and the rendered text of a post, its links absolute."""
    _equal("status", answer.status, 200)
    item = json.loads(answer.body)
    html = render(entry.body.source).html
    _equal("id", item["id"], entry.number)
    _equal("title", item["title"], entry.title)
    _equal("tags", _names(item), sorted(entry.tags))
    _equal("source", item["markdown"], entry.body.source)
    _equal("text", item["html"], absolutise(html, base=answer.origin, page=item["url"]))


def check_console_list(answer: Answer, entries: Sequence[Entry]) -> None:
    """The console lists the posts that were changed last, the newest first."""
    _equal("status", answer.status, 200)
    shown = [(int(number), unescape(title)) for number, title in _ROW.findall(answer.text)]
    newest = sorted(entries, key=lambda entry: entry.at, reverse=True)[:CONSOLE_PAGE]
    _equal("rows", shown, [(entry.number, entry.title) for entry in newest])


def console_titles(answer: Answer) -> list[str]:
    """Return the titles that a list of the console shows."""
    return [unescape(title) for _, title in _ROW.findall(answer.text)]


def check_console_form(answer: Answer, entry: Entry) -> None:
    """The editor holds the title and the source of a post."""
    _equal("status", answer.status, 200)
    title = _TITLE_FIELD.search(answer.text)
    _holds("title", entry.title, unescape(title[1]) if title else "")
    bodies = [unescape(found).strip() for found in _BODY_FIELD.findall(answer.text)]
    _equal("source", bodies, [entry.body.source])


def _titles(answer: Answer) -> list[str]:
    return [unescape(found) for found in _LISTED.findall(answer.text)]


def _bare(html: str) -> str:
    """Return the text alone: addresses are told in a way of their own."""
    return re.sub(r"\s+|<[^>]*>", "", html)


def _names(item: dict[str, Any]) -> list[str]:
    return sorted(tag["name"] for tag in item["tags"])


def _equal(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise WrongAnswerError(f"{what} is {found!r:.300} instead of {expected!r:.300}")


def _holds(what: str, part: str, whole: str) -> None:
    if part not in whole:
        raise WrongAnswerError(f"{what}: {part!r:.200} is missing")
