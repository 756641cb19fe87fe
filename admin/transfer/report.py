"""What an import tells afterwards: counts, and every single thing that needs a person's eye."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

COUNTS: Final = (
    "read",
    "created",
    "updated",
    "unchanged",
    "skipped",
    "drafts",
    "scheduled",
    "redirects",
    "media",
)
KINDS: Final = {
    "skipped": "Files skipped",
    "kept": "Changed at the source, but edited here since: left alone",
    "renamed": "Numbered, because the name was taken",
    "authors": "Authors who have no account here",
    "translations": "Translations of what is not here",
    "unresolved": "Images and links that lead nowhere",
    "liquid": "Liquid left as text",
    "attributes": "kramdown attributes removed",
    "redirects": "Old addresses without a redirect",
    "taxonomy": "Tags and categories",
}


class TransferError(Exception):
    """Nothing can be imported; the message says why."""


@dataclass(frozen=True, order=True)
class Notice:
    """One thing to look at: in which file, on which line (0: the file as a whole), and what."""

    file: str
    line: int
    kind: str
    text: str

    @property
    def place(self) -> str:
        """Return `file:line`, or the file alone."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass
class Report:
    """The outcome of one import."""

    source: str
    counts: Counter[str] = field(default_factory=Counter)
    notices: list[Notice] = field(default_factory=list)

    def add(self, kind: str, file: str, text: str, *, line: int = 0) -> None:
        """Note one thing."""
        self.notices.append(Notice(file, line, kind, text))

    def skip(self, file: str, reason: str, *, line: int = 0) -> None:
        """Count and name a file that did not come in."""
        self.counts["skipped"] += 1
        self.add("skipped", file, reason, line=line)

    def of_kind(self, kind: str) -> list[Notice]:
        """Return the notices of one kind, by file and line."""
        return sorted(notice for notice in self.notices if notice.kind == kind)

    def as_document(self) -> dict[str, Any]:
        """Return the report for a program."""
        return {
            "source": self.source,
            "counts": {name: self.counts[name] for name in COUNTS},
            "notices": [vars(notice) for kind in KINDS for notice in self.of_kind(kind)],
        }

    def as_text(self) -> str:
        """Return the report for a person."""
        lines = [f"{name:<10}{self.counts[name]:>6}" for name in COUNTS]
        for kind, heading in KINDS.items():
            found = self.of_kind(kind)
            if found:
                width = max(len(notice.place) for notice in found)
                lines += ["", f"{heading} ({len(found)}):"]
                lines += [f"  {notice.place:<{width}}  {notice.text}" for notice in found]
        return "\n".join(lines)
