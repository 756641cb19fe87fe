"""Clients of the API: how they register, take tokens and see themselves."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from api.envelope import Done
from api.fields import Input, Invalid, Output, without_default
from shared.domain.permissions import ROLE_PERMISSIONS, SCOPE_PERMISSIONS
from shared.models import CLIENT_STATES, CLIENT_TYPES

SCOPES = sorted(SCOPE_PERMISSIONS)
UNSAID = ""  # shorter than anything that may be said


class Registration(Input):
    """What a client says of itself."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["name"]}, {"required": ["account"]}]}
    )

    name: str = Field(
        UNSAID,
        min_length=1,
        max_length=100,
        pattern=r"\S",
        examples=["Newsletter"],
        json_schema_extra=without_default,
    )
    account: str = Field(
        UNSAID,
        min_length=1,
        max_length=100,
        pattern=r"\S",
        description="Another word for `name`.",
        json_schema_extra=without_default,
    )
    secret: str | None = Field(
        None, min_length=16, max_length=200, description="Left out: one is made."
    )
    type: str = Field(
        description="`service` acts by itself, `user` for a person and within their role, "
        "`readonly` only reads. Another is refused (1006).",
        json_schema_extra={"enum": [*CLIENT_TYPES]},
    )
    contact: str = Field(
        "", max_length=254, description="Whom to ask.", examples=["ops@example.org"]
    )
    scopes: list[str] = Field(
        [],
        max_length=len(SCOPES),
        description="Which scopes it wishes for; whoever approves it decides.",
        json_schema_extra={"items": {"type": "string", "enum": [*SCOPES]}},
    )

    @model_validator(mode="after")
    def _name_once(self) -> "Registration":
        if len(self.model_fields_set & {"name", "account"}) != 1:
            raise ValueError("Give either name or account.")
        return self


class Registered(Done):
    """The new client; its secret is not shown again."""

    client_id: str = Field(examples=["tc_0123456789abcdef01234567"])
    client_secret: str
    type: str = Field(json_schema_extra={"enum": list(CLIENT_TYPES)})
    state: str = Field(json_schema_extra={"enum": list(CLIENT_STATES)})
    scopes: list[str] = Field(description="Those it wished for; none are given yet.")


class TokenRequest(Input):
    """A client credentials request (RFC 6749, 4.4.2)."""

    # Parameters that are not known are ignored (RFC 6749, 3.2), mistakes named as in its 5.2.
    model_config = ConfigDict(extra="ignore")
    invalid: ClassVar[Invalid] = Invalid(400, {"error": "invalid_request"})

    grant_type: str = Field(json_schema_extra={"const": "client_credentials"})
    client_id: str | None = Field(
        None, max_length=64, description="Not with HTTP Basic, which names it."
    )
    client_secret: str | None = Field(None, max_length=200)
    scope: str = Field(
        "",
        max_length=500,
        description="Scopes with blanks between; left out: all that the client was given.",
        examples=["posts:read"],
    )


class Token(Output):
    """A bearer token (RFC 6749, 5.1)."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int = Field(description="Seconds.")
    scope: str


class ClientRef(Output):
    """The client that calls."""

    client_id: str
    name: str
    type: str


class UserRef(Output):
    """The person that a client acts for."""

    id: int
    name: str
    slug: str
    role: str = Field(json_schema_extra={"enum": list(ROLE_PERMISSIONS)})


class Me(Output):
    """Who calls, and what they may do."""

    client: ClientRef
    user: UserRef | None
    scopes: list[str]
    expires_at: datetime = Field(description="When the token ends.")
