"""A page of the site, read as strictly as the HTML standard reads it."""

import json
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse


class Page:
    """An answer whose HTML was parsed without a single error."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.text = response.get_data(as_text=True)
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(self.text)

    def all(self, path: str) -> list[Element]:
        """Return the elements at an ElementTree path anywhere in the page."""
        return self.root.findall(f".//{path}")

    def one(self, path: str) -> Element:
        """Return the only element at a path."""
        (found,) = self.all(path)
        return found

    def texts(self, path: str) -> list[str]:
        """Return the text of the elements at a path, blanks made one."""
        return [text_of(element) for element in self.all(path)]

    def links(self, path: str = "a") -> list[str]:
        """Return where the links at a path lead."""
        return [element.get("href", "") for element in self.all(path)]

    def meta(self, name: str) -> list[str]:
        """Return what the head says under a name or a property."""
        return [
            element.get("content", "")
            for element in self.all("meta")
            if name in {element.get("name"), element.get("property")}
        ]

    def rel(self, name: str) -> list[str]:
        """Return the addresses that the head links to as this."""
        return [
            element.get("href", "") for element in self.all("link") if element.get("rel") == name
        ]

    @property
    def titles(self) -> list[str]:
        """The titles of the listed posts."""
        return [*self.texts("article[@class='entry']//h2"), *self.texts("section/ul/li/a")]

    @property
    def data(self) -> list[dict[str, Any]]:
        """The structured data."""
        return [
            json.loads(element.text or "")
            for element in self.all("script[@type='application/ld+json']")
        ]

    @property
    def doubled_ids(self) -> list[str]:
        """The ids that more than one element has."""
        counted = Counter(element.get("id") for element in self.root.iter() if element.get("id"))
        return [name for name, count in counted.items() if count > 1]


def text_of(element: Element) -> str:
    """Return an element's text, blanks made one."""
    return " ".join("".join(element.itertext()).split())
