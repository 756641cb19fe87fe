"""Preview links on both databases: made, found, taken back, ended, and refused."""

import pytest
from sqlalchemy import select

from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.posts import trash
from shared.domain.posts.preview_links import (
    find_preview,
    get_preview,
    list_previews,
    note_use,
    offer_preview,
    revoke_preview,
)
from shared.domain.users import disable_user, enable_user
from shared.models import AuditEvent, PreviewLink
from shared.runtime import Runtime
from tests.cast import NOON, Cast, Clock, make_post, work_of


@pytest.fixture
def work(any_runtime: Runtime):
    with any_runtime.database.writing() as session:
        yield work_of(session, Cast.load(session).ben)


def test_link_opens_until_it_ends(work) -> None:
    post = make_post(work, published=False)
    token = offer_preview(post, 7, work=work)
    clock = Clock()
    assert find_preview(work.session, token, at=NOON).post is post
    assert find_preview(work.session, token, at=clock.forward(days=6, hours=23)) is not None
    assert find_preview(work.session, token, at=clock.forward(hours=1)) is None
    assert find_preview(work.session, token[:-1], at=NOON) is None
    kept = work.session.scalar(select(PreviewLink.token_hash))
    assert (len(kept), token in kept) == (64, False)


def test_link_taken_back_opens_nothing_and_is_on_record(work) -> None:
    post = make_post(work, title="Draft", published=False)
    tokens = [offer_preview(post, days, work=work) for days in (1, 30)]
    first = find_preview(work.session, tokens[0], at=NOON)
    note_use(work.session, first.id, at=NOON)
    work.session.refresh(first)
    revoke_preview(first, work=work)
    revoke_preview(first, work=work)
    assert find_preview(work.session, tokens[0], at=NOON) is None
    [left] = list_previews(work.session, post, at=NOON)
    assert (left.author_name, first.used_at, left.used_at) == ("Ben", NOON, None)
    told = select(AuditEvent.action).where(AuditEvent.action.startswith("preview."))
    actions = [*work.session.scalars(told.order_by(AuditEvent.id))]
    assert actions == ["preview.offered", "preview.offered", "preview.revoked"]


def test_trash_closes_links_and_makes_none(work) -> None:
    post = make_post(work)
    token = offer_preview(post, 1, work=work)
    trash(post, work=work)
    assert find_preview(work.session, token, at=NOON) is None
    with pytest.raises(Conflict):
        offer_preview(post, 1, work=work)


def test_links_are_for_who_may_edit(work) -> None:
    post, other = make_post(work, published=False), make_post(work, title="Other")
    offer_preview(post, 1, work=work)
    [link] = list_previews(work.session, post, at=NOON)
    for who in (Cast.load(work.session).cy, Cast.load(work.session).dee):
        stranger = work_of(work.session, who)
        with pytest.raises(Forbidden):
            offer_preview(post, 1, work=stranger)
        with pytest.raises(Forbidden):
            revoke_preview(link, work=stranger)
    with pytest.raises(Invalid):
        offer_preview(post, 365, work=work)
    with pytest.raises(NotFound):
        get_preview(work.session, other, link.id)


def test_links_of_who_is_disabled_end_and_others_go_on(work) -> None:
    cast = Cast.load(work.session)
    owner = work_of(work.session, cast.ann)
    post = make_post(work, published=False)
    mine, owners = offer_preview(post, 7, work=work), offer_preview(post, 7, work=owner)
    disable_user(cast.ben, work=owner)
    work.session.expire_all()
    opened = [find_preview(work.session, token, at=NOON) is not None for token in (mine, owners)]
    assert opened == [False, True]
    enable_user(cast.ben, work=owner)
    assert find_preview(work.session, mine, at=NOON) is None
