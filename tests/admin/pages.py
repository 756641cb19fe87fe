"""Reading the console's pages as a browser does: forms with their fields, buttons and text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import MultiDict

VOID_TYPES = {"submit", "button", "reset", "image"}


@dataclass
class Form:
    """A form with what it would send, and the names and values of its buttons."""

    action: str
    attributes: dict[str, str]
    fields: MultiDict[str, str] = field(default_factory=MultiDict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def actions(self) -> list[str]:
        """The values of the buttons named `action`, each once, in order."""
        return list(dict.fromkeys(value for name, value in self.buttons if name == "action"))

    def filled(self, **changed: Any) -> MultiDict[str, str]:
        """Return what is sent when some fields were changed; a list replaces all of a name."""
        sent = self.fields.copy()
        for name, value in changed.items():
            sent.setlist(name, value if isinstance(value, list) else [value])
        return sent


class Page(HTMLParser):
    """A page's forms, its text and the values that it describes as wrong."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.forms: list[Form] = []
        self.text = ""
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self.feed(html)
        self.text = " ".join(self.text.split())

    @property
    def form(self) -> Form:
        """The editor's form, or the only one below the content."""
        return next(
            (form for form in self.forms if "data-editor" in form.attributes), self.forms[-1]
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given)
            self.forms.append(self._form)
        elif self._form is None or (tag != "option" and "name" not in given):
            return
        elif tag == "input":
            self._take_input(given)
        elif tag == "button":
            self._form.buttons.append((given["name"], given.get("value", "")))
        elif tag == "textarea":
            self._area = given["name"]
            self._form.fields.add(self._area, "")
        elif tag == "select":
            self._select, self._options = given["name"], []
        elif tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._form and self._area:
            # A browser drops the line end after the tag, and sends every other as CRLF.
            text = self._form.fields[self._area].replace("\r\n", "\n").removeprefix("\n")
            self._form.fields[self._area] = text.replace("\n", "\r\n")
            self._area = None
        elif tag == "select" and self._form and self._select:
            chosen = [value for value, selected in self._options if selected]
            self._form.fields.setlist(self._select, chosen or [self._options[0][0]])
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area and self._form:
            self._form.fields[self._area] += data
        self.text += f" {data}"

    def _take_input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in VOID_TYPES or (kind in {"checkbox", "radio"} and "checked" not in given):
            return
        assert self._form is not None
        self._form.fields.add(given["name"], given.get("value", ""))
