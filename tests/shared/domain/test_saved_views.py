"""Saved views: whose they are, who sees them, and who may change them."""

import pytest
from sqlalchemy import func, select

from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from shared.domain.preferences import find_preference, prefer
from shared.domain.saved_views import MOST, delete_view, get_view, save_view
from shared.models import SavedView
from tests.cast import work_of


def keep(session, who, name="Drafts", **over):
    view = SavedView(screen="page", name=name, is_shared=over.pop("is_shared", False))
    save_view(view, {"sort": "title"} | over, work=work_of(session, who))
    return view


def test_own_view_is_found_by_its_owner_alone(session, cast):
    view = keep(session, cast.cy, "  My   drafts ")

    assert (view.name, view.state) == ("My drafts", {"sort": "title"})
    assert get_view(session, view.id, screen="page", user_id=cast.cy.id) is view
    for other in ({"screen": "tags", "user_id": cast.cy.id}, {"screen": "page", "user_id": 99}):
        with pytest.raises(NotFound):
            get_view(session, view.id, **other)


def test_shared_view_is_seen_by_all_and_changed_by_its_owner_or_an_owner(session, cast):
    view = keep(session, cast.ben, is_shared=True)

    assert get_view(session, view.id, screen="page", user_id=cast.con.id) is view
    view.name = "Renamed"
    save_view(view, {}, version=1, work=work_of(session, cast.ann))
    assert (view.name, view.version) == ("Renamed", 2)
    with pytest.raises(Forbidden):
        save_view(view, {}, version=2, work=work_of(session, cast.cy))
    with pytest.raises(Forbidden):
        delete_view(view, work=work_of(session, cast.cy))
    delete_view(view, work=work_of(session, cast.ben))
    assert session.scalar(select(func.count()).select_from(SavedView)) == 0


def test_own_view_is_not_changed_by_an_owner(session, cast):
    view = keep(session, cast.cy)

    with pytest.raises(Forbidden):
        delete_view(view, work=work_of(session, cast.ann))


def test_stale_version_is_refused(session, cast):
    view = keep(session, cast.cy)
    save_view(view, {"sort": "slug"}, version=1, work=work_of(session, cast.cy))

    with pytest.raises(Stale):
        save_view(view, {}, version=1, work=work_of(session, cast.cy))


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_odd_name_is_refused(session, cast, name):
    with pytest.raises(Invalid) as refused:
        keep(session, cast.cy, name)
    assert refused.value.errors == {"name": "Give 1 to 60 characters."}


def test_there_is_room_for_so_many(session, cast):
    for number in range(MOST):
        keep(session, cast.cy, f"View {number}")

    with pytest.raises(Conflict):
        keep(session, cast.cy, "One more")


def test_preference_is_kept_for_each_person_and_replaced(session, cast):
    for columns in (["title"], ["title", "slug"]):
        prefer("list:page", {"columns": columns}, work=work_of(session, cast.cy))

    assert find_preference(session, cast.cy.id, "list:page") == {"columns": ["title", "slug"]}
    assert find_preference(session, cast.ben.id, "list:page") == {}
    assert find_preference(session, cast.cy.id, "list:tags") == {}
