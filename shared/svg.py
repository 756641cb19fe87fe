"""Whether an SVG picture is only a picture: one that runs nothing and fetches nothing."""

import re
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

FETCHES: Final = "is an SVG picture that fetches something"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_ACTIVE: Final = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler"})
_MOVING: Final = frozenset({"set", "animate"})
_LOCAL: Final = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp);|$)", re.IGNORECASE)
_SCRIPT: Final = re.compile(r"\s*(?:javascript|data|vbscript):", re.IGNORECASE)
_IGNORED: Final = re.compile(r"[\t\n\r]")  # by whoever reads an address (URL Standard, 4.4)
# Also what CSS may write otherwise: a backslash escapes any letter of `url(` or `@import`.
_FETCHED: Final = re.compile(
    r"url\(\s*['\"]?(?!#|\s*data:image/)|@import|image-set\(|src\(|\\", re.IGNORECASE
)
_STYLESHEET: Final = re.compile(rb"<\?xml-stylesheet", re.IGNORECASE)


def find_danger(data: bytes) -> str:
    """Return why this is no harmless SVG, or nothing."""
    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError):
        return "is markup that is not a well-formed SVG picture"
    if root.tag not in {f"{_SVG}svg", "svg"}:
        return "is markup, but not an SVG picture"
    if _STYLESHEET.search(data):
        return FETCHES
    return next((found for item in root.iter() if (found := _danger_of(item))), "")


def _danger_of(item: Element) -> str:
    name = str(item.tag).rpartition("}")[2].lower()
    if name in _ACTIVE:
        return f"is an SVG picture with <{name}>"
    if name == "style" and _FETCHED.search("".join(item.itertext())):
        return FETCHES
    found = (_danger_in(name, key, value) for key, value in item.attrib.items())
    return next(filter(None, found), "")


def _danger_in(name: str, key: str, value: str) -> str:
    attribute, value = key.rpartition("}")[2].lower(), _IGNORED.sub("", value)
    if attribute.startswith("on"):
        return f"is an SVG picture with {attribute}="
    if name in _MOVING and attribute == "attributename" and "href" in value.lower():
        return "is an SVG picture that changes its links"
    if attribute == "href" and name == "a":
        return "is an SVG picture with a script in a link" if _SCRIPT.match(value) else ""
    fetched = attribute in {"href", "src"} and not _LOCAL.match(value)
    styles = "}" not in key and _FETCHED.search(value)
    return FETCHES if fetched or attribute == "base" or styles else ""
