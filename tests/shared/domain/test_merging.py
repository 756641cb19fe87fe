"""Merged tags and categories keep their posts, addresses and names."""

import pytest
from sqlalchemy import select

from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.merging import Outlook, foresee, merge_categories, merge_tags
from shared.domain.posts import content_of, publish, save_post
from shared.domain.search import search
from shared.domain.taxonomy import ensure_category, ensure_tags, save_category, save_tag
from shared.models import AuditEvent, Category, PostTag, Redirect, Tag
from tests.cast import NOON, make_content, make_post, work_of


def tag(work, name):
    return ensure_tags([name], work=work)[0]


def tags_of(work, post):
    work.session.expire(post)
    return [item.name for item in post.tags]


def paths(work, post):
    work.session.expire(post)
    return [item.path for item in post.categories]


def redirects(work):
    rows = select(Redirect.path, Redirect.target, Redirect.origin).order_by(Redirect.path)
    return [tuple(row) for row in work.session.execute(rows)]


def test_posts_of_merged_tags_carry_the_target_once(work):
    one = make_post(work, title="One", tags=("JS", "Web"))
    both = make_post(work, title="Both", tags=("JS", "JavaScript"))
    draft = make_post(work, title="Draft", tags=("ECMAScript",), published=False)
    sources, into = [tag(work, "JS"), tag(work, "ECMAScript")], tag(work, "JavaScript")

    assert foresee(work.session, sources, into) == Outlook(moving=2, there_already=1)
    merge_tags(sources, into, work=work)

    assert [tags_of(work, post) for post in (one, both, draft)] == [
        ["JavaScript", "Web"],
        ["JavaScript"],
        ["JavaScript"],
    ]
    assert work.session.scalars(select(Tag.name).order_by(Tag.name)).all() == ["JavaScript", "Web"]
    listed = select(PostTag.listed_at).where(PostTag.post_id == one.id)
    assert work.session.scalars(listed).all() == [NOON, NOON]


def test_old_addresses_of_merged_tags_lead_to_the_target(work):
    merge_tags([tag(work, "JS")], tag(work, "JavaScript"), work=work)
    merge_tags([tag(work, "JavaScript")], tag(work, "脚本"), work=work)

    assert redirects(work) == [
        ("/list/javascript/", "/list/脚本/", "merge"),
        ("/list/js/", "/list/脚本/", "merge"),
    ]


def test_texts_that_name_a_merged_tag_mean_the_target(work):
    post = make_post(work, title="One", tags=("JS",))
    save_post(
        post, make_content(title="One, again", tags=("JS", "JavaScript")), version=None, work=work
    )
    merge_tags([tag(work, "JS")], tag(work, "JavaScript"), work=work)

    publish(post, version=None, work=work)

    assert tags_of(work, post) == ["JavaScript"]
    assert [item.name for item in ensure_tags(["js", "New"], work=work)] == ["JavaScript", "New"]


def test_posts_are_found_by_the_name_of_the_target(work):
    post = make_post(work, title="One", tags=("JS",))
    merge_tags([tag(work, "JS")], tag(work, "脚本语言"), work=work)

    found = search(work.session, "脚本语言", now=NOON, limit=9)

    assert (found.ids, search(work.session, "JS", now=NOON, limit=9).ids) == ([post.id], [])


@pytest.mark.parametrize(("chosen", "wrong"), [((), "sources"), (("JavaScript",), "into")])
def test_merge_of_nothing_or_into_itself_names_the_field(work, chosen, wrong):
    into = tag(work, "JavaScript")
    with pytest.raises(Invalid) as caught:
        merge_tags([tag(work, name) for name in chosen], into, work=work)
    assert list(caught.value.errors) == [wrong]


def test_merging_needs_the_permission(work, cast):
    author = work_of(work.session, cast.cy)
    with pytest.raises(Forbidden, match="tags:edit"):
        merge_tags([tag(work, "JS")], tag(work, "JavaScript"), work=author)
    category = ensure_category(["News"], work=work)
    with pytest.raises(Forbidden, match="categories:edit"):
        merge_categories([category], category, work=author)


def test_merged_category_brings_its_posts_and_children(work):
    old = ensure_category(["Town"], work=work)
    child = ensure_category(["Town", "Sport"], work=work)
    into = ensure_category(["News"], work=work)
    post = make_post(work, title="One", categories=(old.id, into.id))
    below = make_post(work, title="Two", categories=(child.id,))

    merge_categories([old], into, work=work)

    assert (paths(work, post), paths(work, below)) == (["news"], ["news/sport"])
    assert redirects(work) == [
        ("/category/town/", "/category/news/", "merge"),
        ("/category/town/sport/", "/category/news/sport/", "slug"),
    ]


def test_revision_that_holds_a_merged_category_means_the_target(work):
    old, into = ensure_category(["Town"], work=work), ensure_category(["News"], work=work)
    post = make_post(work, title="One", categories=(old.id,))
    merge_categories([old], into, work=work)

    assert content_of(post).categories == (old.id,)
    save_post(post, make_content(title="Two", categories=(old.id,)), version=None, work=work)
    publish(post, version=None, work=work)

    assert paths(work, post) == ["news"]


def test_category_is_not_merged_into_what_stands_below_it(work):
    above, below = ensure_category(["A"], work=work), ensure_category(["A", "B"], work=work)
    with pytest.raises(Invalid) as caught:
        merge_categories([above], below, work=work)
    assert caught.value.errors == {"into": "“A” stands above the target."}


def test_children_of_one_name_are_merged_first(work):
    ensure_category(["A", "Sport"], work=work)
    ensure_category(["B", "Sport"], work=work)
    one, two = (ensure_category([name], work=work) for name in "AB")
    with pytest.raises(Conflict, match="Both have a category “Sport” below them"):
        merge_categories([one], two, work=work)
    work.session.rollback()


def test_changed_address_of_a_tag_leaves_a_redirect(work):
    made = tag(work, "JS")
    made.slug = "javascript"
    save_tag(made, work=work)
    made.slug = "js"
    save_tag(made, work=work)

    assert redirects(work) == [("/list/javascript/", "/list/js/", "slug")]


def test_changed_address_of_a_category_leaves_redirects_for_all_below(work):
    ensure_category(["A", "B"], work=work)
    above = work.session.scalar(select(Category).where(Category.path == "a"))
    above.slug = "c"
    save_category(above, work=work)

    assert redirects(work) == [
        ("/category/a/", "/category/c/", "slug"),
        ("/category/a/b/", "/category/c/b/", "slug"),
    ]


def test_merge_is_recorded(work):
    merge_tags([tag(work, "JS")], tag(work, "JavaScript"), work=work)

    told = select(AuditEvent.object_label, AuditEvent.data)
    event = work.session.execute(told.where(AuditEvent.action == "tag.merged")).one()
    assert tuple(event) == ("JS", {"into": "JavaScript"})
