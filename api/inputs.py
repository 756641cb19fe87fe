"""Reading what a request sends, by the schema that documents it."""

from collections.abc import Iterable
from typing import Any, TypeVar

from flask import request
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from werkzeug.datastructures import MultiDict

from api import strict_json
from api.errors import ApiError, summary
from api.fields import LARGEST_ID, Input, Query
from shared.domain.errors import NotFound
from shared.error_codes import ErrorCode

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
FORM = "application/x-www-form-urlencoded"

Schema = TypeVar("Schema", bound=Input)
Parameters = TypeVar("Parameters", bound=Query)


def check_path(values: dict[str, Any]) -> None:
    """Raise NotFound for a number in the path that no row can have."""
    for value in values.values():
        if isinstance(value, int) and not 1 <= value <= LARGEST_ID:
            raise NotFound(f"There is nothing with the number {str(value)[:20]}.")


def read_query(schema: type[Parameters]) -> Parameters:
    """Read the query string; raises ApiError naming each parameter that is wrong or unknown."""
    given = flatten(request.args)
    unknown = dict.fromkeys(given.keys() - schema.model_fields, "There is no such parameter.")
    if unknown:
        raise wrong(dict(sorted(unknown.items())), status=400)
    return validate(schema, given, strict=False)


def read_body(schema: type[Schema], media: Iterable[str]) -> Schema:
    """Read the body in one of these media types; raises ApiError naming each wrong field."""
    raw = request.get_data()
    if not raw and request.mimetype != FORM:
        return validate(schema, {}) if is_optional(schema) else _refuse_empty(media)
    if request.mimetype not in media:
        raise _unsupported(media)
    if request.mimetype == FORM:
        return validate(schema, flatten(request.form))
    return validate(schema, read_json(raw))


def validate(schema: type[Schema], value: Any, *, strict: bool = True) -> Schema:
    """Check a value by a schema; raises ApiError naming each wrong field.

    A change without the `version` it is based on is 428 (RFC 6585), other faults are 422.
    """
    try:
        return schema.model_validate(value, strict=strict)
    except ValidationError as error:
        errors = error.errors()
        missing = any(item["loc"] == ("version",) and item["type"] == "missing" for item in errors)
        only = missing and len(errors) == 1
        refused = wrong(_by_field(errors), status=428 if only else schema.invalid.status)
        refused.extra = schema.invalid.members
        raise refused from error


def is_optional(schema: type[Input]) -> bool:
    """Tell whether a body may be left out: none of its fields is needed."""
    return not any(field.is_required() for field in schema.model_fields.values())


def read_json(raw: bytes) -> Any:
    """Read JSON; raises ApiError saying what is wrong with it."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8"}:
        raise ApiError(
            ErrorCode.PARAMETER,
            "JSON is sent in UTF-8 (RFC 8259).",
            status=415,
            errors={"Content-Type": "Leave the charset out, or give utf-8."},
        )
    try:
        return strict_json.parse(raw)
    except strict_json.BadJson as error:
        raise ApiError(ErrorCode.PARAMETER, str(error)) from error


def flatten(values: MultiDict[str, str]) -> dict[str, str]:
    """Return each value once; raises ApiError for a name given twice or a bad character."""
    found = {}
    errors = {}
    for name, given in values.lists():
        try:
            strict_json.check_text(name + given[0])
        except strict_json.BadJson as error:
            errors[name] = str(error)
        if len(given) > 1:
            errors[name] = "Give this once."
        found[name] = given[0]
    if errors:
        raise wrong(errors, status=400)
    return found


def wrong(errors: dict[str, str], *, status: int) -> ApiError:
    """Return the refusal of these fields."""
    return ApiError(ErrorCode.PARAMETER, summary(errors), status=status, errors=errors)


def _refuse_empty(media: Iterable[str]) -> Any:
    if request.mimetype and request.mimetype not in media:
        raise _unsupported(media)
    raise ApiError(ErrorCode.PARAMETER, "This needs a JSON body.")


def _unsupported(media: Iterable[str]) -> ApiError:
    accepted = ", ".join(media)
    return ApiError(
        ErrorCode.PARAMETER,
        f"The body must be {accepted}.",
        status=415,
        errors={"Content-Type": f"Give {accepted}."},
        headers={"Accept-Patch" if request.method == "PATCH" else "Accept-Post": accepted},
    )


def _by_field(errors: list[ErrorDetails]) -> dict[str, str]:
    return {
        ".".join(map(str, item["loc"])) or "body": _sentence(item)
        for item in reversed(errors)  # of several at one field the first is kept
    }


def _sentence(item: ErrorDetails) -> str:
    said = item["msg"].removeprefix("Value error, ")
    return said if said.endswith(".") else f"{said}."
