"""Tags and the category tree keep their slugs, paths and posts in order."""

import pytest
from sqlalchemy import select

from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from shared.domain.taxonomy import (
    count_posts,
    delete_category,
    delete_tag,
    ensure_category,
    ensure_tags,
    get_category,
    get_tag,
    save_category,
    save_tag,
)
from shared.domain.work import Work
from shared.models import Category, Tag
from tests.cast import Cast, make_post, work_of


def paths(work: Work) -> list[str]:
    return list(work.session.scalars(select(Category.path).order_by(Category.path)))


def test_tag_without_a_slug_gets_one_of_its_name(work: Work) -> None:
    tag = Tag(name="  Web   开发 ")
    save_tag(tag, work=work)
    assert (tag.name, tag.slug, tag.version) == ("Web 开发", "web-开发", 1)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"name": "x", "slug": "a b"}, "slug"),
        ({"name": "x", "description": "d" * 1001}, "description"),
    ],
)
def test_tag_with_a_bad_field_names_it(work: Work, fields: dict[str, str], wrong: str) -> None:
    with pytest.raises(Invalid) as caught:
        save_tag(Tag(**fields), work=work)
    assert list(caught.value.errors) == [wrong]


def test_tag_with_a_taken_slug_or_a_stale_version_is_refused(work: Work) -> None:
    first, second = Tag(name="One"), Tag(name="Two")
    save_tag(first, work=work)
    save_tag(second, work=work)
    second.slug = "one"
    with pytest.raises(Invalid, match="taken"):
        save_tag(second, work=work)
    second.slug = "two"
    with pytest.raises(Stale):
        save_tag(second, version=9, work=work)


def test_deleted_tag_leaves_its_posts(work: Work) -> None:
    post = make_post(work, tags=("one", "two"))
    tag = work.session.scalars(select(Tag).where(Tag.slug == "one")).one()
    assert count_posts(work.session, tag) == 1
    delete_tag(tag, work=work)
    work.session.expire(post)
    assert [item.slug for item in post.tags] == ["two"]


def test_category_moves_with_everything_below_it(work: Work) -> None:
    ensure_category(["News", "World", "Asia"], work=work)
    ensure_category(["Sport"], work=work)
    world = work.session.scalars(select(Category).where(Category.slug == "world")).one()
    world.parent = work.session.scalars(select(Category).where(Category.slug == "sport")).one()
    world.slug = "globe"
    save_category(world, version=1, work=work)
    assert paths(work) == ["news", "sport", "sport/globe", "sport/globe/asia"]


def test_chain_of_names_that_exists_is_not_made_twice(work: Work) -> None:
    first, second = (ensure_category(["新闻", "World"], work=work) for _ in range(2))
    assert (first is second, paths(work)) == (True, ["新闻", "新闻/world"])


def test_category_below_itself_or_too_deep_is_refused(work: Work) -> None:
    deep = ensure_category(list("abcde"), work=work)
    with pytest.raises(Invalid, match="5 deep"):
        save_category(Category(name="f", parent=deep), work=work)
    top = work.session.scalars(select(Category).where(Category.path == "a")).one()
    top.parent = deep
    with pytest.raises(Invalid, match="below itself"):
        save_category(top, work=work)


def test_category_with_children_is_not_moved_too_deep(work: Work) -> None:
    ensure_category(list("abc"), work=work)
    deep = ensure_category(list("xyz"), work=work)
    top = work.session.scalars(select(Category).where(Category.path == "a")).one()
    top.parent = deep
    with pytest.raises(Invalid, match="at most 5 deep"):
        save_category(top, work=work)


def test_category_with_children_is_kept_and_without_is_deleted(work: Work) -> None:
    ensure_category(["News", "World"], work=work)
    top, below = work.session.scalars(select(Category).order_by(Category.path)).all()
    post = make_post(work, categories=(below.id,))
    with pytest.raises(Conflict, match="World"):
        delete_category(top, work=work)
    delete_category(below, work=work)
    delete_category(top, work=work)
    work.session.expire(post)
    assert (paths(work), post.categories) == ([], [])


def test_tag_of_signs_alone_has_an_address_that_can_be_asked_for(work: Work) -> None:
    tags = ensure_tags(["/", " .. ", "!?", "\u200b", "C++"], work=work)
    assert [tag.slug for tag in tags] == ["u-2f", "u-2e-2e", "u-21-3f", "u-200b", "c"]


def test_id_of_a_deleted_category_or_tag_is_never_given_again(work: Work) -> None:
    category = ensure_category(["News"], work=work)
    (tag,) = ensure_tags(["news"], work=work)
    last = (category.id, tag.id)
    delete_category(category, work=work)
    delete_tag(tag, work=work)
    (later,) = ensure_tags(["later"], work=work)
    ids = (ensure_category(["Later"], work=work).id, later.id)
    assert ids == (last[0] + 1, last[1] + 1)


def test_taxonomy_is_for_editors(work: Work, cast: Cast) -> None:
    cy = work_of(work.session, cast.cy)
    with pytest.raises(Forbidden, match="tags:edit"):
        save_tag(Tag(name="x"), work=cy)
    with pytest.raises(Forbidden, match="categories:edit"):
        save_category(Category(name="x"), work=cy)


def test_unknown_tag_or_category_is_not_found(work: Work) -> None:
    with pytest.raises(NotFound, match="no tag 9"):
        get_tag(work.session, 9)
    with pytest.raises(NotFound, match="no category 9"):
        get_category(work.session, 9)
