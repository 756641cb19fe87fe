"""`/v1/client`: programs register and take bearer tokens."""

from datetime import timedelta

from api.callers import CREDENTIALS, PUBLIC, work
from api.contract import Contract, Reply
from api.envelope import done
from api.inputs import FORM, JSON
from api.oauth import WRONG, bad_request, find_client, invalid_client, read_credentials
from api.schemas.clients import Registered, Registration, Token, TokenRequest
from api.throttling import count_registration, count_try
from shared.domain.clients import get_client, issue_token, register_client
from shared.domain.errors import Invalid
from shared.domain.work import Actor, Work
from shared.error_codes import ErrorCode
from shared.models import ApiClient
from shared.web import now, runtime, session

client = Contract("client", "Programs register here and take bearer tokens.")
THROTTLED = ErrorCode.THROTTLED
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


@client(
    "register",
    "POST",
    access=PUBLIC,
    body=Registration,
    returns=Registered,
    status=201,
    errors=(ErrorCode.CLIENT_TYPE, THROTTLED),
)
def register(body: Registration) -> Reply:
    """Register a client; it can do nothing until an owner approves it and gives it scopes."""
    count_registration()
    made, secret = register_client(
        name=body.name or body.account,
        type=body.type,
        contact=body.contact,
        secret=body.secret,
        scopes=body.scopes,
        work=work(),
    )
    answer = Registered(
        **dict(done()),
        client_id=made.client_id,
        client_secret=secret,
        type=made.type,
        state=made.state,
        scopes=made.wished_scopes,
    )
    return Reply(answer, NO_STORE)


@client(
    "token",
    "POST",
    access=CREDENTIALS,
    body=TokenRequest,
    media=(FORM, JSON),
    returns=Token,
    errors=(THROTTLED,),
)
def token(body: TokenRequest) -> Reply:
    """Give a client a bearer token for its id and secret (OAuth 2.0 client credentials)."""
    if body.grant_type != "client_credentials":
        said = "Only client_credentials is offered."
        raise bad_request("unsupported_grant_type", said, {"grant_type": said})
    given = read_credentials(body)
    count_try(given.client_id)
    checked = find_client(given)
    found = get_client(session(), checked.id)
    if found.state != "approved" or found.secret_hash != checked.secret_hash:
        raise invalid_client(WRONG)  # it was changed while its secret was checked
    return Reply(_issue(found, body.scope), NO_STORE)


def _issue(found: ApiClient, scope: str) -> Token:
    life = timedelta(minutes=runtime().settings.token_minutes)
    actor = Actor(kind="client", name=found.name, id=found.id)
    unit = Work(session=session(), actor=actor, at=now(), request_id=work().request_id)
    try:
        made, scopes = issue_token(found, scopes=scope.split(), life=life, work=unit)
    except Invalid as error:
        raise bad_request("invalid_scope", error.errors["scope"], error.errors) from error
    return Token(
        access_token=made,
        token_type="Bearer",  # noqa: S106 - the name of a kind of token, no secret
        expires_in=int(life.total_seconds()),
        scope=" ".join(scopes),
    )
