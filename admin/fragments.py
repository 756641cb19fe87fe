"""Parts of pages that are the same for many: written once for each language, and kept."""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Any, Final

from flask import Flask, render_template, request
from markupsafe import Markup

from admin.languages import language_tag

MOST: Final = 256


def register_fragments(app: Flask) -> None:
    """Give the templates `kept`."""
    app.add_template_global(Kept().write, "kept")


class Kept:
    """The parts that were written, those asked for last at the end."""

    def __init__(self) -> None:
        self._parts: OrderedDict[tuple[Any, ...], Markup] = OrderedDict()
        self._lock = Lock()

    def write(self, template: str, *names: str | Iterable[str], **values: Any) -> Markup:
        """Return a part of a page; `names` tell all that its values differ by."""
        said = (name if isinstance(name, str) else tuple(name) for name in names)
        key = (request.script_root, language_tag(), template, *said)
        with self._lock:
            if (found := self._parts.get(key)) is not None:
                self._parts.move_to_end(key)
                return found
        part = Markup(render_template(template, **values))  # noqa: S704 - of a template, which escapes
        with self._lock:
            self._parts[key] = part
            if len(self._parts) > MOST:
                self._parts.popitem(last=False)
        return part
