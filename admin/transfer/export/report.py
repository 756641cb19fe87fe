"""What an export tells afterwards: counts, and what is missing in the archive."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

COUNTS: Final = ("posts", "pages", "drafts", "working", "redirects", "media", "media_bytes")
MOST_NAMED: Final = 1_000
ABOUT: Final = """\
Everything that this site holds, as Markdown and media. The archive is a Jekyll site.

_posts/       posts, published or to be published; the front matter says when
_drafts/      posts that never were, or no longer are
pages/        pages such as About; drafts of pages have `published: false`
working/      changes that are not published yet, beside what visitors see
media/        pictures and other files, at the addresses that the texts use
site.yaml, categories.yaml, tags.yaml, authors.yaml, redirects.csv

To bring it into another instance: unpack it, then `flask import jekyll FOLDER`.
"""


@dataclass
class Report:
    """The outcome of one export; it grows while the archive is written."""

    counts: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)

    def miss(self, what: str) -> None:
        """Count what is not in the archive, and name it while the list is not too long."""
        self.counts["missing"] += 1
        if len(self.missing) < MOST_NAMED:
            self.missing.append(what)

    def as_document(self) -> dict[str, Any]:
        """Return the report for a program."""
        return {
            "counts": {name: self.counts[name] for name in (*COUNTS, "missing")},
            "missing": self.missing,
        }

    def as_text(self) -> str:
        """Return the report for a person."""
        lines = [f"{name:<11}{self.counts[name]:>12,}" for name in COUNTS]
        if self.missing:
            lines += ["", f"Missing ({self.counts['missing']:,}):"]
            lines += [f"  {what}" for what in self.missing]
        if self.counts["missing"] > len(self.missing):
            lines.append(f"  and {self.counts['missing'] - len(self.missing):,} more")
        return "\n".join(lines)
