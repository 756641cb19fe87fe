"""One declaration per operation: it admits, validates and serialises, and is the documentation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Blueprint, Flask, Response, g, request
from pydantic import BaseModel

from api.callers import CLIENT, CREDENTIALS, PUBLIC, admit
from api.envelope import Done, done, json_response
from api.fields import Input, Query
from api.inputs import JSON, check_path, read_body, read_query
from shared.domain.permissions import SCOPE_PERMISSIONS
from shared.error_codes import ErrorCode
from shared.urls import API
from shared.web import Routes, commit
from shared.web.context import SAFE_METHODS


@dataclass(frozen=True)
class Reply:
    """What a view returns when it has headers to send beside its schema."""

    body: BaseModel
    headers: Mapping[str, str] = field(default_factory=dict)


View = Callable[..., BaseModel | Reply]


class NoQuery(Query):
    """No parameters at all."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method at one URL: who may, what it takes, what it gives, how it may fail.

    `access` is PUBLIC, CREDENTIALS (checked by the view), CLIENT (any good token) or the scope
    that a token must have. The view is given the parts of the path in order, then `query` and
    `body` by name; its docstring describes it.
    """

    endpoint: str
    method: str
    access: str
    view: View
    returns: type[BaseModel] = Done
    status: int = 200
    query: type[Query] = NoQuery
    body: type[Input] | None = None
    media: tuple[str, ...] = (JSON,)
    errors: tuple[ErrorCode, ...] = ()

    def __post_init__(self) -> None:
        if self.access not in {PUBLIC, CREDENTIALS, CLIENT, *SCOPE_PERMISSIONS}:
            raise ValueError(f"{self.endpoint}: no such scope as {self.access}")

    @property
    def rule(self) -> str:
        """The URL below the API's mount, with its converters."""
        return API[self.endpoint]

    @property
    def name(self) -> str:
        """A name that no other operation has, such as `posts_create`."""
        return f"{self.endpoint.partition('.')[0]}_{self.view.__name__}"

    def answer(self, path: dict[str, Any]) -> Response:
        """Answer the request at hand; what it changed is committed here, once."""
        admit(self.access)
        check_path(path)
        given: dict[str, Any] = {}
        query = read_query(self.query)
        if self.query is not NoQuery:
            given["query"] = query
        if self.body is not None:
            given["body"] = read_body(self.body, self.media)
        made = self.view(*path.values(), **given)
        reply = made if isinstance(made, Reply) else Reply(made)
        response = json_response(reply.body, self.status)
        response.headers.update(_caching() | dict(reply.headers))
        if "session" in g and self.method not in SAFE_METHODS:
            commit()
        return response


class Contract:
    """The operations of one resource, declared on its views."""

    def __init__(self, name: str, about: str) -> None:
        self.name = name
        self.about = about
        self.operations: list[Operation] = []

    def __call__(
        self, endpoint: str, method: str, *, access: str, **terms: Any
    ) -> Callable[[View], View]:
        """Declare a view as the operation of `method` at an endpoint of this resource."""

        def declare(view: View) -> View:
            self.operations.append(
                Operation(
                    endpoint=f"{self.name}.{endpoint}",
                    method=method,
                    access=access,
                    view=view,
                    **terms,
                )
            )
            return view

        return declare

    def register(self, app: Flask) -> None:
        """Register a rule per URL, which leads each method to its operation."""
        blueprint = Blueprint(self.name, __name__)
        route = Routes("api", blueprint)
        methods: dict[str, dict[str, Operation]] = {}
        for operation in self.operations:
            methods.setdefault(operation.endpoint, {})[operation.method] = operation
        for endpoint, offered in methods.items():
            view = partial(_dispatch, offered)
            route(endpoint.partition(".")[2], methods=list(offered))(view)
        app.register_blueprint(blueprint)


def register_options(app: Flask) -> None:
    """Answer OPTIONS (RFC 9110, 9.3.7) in JSON too, with the methods that a URL has."""

    @app.before_request
    def answer() -> Response | None:
        if request.method != "OPTIONS" or request.url_rule is None:
            return None
        response = json_response(done(), 200)
        response.headers["Allow"] = ", ".join(sorted(request.url_rule.methods or ()))
        return response


def _dispatch(operations: Mapping[str, Operation], **path: Any) -> Response:
    method = "GET" if request.method == "HEAD" else request.method
    return operations[method].answer(path)


def _caching() -> dict[str, str]:
    """Let nobody keep what a token was shown, and others only to ask whether it changed."""
    kept = "no-store" if "Authorization" in request.headers else "no-cache"
    return {"Cache-Control": kept, "Vary": "Authorization"}
