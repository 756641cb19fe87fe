"""The one shape of every answer without a resource in it: done, or a problem (RFC 9457)."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field

from shared.error_codes import ErrorCode
from shared.log_context import request_urn

LONGEST_ECHO = 1_024  # characters of the path that are repeated in an answer
PROBLEM_TYPE = "application/problem+json"


class Done(BaseModel):
    """What is answered when there is nothing else to say."""

    error_code: int = Field(description="0: it went well.", json_schema_extra={"const": 0})
    msg: str = Field(examples=["ok"])
    request: str = Field(
        description="Method and path inside the API, without the query string.",
        examples=["POST /v1/client/register"],
    )


class FieldError(BaseModel):
    """What is wrong with one field, parameter or header."""

    field: str = Field(description="Its name; inside a body the path to it, joined by dots.")
    message: str


class Problem(BaseModel):
    """Every failure, whatever its cause."""

    model_config = ConfigDict(extra="allow")

    error_code: int = Field(
        description="One of the codes in the table of errors.",
        json_schema_extra={"enum": [int(code) for code in ErrorCode if code]},
    )
    msg: str = Field(description="What went wrong, in a sentence.")
    request: str = Field(description="Method and path inside the API, without the query string.")
    type: str = Field(description="URN of the error code (RFC 9457).")
    title: str = Field(description="What the error code means.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="As `msg`.")
    instance: str = Field(description="URN of this request; name it when asking for help.")
    errors: list[FieldError] = Field(
        default=[], description="Each field that is wrong, where fields are."
    )


def asked() -> str:
    """Return the method and path of the request at hand, as answers repeat it."""
    return f"{request.method} {request.path[:LONGEST_ECHO]}"


def done() -> Done:
    """Return the success with nothing else to say."""
    return Done(error_code=0, msg="ok", request=asked())


def problem_response(
    code: ErrorCode,
    status: int,
    detail: str,
    *,
    errors: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Response:
    """Make the answer of a failure; `errors` maps fields to messages, `extra` adds members."""
    body = Problem(
        error_code=code,
        msg=detail,
        request=asked(),
        type=code.urn,
        title=code.meaning,
        status=status,
        detail=detail,
        instance=request_urn(),
        **(extra or {}),
    )
    if errors:
        body.errors = [FieldError(field=name, message=said) for name, said in errors.items()]
    response = json_response(body, status, PROBLEM_TYPE)
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(headers or {})
    return response


def json_response(body: BaseModel, status: int, kind: str = "application/json") -> Response:
    """Serialise a schema; members that were not set are left out."""
    return Response(
        body.__pydantic_serializer__.to_json(body, exclude_unset=True), status, mimetype=kind
    )
