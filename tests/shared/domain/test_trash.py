"""The trash holds every kind; what comes back is what went, and what goes for good is gone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.posts import publish, restore, save_post, trash
from shared.domain.redirects import delete_redirect, find_redirect, save_redirect
from shared.domain.taxonomy import delete_category, delete_tag, ensure_category, ensure_tags
from shared.domain.trash import get_trashed, list_trash, purge_trashed, restore_trashed
from shared.domain.undo import take_back
from shared.domain.work import Work
from shared.models import Post, PostCategory, PostTag, Redirect, Revision, Tag, Trashed
from tests.cast import NOON, Cast, make_content, make_post, work_of
from tests.shared.domain.undo.acts import act, later, picture

LATER = NOON + timedelta(days=40)


def lying(work: Work, **asked: object) -> list[tuple[str, str]]:
    return [(item.kind, item.label) for item in list_trash(work.session, work.actor, **asked)]


def test_every_kind_lies_in_one_list_with_who_and_when(work: Work, cast: Cast) -> None:
    category = ensure_category(["Notes"], work=work)
    post = make_post(work, tags=("one",), categories=(category.id,))
    page = make_post(work, kind="page", slug="about", title="About")
    redirect = Redirect(path="/old/", target="/page/new/", status=301, origin="hand")
    save_redirect(redirect, work=work)
    trash(post, work=work)
    trash(page, work=work)
    delete_tag(ensure_tags(["one"], work=work)[0], work=work)
    delete_category(category, work=work)
    delete_redirect(redirect, work=work)

    assert lying(work) == [
        ("redirect", "/old/"),
        ("category", "Notes"),
        ("tag", "one"),
        ("page", "About"),
        ("post", "A quiet morning"),
    ]
    assert lying(work, kind="tag") == [("tag", "one")]
    assert {(item.by, item.at) for item in list_trash(work.session, work.actor)} == {("Ben", NOON)}
    assert lying(work_of(work.session, cast.cy)) == []
    assert lying(work_of(work.session, cast.con)) == []


def test_author_finds_own_posts_only(work: Work, cast: Cast) -> None:
    cy = work_of(work.session, cast.cy)
    trash(make_post(cy, slug="own"), work=cy)
    trash(make_post(work, slug="other"), work=work)
    (item,) = list_trash(work.session, cy.actor)
    other = list_trash(work.session, work.actor)[0]
    assert item.detail == "own"
    with pytest.raises(NotFound):
        get_trashed(work.session, other.id, cy.actor)


def test_post_comes_back_as_it_was_at_its_address(work: Work) -> None:
    post = make_post(work, tags=("one",), at=NOON - timedelta(days=3))
    before = picture(work)
    trash(post, work=work)
    save_redirect(
        Redirect(path="/page/a-quiet-morning/", target="/page/x/", status=301, origin="hand"),
        work=work,
    )
    restore_trashed(list_trash(work.session, work.actor)[0], as_it_was=True, work=work)
    assert picture(work) == before
    assert lying(work) == []


def test_post_comes_back_as_a_draft_unless_told_otherwise(work: Work) -> None:
    post = make_post(work)
    trash(post, work=work)
    restore_trashed(list_trash(work.session, work.actor)[0], work=work)
    assert (post.status(NOON), lying(work)) == ("draft", [])


def test_tag_comes_back_on_posts_that_still_name_it(work: Work) -> None:
    posts = [make_post(work, slug=f"post-{number}", tags=("one",)) for number in range(3)]
    (tag,) = ensure_tags(["one"], work=work)
    number = tag.id
    delete_tag(tag, work=work)
    after = later(work, LATER)
    save_post(posts[1], make_content(slug="post-1"), version=None, work=after)
    publish(posts[1], version=None, work=after)
    restore_trashed(list_trash(work.session, work.actor)[0], work=after)
    rows = work.session.execute(
        select(PostTag.post_id, PostTag.listed_at).where(PostTag.tag_id == number)
    ).all()
    assert rows == [(posts[0].id, NOON), (posts[2].id, NOON)]


def test_category_comes_back_on_a_post_that_was_published_again(work: Work) -> None:
    category = ensure_category(["Notes"], work=work)
    post = make_post(work, categories=(category.id,))
    delete_category(category, work=work)
    trash(post, work=work)
    restore(post, work=work)
    publish(post, version=None, work=later(work, LATER))
    item = list_trash(work.session, work.actor)[0]
    restore_trashed(item, work=later(work, LATER))
    assert work.session.execute(select(PostCategory.post_id, PostCategory.listed_at)).all() == [
        (post.id, LATER)
    ]


def test_name_taken_meanwhile_stands_against_it(work: Work) -> None:
    (tag,) = ensure_tags(["one"], work=work)
    delete_tag(tag, work=work)
    ensure_tags(["one"], work=work)
    redirect = Redirect(path="/old/", target="/page/new/", status=301, origin="hand")
    save_redirect(redirect, work=work)
    delete_redirect(redirect, work=work)
    save_redirect(Redirect(path="/old/", target="/x/", status=301, origin="hand"), work=work)
    lost, old = list_trash(work.session, work.actor)
    with pytest.raises(Conflict, match="has a redirect already"):
        restore_trashed(lost, work=work)
    work.session.expunge_all()
    with pytest.raises(Invalid, match="taken by another tag"):
        restore_trashed(get_trashed(work.session, old.id, work.actor), work=work)


def test_deleted_for_good_is_gone_with_versions_and_redirects(work: Work) -> None:
    post = make_post(work, slug="old")
    save_post(post, make_content(slug="new"), version=None, work=work)
    publish(post, version=None, work=work)
    trash(post, work=work)
    delete_tag(ensure_tags(["one"], work=work)[0], work=work)
    for item in list_trash(work.session, work.actor):
        purge_trashed(item, work=work)
    counts = [
        work.session.scalar(select(func.count()).select_from(table))
        for table in (Post, Revision, Redirect, Tag, Trashed)
    ]
    assert counts == [0, 0, 0, 0, 0]
    assert find_redirect(work.session, "/page/old/") is None


def test_only_what_lies_long_enough_is_found_for_purging(work: Work) -> None:
    trash(make_post(work, slug="old", title="Old"), work=work)
    trash(make_post(work, slug="new", title="New"), work=later(work, LATER))
    assert lying(work, until=LATER - timedelta(days=30)) == [("post", "Old")]


def test_purging_needs_the_permission(work: Work, cast: Cast) -> None:
    trash(make_post(work), work=work)
    item = list_trash(work.session, work.actor)[0]
    with pytest.raises(Forbidden):
        purge_trashed(item, work=work_of(work.session, cast.con))


def test_redirect_whose_number_was_given_away_comes_back_under_another(work: Work) -> None:
    first = Redirect(path="/a/", target="/x/", status=301, origin="hand")
    save_redirect(first, work=work)
    number = first.id
    delete_redirect(first, work=work)
    work.session.execute(
        insert(Redirect).values(
            id=number,
            path="/b/",
            target="/y/",
            status=301,
            version=1,
            origin="hand",
            created_at=NOON,
            updated_at=NOON,
        )
    )
    restore_trashed(list_trash(work.session, work.actor)[0], work=work)
    paths = work.session.scalars(select(Redirect.path).order_by(Redirect.path))
    assert paths.all() == ["/a/", "/b/"]


def test_undo_and_the_trash_agree(work: Work) -> None:
    post = make_post(work)
    (tag,) = ensure_tags(["one"], work=work)
    trashed = act(lambda item: trash(item, work=work), [post], work=work)
    deleted = act(lambda item: delete_tag(item, work=work), [tag], work=work)
    assert len(lying(work)) == 2
    again = take_back(trashed.id, work=work)
    take_back(deleted.id, work=work)
    assert lying(work) == []
    take_back(again.id, work=work)
    restore_trashed(list_trash(work.session, work.actor)[0], as_it_was=True, work=work)
    assert post.status(NOON) == "published"
