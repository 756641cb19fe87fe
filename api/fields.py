"""Kinds of fields that several schemas share, strict in JSON and in query strings alike."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

LARGEST_ID = 2**31 - 1
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def read_instant(value: Any) -> datetime:
    """Read an instant of RFC 3339; raises ValueError for anything else, numbers included."""
    text = value.upper() if isinstance(value, str) else ""
    if not _RFC3339.fullmatch(text):
        raise ValueError("Give an instant such as 2026-03-01T12:00:00Z.")
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("There is no such instant.") from error


def _read_integral(value: Any) -> Any:
    """Read 7.0 as 7: to JSON Schema both are integers."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def without_default(schema: dict[str, Any]) -> None:
    """Document a field as one that may be left out, with nothing in its place."""
    schema.pop("default", None)


def _read_whole(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{1,10}", value, re.ASCII):
            raise ValueError("Give a whole number.")
        return int(value)
    return value


Id = Annotated[int, Field(ge=1, le=LARGEST_ID), BeforeValidator(_read_integral)]
Version = Id
Instant = Annotated[
    datetime,
    BeforeValidator(read_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="validation"),
]
# A number in a query string, where everything is text.
Whole = Annotated[int, BeforeValidator(_read_whole)]


@dataclass(frozen=True)
class Invalid:
    """How wrong values are answered: the HTTP status, and further members of the problem."""

    status: int = 422
    members: dict[str, str] = field(default_factory=dict)


class Input(BaseModel):
    """The base of what clients send: unknown members and other types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)
    invalid: ClassVar[Invalid] = Invalid()


class Query(Input):
    """The base of query strings; the name of each field is a parameter."""

    invalid: ClassVar[Invalid] = Invalid(400)


class Output(BaseModel):
    """The base of what clients get."""

    model_config = ConfigDict(frozen=True)
