"""What there is to mend in a text."""

from collections.abc import Iterable
from typing import Final, Literal

from pydantic import Field

from api.fields import Output
from shared.domain.posts import checks

NAMES: Final = {"body": "markdown"}  # where a member is named other than the field of the text


class Finding(Output):
    """One thing to mend."""

    rule: str = Field(description="Name of the rule.", examples=["image-alt"])
    level: Literal["hint", "warning", "error"] = Field(
        description="How much it matters; an `error` keeps the text from being published."
    )
    message: str = Field(description="What is wrong, in English.")
    line: int | None = Field(description="Line in the Markdown, from 1; null outside of it.")
    field: str = Field(description="The member that it is about.", examples=["markdown"])


class Findings(Output):
    """Everything that there is to mend, what matters most first."""

    items: list[Finding]

    @classmethod
    def of(cls, found: Iterable[checks.Finding]) -> "Findings":
        """Return what the rules found; the text is the member `markdown` here."""
        named = (vars(item) | {"field": NAMES.get(item.field, item.field)} for item in found)
        return cls(items=[Finding.model_validate(item) for item in named])
