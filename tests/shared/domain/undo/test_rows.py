"""Deleted tags, categories and redirects come back with their ids and their posts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.domain.posts import publish, save_post, unpublish
from shared.domain.redirects import delete_redirect, find_redirect, save_redirect
from shared.domain.site import Site, load_site, save_site
from shared.domain.taxonomy import (
    delete_category,
    delete_tag,
    ensure_category,
    ensure_tags,
    save_tag,
)
from shared.domain.undo import ChangedSince, find_changes, offer_undo, remember, take_back
from shared.domain.users import disable_user
from shared.domain.work import Work
from shared.models import Category, PostTag, Redirect, Tag
from shared.saying import say
from tests.cast import NOON, Cast, make_content, make_post, work_of
from tests.shared.domain.undo.acts import act, later, picture

SOON = NOON + timedelta(minutes=5)


def columns(row: object) -> dict[str, object]:
    return {
        name: value
        for name, value in vars(row).items()
        if not name.startswith("_") and name not in {"version", "updated_at", "parent"}
    }


def test_deleted_tag_comes_back_on_its_posts_in_their_present_order(work: Work) -> None:
    posts = [make_post(work, slug=f"post-{number}", tags=("one",)) for number in range(3)]
    tag = ensure_tags(["one"], work=work)[0]
    work.session.refresh(tag)
    kept, version, before = columns(tag), tag.version, picture(work)
    offer = act(lambda tag: delete_tag(tag, work=work), [tag], work=work)
    assert picture(work)["tagged"] == []
    take_back(offer.id, work=later(work, SOON))
    found = work.session.get(Tag, kept["id"])
    assert found is not None
    work.session.refresh(found)
    assert (columns(found), found.version > version) == (kept, True)
    assert picture(work) == before
    assert {row.listed_at for row in work.session.scalars(select(PostTag))} == {NOON}
    assert len(posts) == 3


def test_post_changed_since_stays_without_the_tag(work: Work, cast: Cast) -> None:
    posts = [make_post(work, slug=f"post-{number}", tags=("one",)) for number in range(2)]
    tag = ensure_tags(["one"], work=work)[0]
    offer = act(lambda tag: delete_tag(tag, work=work), [tag], work=work)
    unpublish(posts[1], version=None, work=work_of(work.session, cast.ann, SOON))
    (again,) = ensure_tags(["one"], work=work)  # the draft still names it
    delete_tag(again, work=work)
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=later(work, SOON))
    (change,) = caught.value.changes
    assert (change.kind, change.id, change.by, caught.value.left) == ("post", posts[1].id, "Ann", 1)
    take_back(offer.id, rest=True, work=later(work, SOON))
    assert [row.post_id for row in work.session.scalars(select(PostTag))] == [posts[0].id]


def test_tag_of_that_name_made_since_stands_against_it(work: Work) -> None:
    post = make_post(work, tags=("one",))
    tag = ensure_tags(["one"], work=work)[0]
    offer = act(lambda tag: delete_tag(tag, work=work), [tag], work=work)
    save_post(post, make_content(tags=("one",)), version=None, work=work)
    publish(post, version=None, work=work)
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, rest=True, work=later(work, SOON))
    assert any("taken" in str(change.reason) for change in caught.value.changes)


def test_categories_come_back_parents_first(work: Work) -> None:
    child = ensure_category(["Languages", "Python"], work=work)
    parent = child.parent
    assert parent is not None
    post = make_post(work, categories=(child.id,))
    before = picture(work)
    paths = work.session.execute(select(Category.id, Category.path)).all()
    offer = act(lambda item: delete_category(item, work=work), [child, parent], work=work)
    again = take_back(offer.id, work=later(work, SOON))
    assert picture(work) == before
    assert work.session.execute(select(Category.id, Category.path)).all() == paths
    take_back(again.id, work=later(work, SOON))
    assert work.session.execute(select(Category.id)).all() == []
    assert post.categories == []


def test_deleted_redirect_leads_on_again(work: Work) -> None:
    redirect = Redirect(path="/old/", target="/page/new/", status=301, origin="hand")
    save_redirect(redirect, work=work)
    offer = act(lambda item: delete_redirect(item, work=work), [redirect], work=work)
    assert find_redirect(work.session, "/old/") is None
    take_back(offer.id, work=later(work, SOON))
    found = find_redirect(work.session, "/old/")
    assert found is not None
    assert (found.target, found.status, found.origin) == ("/page/new/", 301, "hand")


def test_saved_tag_goes_back_to_what_it_said(work: Work) -> None:
    (tag,) = ensure_tags(["one"], work=work)

    def rename(item: Tag) -> None:
        item.name = "Two"
        save_tag(item, work=work)

    offer = act(rename, [tag], work=work)
    take_back(offer.id, work=later(work, SOON))
    assert (tag.name, tag.slug) == ("one", "one")


def test_disabled_person_is_let_in_again_and_their_sessions_stay_ended(
    work: Work, cast: Cast
) -> None:
    ann = work_of(work.session, cast.ann)
    offer = act(lambda user: disable_user(user, work=ann), [cast.cy], work=ann)
    epoch = cast.cy.epoch
    take_back(offer.id, work=later(ann, SOON))
    assert (cast.cy.disabled_at, cast.cy.epoch) == (None, epoch)


def test_settings_go_back_unless_someone_changed_them_since(work: Work, cast: Cast) -> None:
    ann = work_of(work.session, cast.ann)
    before = [remember(load_site(work.session), work=ann)]
    save_site(Site(title="Newer", tagline="Here"), work=ann)
    offer = offer_undo(ann, say("Changed the settings"), before)
    save_site(Site(title="Newest", tagline="Here"), work=later(ann, SOON))
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=later(ann, SOON))
    (change,) = caught.value.changes
    assert (change.by, change.at, change.action) == ("Ann", SOON, "settings.saved")
    save_site(Site(title="Newer", tagline="Here"), work=later(ann, SOON))
    take_back(offer.id, work=later(ann, SOON))
    assert load_site(work.session) == Site()


def test_options_that_the_act_did_not_touch_stand_in_nobodys_way(work: Work, cast: Cast) -> None:
    ann = work_of(work.session, cast.ann)
    before = [remember(load_site(ann.session), work=ann)]
    save_site(replace(load_site(ann.session), title="Other", tagline="New"), work=ann)
    offer = offer_undo(ann, say("Changed the settings"), before)
    save_site(replace(load_site(ann.session), posts_per_page=7), work=later(ann, SOON))
    assert find_changes(offer, ann.session) == []

    save_site(replace(load_site(ann.session), tagline="Newer"), work=later(ann, SOON))
    [change] = find_changes(offer, ann.session)
    assert change.label == "tagline"
    save_site(replace(load_site(ann.session), tagline="New"), work=later(ann, SOON))
    take_back(offer.id, work=later(ann, SOON))
    site = load_site(ann.session)
    assert (site.title, site.tagline, site.posts_per_page) == ("Triptych", "", 7)
