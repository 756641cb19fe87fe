"""Saved views, preview links and hidden addresses are taken back too."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.domain.errors import Forbidden
from shared.domain.missing import Hiding, Missed, add_missing, ignore_missing, list_missing, send_on
from shared.domain.posts.preview_links import find_preview, offer_preview, revoke_preview
from shared.domain.saved_views import delete_view, save_view
from shared.domain.undo import ChangedSince, offer_undo, remember, take_back
from shared.domain.work import Work
from shared.models import AuditEvent, PreviewLink, SavedView
from shared.saying import say
from tests.cast import NOON, Cast, make_post, work_of
from tests.shared.domain.undo.acts import act, later

SOON = NOON + timedelta(minutes=5)


def keep(work: Work, **over: object) -> SavedView:
    view = SavedView(screen="page", **{"name": "Drafts", "is_shared": False} | over)
    save_view(view, {"query": {"status": "draft"}, "columns": ["title"]}, work=work)
    return view


def test_deleted_view_comes_back_under_its_number(work: Work, cast: Cast) -> None:
    view = keep(work)
    number, version, state = view.id, view.version, dict(view.state)
    offer = act(lambda view: delete_view(view, work=work), [view], work=work)
    assert work.session.scalars(select(SavedView)).all() == []
    again = take_back(offer.id, work=later(work, SOON))

    (found,) = work.session.scalars(select(SavedView)).all()
    kept = (found.id, found.name, found.state, found.user_id, found.version)
    assert kept == (number, "Drafts", state, cast.ben.id, version + 1)
    take_back(again.id, work=later(work, SOON))
    assert work.session.scalars(select(SavedView)).all() == []


def test_view_of_another_is_brought_back_by_who_may_delete_it(work: Work, cast: Cast) -> None:
    ann = work_of(work.session, cast.ann)
    shared = act(lambda view: delete_view(view, work=ann), [keep(work, is_shared=True)], work=ann)
    take_back(shared.id, work=later(ann, SOON))
    assert [view.user_id for view in work.session.scalars(select(SavedView))] == [cast.ben.id]
    own = act(lambda view: delete_view(view, work=work), [keep(work, name="Own")], work=work)
    with pytest.raises(ChangedSince) as caught:
        take_back(own.id, work=later(ann, SOON))
    assert str(caught.value.changes[0].reason) == str(Forbidden("settings:edit"))


def test_preview_link_opens_its_post_again(work: Work) -> None:
    token = offer_preview(make_post(work), 7, work=work)
    (link,) = work.session.scalars(select(PreviewLink)).all()
    offer = act(lambda link: revoke_preview(link, work=work), [link], work=work)
    assert find_preview(work.session, token, at=SOON) is None
    again = take_back(offer.id, work=later(work, SOON))

    assert find_preview(work.session, token, at=SOON) is link
    take_back(again.id, work=later(work, SOON))
    assert find_preview(work.session, token, at=SOON) is None
    told = select(AuditEvent.action).order_by(AuditEvent.id.desc()).limit(2)
    assert work.session.scalars(told).all() == ["preview.revoked", "preview.reopened"]


def test_hidden_addresses_are_shown_again_but_for_those_hidden_before(work: Work) -> None:
    add_missing(work.session, {path: Missed(3, NOON) for path in ("/a", "/b", "/c")})
    ignore_missing(["/c"], work=work)
    paths = ["/a", "/b", "/c"]
    before = [remember(Hiding(paths), work=work)]
    assert ignore_missing(paths, work=work) == 2
    offer = offer_undo(work, say("Hidden"), before)
    send_on("/b", target="/page/x/", work=work)  # off the list, whatever is undone
    again = take_back(offer.id, work=later(work, SOON))

    def shown() -> list[str]:
        found = list_missing(work.session, since=NOON, limit=9)
        return [row.path for row in found]

    assert shown() == ["/a"]
    take_back(again.id, work=later(work, SOON))
    assert shown() == []
