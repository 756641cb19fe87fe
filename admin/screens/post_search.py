"""Searching posts and pages: by the words of their titles and texts, through the search index."""

from sqlalchemy.orm import Session

from admin.crud import Hits, SearchIndex
from shared.domain.search_all import want


class PostSearch(SearchIndex):
    """The index, for one kind; `columns` are looked into when it finds nothing."""

    def __init__(self, kind: str, *columns: str) -> None:
        self._kind, self.columns = kind, columns

    def find(self, session: Session, words: str, most: int) -> Hits | None:
        """Return the newest posts with these words, and drafts with them in the title."""
        wanted = want(session, words)
        if wanted is None:
            return None
        return Hits(wanted.find(session, kind=self._kind, most=most), wanted.holds)
