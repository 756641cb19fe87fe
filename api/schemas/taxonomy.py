"""Categories and tags as clients write and read them."""

from datetime import datetime

from pydantic import Field

from api.fields import Id, Input, Output
from api.schemas.patches import patch_of


class TagContent(Input):
    """A tag as it is written."""

    name: str = Field(min_length=1, max_length=100, pattern=r"\S", examples=["Python"])
    slug: str = Field("", max_length=200, description="Empty: made from the name.")
    description: str = Field("", max_length=1000)


class CategoryContent(TagContent):
    """A category as it is written."""

    parent_id: Id | None = Field(None, description="The category above; null: at the top.")


TagPatch = patch_of("TagPatch", TagContent)
CategoryPatch = patch_of("CategoryPatch", CategoryContent)


class Tag(Output):
    """A word that posts share."""

    id: int
    name: str
    slug: str
    url: str = Field(description="Its list on the site.", json_schema_extra={"format": "uri"})
    description: str
    updated_at: datetime
    version: int = Field(description="To be sent with a change.")


class Category(Tag):
    """A node of the tree of categories."""

    path: str = Field(description="The slugs from the top.", examples=["notes/python"])
    parent_id: int | None


class TagList(Output):
    """One page of a list."""

    items: list[Tag]
    next: str | None = Field(description="The `cursor` of the next page, if there is one.")


class CategoryList(Output):
    """One page of a list."""

    items: list[Category]
    next: str | None = Field(description="The `cursor` of the next page, if there is one.")
