"""What of an instance goes out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement

from shared.models import Post


@dataclass(frozen=True, kw_only=True)
class Scope:
    """With or without media; `drafts` stands for all that visitors do not see yet or any more.

    What lies in the trash never goes out.
    """

    media: bool = True
    drafts: bool = True

    def posts(self, now: datetime) -> ColumnElement[bool]:
        """Return which posts and pages go out at `now`."""
        return Post.trashed_at.is_(None) if self.drafts else Post.public(now)
