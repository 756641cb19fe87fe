"""The state of a post beside its texts: which revisions are shown, from when on, by whom."""

from typing import Any, Final

from shared.domain.documents import columns_of, dump
from shared.models import Post

# Made from the revision that is shown, or the row's own identity.
IDENTITY: Final = {"id", "kind", "version", "created_at", "updated_at"}
CONTENT: Final = {"title", "slug", "summary", "body", "language", "byline", "meta", "comments"}
RENDERED: Final = {"html", "excerpt", "words", "renderer"}
STATE: Final = tuple(name for name in columns_of(Post) if name not in IDENTITY | CONTENT | RENDERED)


def state_of(post: Post) -> dict[str, Any]:
    """Return the state of a post as a document."""
    return dump(post, STATE)
