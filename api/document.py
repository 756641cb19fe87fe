"""The OpenAPI 3.1 document, made from the contract."""

import inspect
import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from api.callers import CLIENT, CREDENTIALS, PUBLIC
from api.contract import Operation
from api.envelope import PROBLEM_TYPE, Problem
from api.fields import LARGEST_ID, Query
from api.inputs import JSON, is_optional
from api.v1 import CONTRACTS
from shared.domain.permissions import SCOPE_PERMISSIONS
from shared.error_codes import ErrorCode

VERSION: Final = "1.0.0"
ABOUT: Final = """\
Read what is published without further ado; to write, register a client at
`/v1/client/register`, have an owner approve it in the console, and take a token at
`/v1/client/token`. Every answer is JSON, every failure a problem (RFC 9457) with one of these
codes:

| error_code | HTTP | meaning |
| --- | --- | --- |
"""
BODY_STATUSES: Final = (413, 415, 422)
RETRY: Final = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}
CHALLENGE: Final = {
    "WWW-Authenticate": {"schema": {"type": "string"}, "description": "What is needed."}
}
ERROR_HEADERS: Final = {401: CHALLENGE, 429: RETRY, 503: RETRY}


class _Schemas(GenerateJsonSchema):
    """JSON Schema without the titles that only repeat the names of fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's interface
        return False


@cache
def render_document() -> str:
    """Return the document as JSON text, as it is committed in api/openapi.json."""
    return json.dumps(make_document(), ensure_ascii=False, indent=2) + "\n"


def make_document() -> dict[str, Any]:
    """Return the document; server and links are relative, so that it fits any address."""
    operations = [operation for contract in CONTRACTS for operation in contract.operations]
    refs, schemas = _schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", operation.rule)
        paths.setdefault(path, {})[operation.method.lower()] = _operation(operation, refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Triptych API", "version": VERSION, "description": ABOUT + _table()},
        "servers": [{"url": "."}],
        "tags": [{"name": item.name, "description": item.about} for item in CONTRACTS],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {f"Error{status}": _problem(status) for status in _statuses()},
            "securitySchemes": _security_schemes(),
        },
    }


def _operation(operation: Operation, refs: dict[Any, Any]) -> dict[str, Any]:
    said = inspect.getdoc(operation.view) or ""
    made: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.endpoint.partition(".")[0]],
        "summary": said.split("\n")[0],
        "security": _security(operation.access),
        "parameters": [*_path_parameters(operation.rule), *_query_parameters(operation.query)],
        "responses": {str(operation.status): _success(operation, refs)}
        | {
            str(status): {"$ref": f"#/components/responses/Error{status}"}
            for status in sorted(failures(operation))
        },
    }
    if operation.body is not None:
        schema = refs[operation.body, "validation"]
        made["requestBody"] = {
            "required": not is_optional(operation.body),
            "content": {kind: {"schema": schema} for kind in operation.media},
        }
    return made


def failures(operation: Operation) -> set[int]:
    """Return the HTTP statuses with which an operation may fail."""
    found = {400, 500, 503} | {code.status for code in operation.errors}
    if operation.access != CREDENTIALS or operation.body is not None:
        found.add(401)
    if operation.access not in {PUBLIC, CREDENTIALS, CLIENT}:
        found.add(403)
    if operation.body is not None:
        found.update(BODY_STATUSES)
        found.update({428} if "version" in _required(operation.body) else ())
    return found


def _success(operation: Operation, refs: dict[Any, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": HTTPStatus(operation.status).phrase,
        "content": {JSON: {"schema": refs[operation.returns, "serialization"]}},
    }
    headers = {}
    if "next" in operation.returns.model_fields:
        headers["Link"] = _header("The next page, if there is one (RFC 8288).")
    if operation.status == HTTPStatus.CREATED and "url" in operation.returns.model_fields:
        headers["Location"] = _header("Where it is in the API.")
    return made | ({"headers": headers} if headers else {})


def _header(about: str) -> dict[str, Any]:
    return {"description": about, "schema": {"type": "string"}}


def _path_parameters(rule: str) -> list[dict[str, Any]]:
    number = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
    return [
        {"name": name, "in": "path", "required": True, "schema": number}
        for name in re.findall(r"<int:(\w+)>", rule)
    ]


def _query_parameters(query: type[Query]) -> list[dict[str, Any]]:
    schema = query.model_json_schema(schema_generator=_Schemas)
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "description": about.pop("description", ""),
            "schema": _without_null(about),
        }
        for name, about in schema.get("properties", {}).items()
    ]


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is left out, it is never null."""
    if schema.get("default", ...) is None:
        del schema["default"]
    choices = [item for item in schema.pop("anyOf", []) if item != {"type": "null"}]
    return schema | choices[0] if choices else schema


def _required(model: type[BaseModel]) -> set[str]:
    return {name for name, field in model.model_fields.items() if field.is_required()}


def _schemas(operations: Sequence[Operation]) -> tuple[dict[Any, Any], dict[str, Any]]:
    """Return a reference for each schema and direction, and the schemas themselves."""
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {(Problem, "serialization"): None}
    for operation in operations:
        if operation.body is not None:
            wanted[operation.body, "validation"] = None
        wanted[operation.returns, "serialization"] = None
    refs, rest = models_json_schema(
        list(wanted),
        ref_template="#/components/schemas/{model}",
        schema_generator=_Schemas,
    )
    return dict(refs), rest["$defs"]


def _security(access: str) -> list[dict[str, list[str]]]:
    if access == CREDENTIALS:
        return [{}, {"secret": []}]
    scopes = [] if access in {PUBLIC, CLIENT} else [access]
    needed: list[dict[str, list[str]]] = [{"token": []}, {"oauth2": scopes}]
    return [{}, *needed] if access == PUBLIC else needed


def _security_schemes() -> dict[str, Any]:
    flow = {
        "tokenUrl": "v1/client/token",
        "scopes": {
            scope: f"Allows {', '.join(sorted(given))}."
            for scope, given in SCOPE_PERMISSIONS.items()
        },
    }
    return {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of `/v1/client/token`.",
        },
        "oauth2": {
            "type": "oauth2",
            "description": "A client's id and secret, which are exchanged for a token.",
            "flows": {"clientCredentials": flow},
        },
        "secret": {
            "type": "http",
            "scheme": "basic",
            "description": "A client's id and secret, to take a token.",
        },
    }


def _problem(status: int) -> dict[str, Any]:
    codes = [code for code in ErrorCode if code and status in code.statuses]
    made: dict[str, Any] = {
        "description": "; ".join(f"{int(code)}: {code.meaning}" for code in codes),
        "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return made | ({"headers": ERROR_HEADERS[status]} if status in ERROR_HEADERS else {})


def _statuses() -> Iterable[int]:
    operations = [operation for contract in CONTRACTS for operation in contract.operations]
    return sorted(set().union(*map(failures, operations)))


def _table() -> str:
    return "".join(
        f"| {int(code)} | {', '.join(map(str, code.statuses))} | {code.meaning} |\n"
        for code in ErrorCode
    )
