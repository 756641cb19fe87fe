"""A menu as a list of lines with a depth, moved about by presses of buttons."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from shared.domain.menu_options import MOST_OF_A_LABEL, MenuItem


@dataclass(frozen=True)
class Line:
    """One line: 0 deep, or 1 where it stands below the last line that is not."""

    target: str
    label: str = ""
    depth: int = 0


def lines_of(menu: Iterable[MenuItem]) -> list[Line]:
    """Return the lines of a menu."""
    found = []
    for item in menu:
        found.append(Line(item.target, item.label))
        found += [Line(child.target, child.label, 1) for child in item.children]
    return found


def menu_of(lines: Iterable[Line]) -> tuple[MenuItem, ...]:
    """Return the menu that lines make."""
    menu: list[MenuItem] = []
    for line in lines:
        item = MenuItem(target=line.target, label=line.label)
        if line.depth and menu:
            menu[-1] = replace(menu[-1], children=(*menu[-1].children, item))
        else:
            menu.append(item)
    return tuple(menu)


def read_lines(form: MultiDict[str, str]) -> list[Line]:
    """Read the lines that a form has, in its order."""
    fields = (form.getlist(name) for name in ("target", "label", "depth"))
    return [
        Line(target.strip(), " ".join(label.split())[:MOST_OF_A_LABEL], int(depth == "1"))
        for target, label, depth in zip(*fields, strict=False)
    ]


def act(lines: Sequence[Line], order: str) -> list[Line]:
    """Return the lines after a press such as `up:3`; an order that cannot be is passed over."""
    name, _, number = order.partition(":")
    at = int(number) if number.isdecimal() else -1
    if name not in _ACTS or not 0 <= at < len(lines):
        return list(lines)
    return _settle(_ACTS[name](list(lines), at))


def _settle(lines: list[Line]) -> list[Line]:
    """Let the first line stand below none."""
    return [replace(lines[0], depth=0), *lines[1:]] if lines else lines


def _end(lines: list[Line], at: int) -> int:
    """Return where the block of a line ends: itself, and what stands below it."""
    end = at + 1
    while not lines[at].depth and end < len(lines) and lines[end].depth:
        end += 1
    return end


def _up(lines: list[Line], at: int) -> list[Line]:
    end, before = _end(lines, at), at - 1
    if before < 0:
        return lines
    while not lines[at].depth and lines[before].depth and before:
        before -= 1
    return [*lines[:before], *lines[at:end], *lines[before:at], *lines[end:]]


def _down(lines: list[Line], at: int) -> list[Line]:
    end = _end(lines, at)
    if end >= len(lines):
        return lines
    after = end + 1 if lines[at].depth else _end(lines, end)
    return [*lines[:at], *lines[end:after], *lines[at:end], *lines[after:]]


def _in(lines: list[Line], at: int) -> list[Line]:
    return [*lines[:at], replace(lines[at], depth=1), *lines[at + 1 :]]


def _out(lines: list[Line], at: int) -> list[Line]:
    return [*lines[:at], replace(lines[at], depth=0), *lines[at + 1 :]]


def _remove(lines: list[Line], at: int) -> list[Line]:
    return [*lines[:at], *lines[at + 1 :]]


_ACTS: Final[dict[str, Callable[[list[Line], int], list[Line]]]] = {
    "up": _up,
    "down": _down,
    "in": _in,
    "out": _out,
    "remove": _remove,
}
