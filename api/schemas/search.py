"""What a search asks and finds."""

from pydantic import Field

from api.fields import Output
from api.paging import PageQuery
from api.schemas.posts import Post


class SearchQuery(PageQuery):
    """What to look for."""

    q: str = Field(
        min_length=1,
        max_length=200,
        description="Words in any language; all must occur; “quoted words” in a row.",
        examples=["flask 学习"],
    )


class Hit(Post):
    """A post or page that was found."""

    snippet: str = Field(
        description="Escaped HTML of the passage that fits best, matches in `<mark>`."
    )


class SearchResult(Output):
    """One page of hits, best first."""

    items: list[Hit]
    total: int = Field(description="How many there are; counting stops at 1,000.")
    next: str | None = Field(description="The `cursor` of the next page, if there is one.")
