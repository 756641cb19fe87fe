"""What a check says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from shared.runtime import Runtime

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: how it stands, and what to do unless it is well."""

    name: str
    level: Level
    text: str
    advice: str = ""

    def as_line(self) -> str:
        """Return it as one line for a person."""
        advice = f". {self.advice}" if self.advice else ""
        return f"{self.level:<8}{self.name:<13}{self.text}{advice}"


# A check returns None when it does not apply, such as SQLite's on PostgreSQL.
Check = Callable[[Runtime], Finding | None]
