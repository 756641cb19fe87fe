"""Every address in an answer, wherever it stands: attributes, scripts, feeds, JSON, headers."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
from defusedxml.ElementTree import fromstring

from tests.whole.browser import Answer

HTML = {"text/html", "application/xhtml+xml"}
SCRIPT = {"text/javascript", "application/javascript"}
LINKING = {"href", "src", "action", "formaction", "poster", "cite", "data", "ping", "background"}
NOT_ADDRESSES = ("#", "data:", "mailto:", "tel:", "blob:")
PATTERN = re.compile(r"/0/|/_\w+_/|\{\}")
IN_MARKUP = re.compile(r"""(?:href|src|action)=["']([^"']+)["']""")
IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
IN_SCRIPT = re.compile(r"""(?:from|import)\s*\(?["'](\.[^"']+)["']""")


def parse(answer: Answer) -> Element:
    """Parse a page as the HTML standard does; the first error is raised."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(answer.text)
    return tree


def links_in(answer: Answer) -> Iterator[str]:
    """Yield every address in an answer, in full; forms that are posted are left to `forms_in`."""
    found = [answer.headers[name] for name in ("Location",) if name in answer.headers]
    for header in answer.headers.get_all("Link", []):
        found += re.findall(r"<([^>]+)>", header)
    if not 300 <= answer.status < 400:
        found += _READERS.get(answer.type, _nothing)(answer)
    for link in found:
        if link and not link.startswith(NOT_ADDRESSES):
            yield urljoin(answer.url, link)


def scripted_in(answer: Answer) -> Iterator[str]:
    """Yield the addresses that a page hands to its scripts; patterns to be filled in are none."""
    if answer.type not in HTML or 300 <= answer.status < 400:
        return
    for element in parse(answer).iter():
        for name, value in element.attrib.items():
            if name.startswith("data-") and _is_address(value) and not PATTERN.search(value):
                yield urljoin(answer.url, value)


def forms_in(answer: Answer) -> Iterator[str]:
    """Yield where the forms of a page are posted to."""
    if answer.type not in HTML or 300 <= answer.status < 400:
        return
    for form in parse(answer).iter("form"):
        if form.get("method", "get").lower() == "post":
            yield urljoin(answer.url, form.get("action") or answer.url)
            for button in form.iter("button"):
                if action := button.get("formaction"):
                    yield urljoin(answer.url, action)


def _in_html(answer: Answer) -> Iterator[str]:
    for element in parse(answer).iter():
        if not isinstance(element.tag, str):
            continue
        posted = element.tag == "form" and element.get("method", "get").lower() == "post"
        for name, value in element.attrib.items():
            if name == "srcset":
                yield from (candidate.split()[0] for candidate in value.split(",") if candidate)
            elif name in {"formaction", "placeholder"} or (name == "action" and posted):
                continue
            elif name in LINKING or (_is_address(value) and not name.startswith("data-")):
                yield value
        if element.tag == "script" and element.get("type") == "application/ld+json":
            yield from _strings(json.loads(element.text or ""))


def _is_address(value: str) -> bool:
    """Tell whether an attribute such as `data-complete` or `content` holds an address."""
    return bool(re.fullmatch(r"(?:https?:/)?/[^\s]+", value)) and not value.startswith("//")


def _in_json(answer: Answer) -> Iterator[str]:
    document = json.loads(answer.body)
    for value in _strings(document, everything=True):
        if value.startswith(("http://", "https://")):
            yield value
        yield from IN_MARKUP.findall(value)
    for server in document.get("servers", []) if isinstance(document, dict) else ():
        yield server["url"]


def _in_xml(answer: Answer) -> Iterator[str]:
    for element in fromstring(answer.body).iter():
        for value in (*element.attrib.values(), (element.text or "").strip()):
            if value.startswith(("http://", "https://", "/")):
                yield value
            yield from IN_MARKUP.findall(value)


def _in_text(answer: Answer) -> Iterator[str]:
    for line in answer.text.splitlines():
        name, _, value = line.partition(": ")
        if name in {"Sitemap", "Disallow", "Allow"}:
            yield value


def _strings(value: Any, *, everything: bool = False) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _strings(item, everything=everything)
    elif isinstance(value, str) and (everything or _is_address(value)):
        yield value


def _nothing(_: Answer) -> Iterator[str]:
    yield from ()


_READERS = (
    dict.fromkeys(HTML, _in_html)
    | dict.fromkeys(SCRIPT, lambda answer: IN_SCRIPT.findall(answer.text))
    | dict.fromkeys(("application/json", "application/feed+json"), _in_json)
    | dict.fromkeys(("application/atom+xml", "application/rss+xml", "application/xml"), _in_xml)
    | {
        "text/css": lambda answer: IN_CSS.findall(answer.text),
        "text/plain": _in_text,
    }
)
