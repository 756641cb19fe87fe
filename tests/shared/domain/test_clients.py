"""Clients do nothing until approved, and no more than their scopes and role allow."""

from datetime import timedelta

import pytest

from shared.domain.clients import (
    UnknownClientType,
    actor_of,
    approve_client,
    authenticate,
    find_token,
    get_client,
    issue_token,
    register_client,
    revoke_client,
)
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.permissions import Permission
from shared.domain.users import disable_user
from shared.domain.work import Work
from shared.models import ApiClient
from tests.cast import NOON, Cast, work_of

HOUR = timedelta(hours=1)
P = Permission


@pytest.fixture
def owner(work: Work, cast: Cast) -> Work:
    """A unit of work of Ann, who owns."""
    return work_of(work.session, cast.ann)


def register(work: Work, **over: object) -> tuple[ApiClient, str]:
    given = {"name": "Bot", "type": "service", "contact": "", "secret": None, "scopes": ()} | over
    return register_client(**given, work=work)


def test_registered_client_is_pending_and_its_secret_is_not_kept(work: Work) -> None:
    client, secret = register(work, scopes=("posts:write", "posts:read"))
    assert (client.state, client.scopes, client.wished_scopes) == (
        "pending",
        [],
        ["posts:read", "posts:write"],
    )
    assert secret not in str(vars(client))
    assert authenticate(work.session, client.client_id, secret) is None


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"type": "robot"}, "type"),
        ({"name": " "}, "name"),
        ({"contact": "x" * 255}, "contact"),
        ({"secret": "short"}, "secret"),
        ({"scopes": ("posts:burn",)}, "scopes"),
        ({"type": "readonly", "scopes": ("posts:write",)}, "scopes"),
    ],
)
def test_registration_with_a_bad_field_names_it(
    work: Work, over: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        register(work, **over)
    assert list(caught.value.errors) == [field]
    assert isinstance(caught.value, UnknownClientType) is (field == "type")


def test_approved_client_takes_tokens_within_its_scopes(owner: Work) -> None:
    client, secret = register(owner)
    approve_client(client, scopes=["posts:read", "tags:write"], version=1, work=owner)
    assert authenticate(owner.session, client.client_id, secret) is client
    assert authenticate(owner.session, client.client_id, "wrong") is None
    assert authenticate(owner.session, "tc_unknown", secret) is None
    token, scopes = issue_token(client, scopes=["tags:write"], life=HOUR, work=owner)
    found = find_token(owner.session, token, at=NOON)
    assert found is not None
    assert (scopes, actor_of(found).permissions) == (["tags:write"], {P.TAGS_EDIT})
    assert find_token(owner.session, token, at=NOON + HOUR) is None
    with pytest.raises(Invalid, match="posts:write"):
        issue_token(client, scopes=["posts:write"], life=HOUR, work=owner)


def test_client_of_a_user_stays_within_that_users_role(owner: Work, cast: Cast) -> None:
    client, _ = register(owner, type="user")
    with pytest.raises(Invalid, match="needs a user"):
        approve_client(client, scopes=["posts:write"], work=owner)
    approve_client(client, scopes=["posts:write", "pages:write"], user=cast.con, work=owner)
    token, _ = issue_token(client, scopes=(), life=HOUR, work=owner)
    found = find_token(owner.session, token, at=NOON)
    assert found is not None
    actor = actor_of(found)
    assert (actor.user_id, actor.permissions) == (cast.con.id, {P.POSTS_CREATE})
    disable_user(cast.con, work=owner)
    assert find_token(owner.session, token, at=NOON) is None


@pytest.mark.parametrize("end", ["revoke", "narrow"])
def test_tokens_end_when_the_client_is_revoked_or_narrowed(owner: Work, end: str) -> None:
    client, _ = register(owner)
    approve_client(client, scopes=["posts:read", "posts:write"], work=owner)
    token, _ = issue_token(client, scopes=(), life=HOUR, work=owner)
    if end == "revoke":
        revoke_client(client, work=owner)
        with pytest.raises(Conflict, match="revoked already"):
            revoke_client(client, work=owner)
    else:
        approve_client(client, scopes=["posts:read"], work=owner)
    assert find_token(owner.session, token, at=NOON) is None


def test_only_owners_approve(work: Work) -> None:
    client, _ = register(work)
    with pytest.raises(Forbidden, match="clients:edit"):
        approve_client(client, scopes=(), work=work)


def test_unknown_client_is_not_found(work: Work) -> None:
    with pytest.raises(NotFound, match="no client 9"):
        get_client(work.session, 9)
