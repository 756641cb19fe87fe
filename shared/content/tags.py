"""Start tags in HTML as rendering writes it: attributes in double quotes, `<` and `>` escaped."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

_ATTRIBUTE: Final = re.compile(r"""([^\s=/>"']++)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


def tag_pattern(*names: str) -> re.Pattern[str]:
    """Match the start tags of these elements; group 1 is the name, 2 the attributes."""
    return re.compile(
        rf"""<({"|".join(names)})(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*+)>""",
        re.IGNORECASE,
    )


def read_attributes(text: str) -> dict[str, str]:
    """Read attributes, unescaped, in their order; of two of one name the first counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].lower(), unescape(value))
    return found


def write_tag(name: str, attributes: dict[str, str]) -> str:
    """Write a start tag."""
    inner = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{inner}>"


def edit_tags(
    html: str,
    pattern: re.Pattern[str],
    edit: Callable[[str, dict[str, str]], str | None],
) -> str:
    """Replace each matching tag by what `edit(name, attributes)` returns, None leaves it."""

    def replace(match: re.Match[str]) -> str:
        new = edit(match[1].lower(), read_attributes(match[2]))
        return match[0] if new is None else new

    return pattern.sub(replace, html)
