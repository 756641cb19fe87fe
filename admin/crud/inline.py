"""How a cell is changed in its place: by which verb, and who may."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.domain.permissions import Permission
from shared.domain.work import Work


@dataclass(frozen=True)
class Edit:
    """A verb that gives a row another text, called with row, text and unit of work.

    The version that the person saw was compared before; the verb counts it up and checks the rule.
    `read` returns what is changed where that is not what the list shows: the title of a working
    copy that visitors do not see yet.
    """

    verb: Callable[[Any, str, Work], None]
    permissions: tuple[Permission, ...]
    read: Callable[[Any], str] | None = None
