"""Accounts: one owner always remains, and what ends a session ends it at once."""

import pytest

from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.passwords import hash_password, hash_token, new_token, verify_password
from shared.domain.sessions import find_link, offer_link
from shared.domain.users import (
    create_user,
    disable_user,
    enable_user,
    find_user,
    get_user,
    has_owner,
    save_user,
    set_password,
)
from shared.domain.work import Work
from tests.cast import PASSWORD, Cast, work_of


@pytest.fixture
def owner(work: Work, cast: Cast) -> Work:
    """A unit of work of Ann, who owns."""
    return work_of(work.session, cast.ann)


def test_created_user_is_found_by_address_in_any_case(owner: Work) -> None:
    made = create_user(email=" Eve@Example.ORG ", name="Eve  Li", role="author", work=owner)
    assert find_user(owner.session, "eve@example.org") is made
    assert (made.name, made.slug, made.password_hash) == ("Eve Li", "eve-li", "")


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"email": "nowhere"}, "email"),
        ({"email": "ann@example.org"}, "email"),
        ({"name": ""}, "name"),
        ({"role": "god"}, "role"),
        ({"password": "short"}, "password"),
        ({"password": "password123"}, "password"),
        ({"password": "aaaaaaaaaaaa"}, "password"),
        ({"password": "eve@example.org"}, "password"),
    ],
)
def test_user_with_a_bad_field_is_refused_naming_it(
    owner: Work, over: dict[str, str], field: str
) -> None:
    good = {"email": "eve@example.org", "name": "Eve", "role": "author", "password": PASSWORD}
    with pytest.raises(Invalid) as caught:
        create_user(**(good | over), work=owner)
    assert list(caught.value.errors) == [field]


def test_only_owners_manage_others(work: Work, cast: Cast) -> None:
    with pytest.raises(Forbidden, match="users:edit"):
        disable_user(cast.cy, work=work)
    with pytest.raises(Forbidden, match="users:edit"):
        set_password(cast.cy, PASSWORD, work=work)
    cast.ben.role = "owner"
    with pytest.raises(Forbidden, match="users:edit"):
        save_user(cast.ben, work=work)


def test_person_edits_own_profile(work: Work, cast: Cast) -> None:
    cast.ben.bio = "Edits."
    save_user(cast.ben, version=1, work=work)
    assert (cast.ben.bio, cast.ben.version) == ("Edits.", 2)


def test_last_owner_cannot_be_disabled_or_demoted(owner: Work, cast: Cast) -> None:
    with pytest.raises(Conflict, match="last owner"):
        disable_user(cast.ann, work=owner)
    cast.ann.role = "editor"
    with pytest.raises(Conflict, match="last owner"):
        save_user(cast.ann, work=owner)
    owner.session.refresh(cast.ann)
    cast.ben.role = "owner"
    save_user(cast.ben, work=owner)
    disable_user(cast.ann, work=owner)
    assert has_owner(owner.session)


def test_new_password_role_or_disabling_ends_what_was_signed_in(owner: Work, cast: Cast) -> None:
    set_password(cast.cy, "another long sentence", work=owner)
    cast.cy.role = "editor"
    save_user(cast.cy, work=owner)
    disable_user(cast.cy, work=owner)
    assert (cast.cy.epoch, cast.cy.disabled_at) == (4, owner.at)
    with pytest.raises(Conflict, match="disabled already"):
        disable_user(cast.cy, work=owner)
    enable_user(cast.cy, work=owner)
    with pytest.raises(Conflict, match="not disabled"):
        enable_user(cast.cy, work=owner)
    assert cast.cy.disabled_at is None


def test_new_password_ends_an_unused_link(owner: Work, cast: Cast) -> None:
    token = offer_link("password", user=cast.cy, work=owner)
    set_password(cast.cy, "another long sentence", work=owner)
    assert find_link(owner.session, "password", token, at=owner.at) is None


def test_unknown_user_is_not_found(owner: Work) -> None:
    with pytest.raises(NotFound, match="no user 99"):
        get_user(owner.session, 99)


def test_password_is_checked_against_its_hash_only(cast: Cast) -> None:
    stored = cast.ann.password_hash
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    answers = [
        verify_password(*pair) for pair in ((stored, PASSWORD), (stored, "x"), ("", PASSWORD))
    ]
    assert answers == [True, False, False]
    assert verify_password("no hash at all", PASSWORD) is False


def test_tokens_are_long_random_and_kept_as_hashes() -> None:
    tokens = {new_token() for _ in range(100)}
    assert (len(tokens), {len(token) for token in tokens}) == (100, {43})
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_password_is_the_same_from_every_keyboard() -> None:
    stored = hash_password("caf\u00e9 au lait noir")
    assert verify_password(stored, "cafe\u0301 au lait noir") is True
