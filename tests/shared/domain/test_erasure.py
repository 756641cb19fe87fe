"""A deleted account leaves what it wrote, and nothing that is about its person."""

import json

import pytest
from sqlalchemy import func, select

from shared.domain.erasure import erase_user, is_erased
from shared.domain.errors import Conflict, Forbidden
from shared.domain.sessions import offer_link, open_session
from shared.domain.totp import make_recovery_codes
from shared.domain.users import disable_user
from shared.models import AuditEvent, LoginSession, OneTimeLink, RecoveryCode
from tests.cast import make_post, work_of


@pytest.fixture
def owner(work, cast):
    return work_of(work.session, cast.ann)


def test_what_a_person_wrote_stays_and_the_rest_goes(owner, cast, session):
    post = make_post(work_of(session, cast.cy))
    open_session(cast.cy, address="192.0.2.7", user_agent="A phone", work=owner)
    offer_link("password", user=cast.cy, work=owner)
    make_recovery_codes(cast.cy, work=owner)
    cast.cy.bio = "Writes."
    disable_user(cast.cy, work=owner)
    erase_user(cast.cy, work=owner)

    assert (post.author_id, cast.cy.name, cast.cy.slug) == (cast.cy.id, "Cy", "cy")
    assert (cast.cy.email, cast.cy.bio, cast.cy.password_hash) == ("3@deleted.invalid", "", "")
    assert is_erased(cast.cy)
    for table in (LoginSession, OneTimeLink, RecoveryCode):
        mine = select(func.count()).select_from(table).where(table.user_id == cast.cy.id)
        assert session.scalar(mine) == 0
    told = [json.dumps(event.data) for event in session.scalars(select(AuditEvent))]
    assert [data for data in told if "cy@example.org" in data] == []


def test_account_is_disabled_first_and_deleted_once(owner, cast, work):
    with pytest.raises(Conflict, match="Disable the account first"):
        erase_user(cast.cy, work=owner)
    disable_user(cast.cy, work=owner)
    with pytest.raises(Forbidden, match="users:edit"):
        erase_user(cast.cy, work=work)
    erase_user(cast.cy, work=owner)
    with pytest.raises(Conflict, match="deleted already"):
        erase_user(cast.cy, work=owner)
