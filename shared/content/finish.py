"""Last touches on sanitised HTML, the same for Markdown and raw HTML: links and images."""

import re
from typing import Final
from urllib.parse import unquote

from shared.content import own_links
from shared.content.pictures import is_missing, missing_image
from shared.content.sanitise import USER_ID
from shared.content.tags import edit_tags, tag_pattern, write_tag
from shared.content.wording import Wording

_TOUCHED: Final = tag_pattern("a", "img", "input")
_EXTERNAL: Final = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_USER_ID: Final = re.compile(rf' id="{USER_ID}([^"]*)"')


def finish(html: str, wording: Wording) -> str:
    """Mark external links, follow prefixed ids, disable boxes, load images late or name them."""
    user_ids = set(_USER_ID.findall(html))

    def edit(name: str, attributes: dict[str, str]) -> str | None:
        if name == "a":
            return _edit_link(attributes, user_ids)
        if name == "input":
            return write_tag(name, {"type": "checkbox", "disabled": ""} | attributes)
        if is_missing(source := attributes.get("src", "")):
            return missing_image(attributes.get("alt", ""), source, wording)
        attributes.setdefault("alt", "")
        return write_tag("img", attributes | {"loading": "lazy", "decoding": "async"})

    return edit_tags(html, _TOUCHED, edit)


def _edit_link(attributes: dict[str, str], user_ids: set[str]) -> str | None:
    target = attributes.get("href", "").strip()
    if target[: len(own_links.SCHEME)].lower() == own_links.SCHEME:
        rest = {name: value for name, value in attributes.items() if name != "href"}
        return write_tag("a", ({"href": target} if own_links.is_target(target) else {}) | rest)
    if _EXTERNAL.match(target):
        return write_tag("a", attributes | {"rel": "noopener"})
    if target.startswith("#") and (name := unquote(target[1:])) in user_ids:
        return write_tag("a", attributes | {"href": f"#{USER_ID}{name}"})
    return None
