"""Merges are taken back row by row: tags, categories, aliases, redirects and all lists."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from shared.domain.errors import Forbidden
from shared.domain.merging import merge_categories, merge_tags
from shared.domain.posts import publish, save_post
from shared.domain.redirects import save_redirect
from shared.domain.search import search
from shared.domain.taxonomy import (
    delete_tag,
    ensure_category,
    ensure_tags,
    save_category,
    save_tag,
)
from shared.domain.undo import ChangedSince, Merge, UndoOffer, offer_undo, remember, take_back
from shared.domain.work import Actor, Work
from shared.models import (
    AuditEvent,
    Category,
    CategoryAlias,
    Post,
    PostCategory,
    PostTag,
    Redirect,
    SearchEntry,
    Tag,
    TagAlias,
)
from shared.saying import say
from tests.cast import NOON, Cast, make_content, make_post, work_of
from tests.shared.domain.undo.acts import later

SOON = NOON + timedelta(minutes=5)
TABLES = (Tag, TagAlias, PostTag, Category, CategoryAlias, PostCategory, Redirect, SearchEntry)
ROUNDS = 6


def rows(work: Work) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the tables that a merge touches, without its version."""
    work.flush()
    found = {}
    for model in TABLES:
        table = model.__table__
        columns = [column for column in table.c if column.name != "version"]
        ordered = select(*columns).order_by(*table.primary_key)
        found[table.name] = [tuple(row) for row in work.session.execute(ordered)]
    return found


def merge(sources: list[Tag] | list[Category], into: Tag | Category, *, work: Work) -> UndoOffer:
    before = [remember(Merge(sources, into), work=work)]
    verb = merge_tags if isinstance(into, Tag) else merge_categories
    verb(sources, into, work=work)
    return offer_undo(work, say("Merged"), before)


def tags(work: Work, *names: str) -> list[Tag]:
    return ensure_tags(names, work=work)


def redirect(work: Work, path: str, target: str) -> Redirect:
    made = Redirect(path=path, target=target, status=301, origin="console")
    save_redirect(made, work=work)
    return made


def changes_of(offer: UndoOffer, work: Work) -> list[tuple[str, str, str]]:
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=work)
    return [(change.kind, change.label, change.by) for change in caught.value.changes]


def fill(work: Work, chance: Random) -> tuple[list[Tag], list[Category]]:
    """Make posts in all states on tags and a tree, with aliases and redirects among them."""
    names = tags(work, "a", "b", "c", "d", "脚本", "f")
    merge_tags(tags(work, "former"), names[chance.randrange(6)], work=work)
    tree = [ensure_category(path.split("/"), work=work) for path in ("A", "A/B", "A/B/C", "D", "E")]
    merge_categories([ensure_category(["Old"], work=work)], chance.choice(tree), work=work)
    for number in range(12):
        chosen = chance.sample(names, chance.randrange(4))
        filed = chance.sample(tree, chance.randrange(3))
        shown = {
            "tags": tuple(tag.name for tag in chosen),
            "categories": tuple(i.id for i in filed),
        }
        post = make_post(work, slug=f"post-{number}", published=chance.random() < 0.7, **shown)
        if chance.random() < 0.3:
            newer = make_content(title="Newer", tags=("a", "c"), slug=f"post-{number}")
            save_post(post, newer, version=None, work=work)
    redirect(work, "/by-hand/", "/list/b/")
    redirect(work, "/list/f/", "/list/a/")
    redirect(work, "/tree/", "/category/a/b/")
    return names, tree


@pytest.mark.parametrize("number", range(ROUNDS))
def test_any_merge_of_tags_is_taken_back_to_the_row_and_done_again(work: Work, number: int) -> None:
    chance = Random(number)  # noqa: S311 - dice of a test
    names, _ = fill(work, chance)
    chosen = chance.sample(names, chance.randrange(2, 5))
    before = rows(work)
    offer = merge(chosen[1:], chosen[0], work=work)
    after = rows(work)

    again = take_back(offer.id, work=later(work, SOON))
    assert rows(work) == before
    third = take_back(again.id, work=later(work, SOON))
    assert rows(work) == after
    take_back(third.id, work=later(work, SOON))
    assert rows(work) == before


@pytest.mark.parametrize(
    "chosen", ["A>D", "A/B>D", "A/B>E", "A,A/B>D", "A/B,A>D", "A,D>E", "D>A/B"]
)
def test_merge_of_categories_is_taken_back_with_all_that_stood_below(
    work: Work, chosen: str
) -> None:
    fill(work, Random(chosen))  # noqa: S311 - dice of a test
    gone, stays = chosen.split(">")
    sources = [ensure_category(path.split("/"), work=work) for path in gone.split(",")]
    before = rows(work)
    offer = merge(sources, ensure_category(stays.split("/"), work=work), work=work)
    after = rows(work)

    again = take_back(offer.id, work=later(work, SOON))
    assert rows(work) == before
    third = take_back(again.id, work=later(work, SOON))
    assert rows(work) == after
    take_back(third.id, work=later(work, SOON))
    assert rows(work) == before


def test_search_and_new_texts_know_the_old_names_again(work: Work) -> None:
    post = make_post(work, tags=("JS",))
    offer = merge(tags(work, "JS"), tags(work, "脚本语言")[0], work=work)
    take_back(offer.id, work=later(work, SOON))

    assert search(work.session, "JS", now=NOON, limit=9).ids == [post.id]
    assert search(work.session, "脚本语言", now=NOON, limit=9).ids == []
    assert [tag.name for tag in tags(work, "js")] == ["JS"]


def test_versions_go_on_so_that_open_forms_are_stale(work: Work) -> None:
    source, into = tags(work, "JS", "JavaScript")
    known = {source.id: source.version, into.id: into.version + 1}
    offer = merge([source], into, work=work)
    take_back(offer.id, work=later(work, SOON))

    found = work.session.scalars(select(Tag)).all()
    assert all(tag.version > known[tag.id] for tag in found)


def test_post_saved_since_is_named_and_keeps_its_tags(work: Work, cast: Cast) -> None:
    posts = [make_post(work, slug=f"post-{n}", title=f"Post {n}", tags=("JS",)) for n in range(2)]
    offer = merge(tags(work, "JS"), tags(work, "JavaScript")[0], work=work)
    ann = work_of(work.session, cast.ann, SOON)
    save_post(
        posts[1], make_content(title="Ann’s", tags=("New",), slug="p"), version=None, work=ann
    )
    publish(posts[1], version=None, work=ann)

    assert changes_of(offer, later(work, SOON)) == [("post", "Ann’s", "Ann")]
    take_back(offer.id, rest=True, work=later(work, SOON))
    work.session.expire_all()
    assert [[tag.name for tag in post.tags] for post in posts] == [["JS"], ["New"]]


def test_tag_that_stayed_and_was_renamed_since_is_named(work: Work, cast: Cast) -> None:
    into = tags(work, "JavaScript")[0]
    offer = merge(tags(work, "JS"), into, work=work)
    into.name = "ECMAScript"
    save_tag(into, work=work_of(work.session, cast.ann, SOON))
    before = rows(work)

    assert changes_of(offer, later(work, SOON)) == [("tag", "ECMAScript", "Ann")]
    with pytest.raises(ChangedSince):
        take_back(offer.id, rest=True, work=later(work, SOON))
    assert rows(work) == before


def test_tag_that_stayed_and_was_deleted_since_is_named(work: Work, cast: Cast) -> None:
    into = tags(work, "JavaScript")[0]
    offer = merge(tags(work, "JS"), into, work=work)
    delete_tag(into, work=work_of(work.session, cast.ann, SOON))

    assert ("tag", "JavaScript", "Ann") in changes_of(offer, later(work, SOON))


def test_new_tag_of_the_old_name_stands_in_the_way(work: Work, cast: Cast) -> None:
    offer = merge(tags(work, "JS"), tags(work, "JavaScript")[0], work=work)
    save_tag(Tag(name="js"), work=work_of(work.session, cast.ann, SOON))

    assert changes_of(offer, later(work, SOON)) == [("tag", "js", "Ann")]


def test_redirect_edited_since_is_named(work: Work, cast: Cast) -> None:
    offer = merge(tags(work, "JS"), tags(work, "JavaScript")[0], work=work)
    left = work.session.scalars(select(Redirect)).one()
    left.target = "/page/other/"
    save_redirect(left, work=work_of(work.session, cast.ann, SOON))

    assert changes_of(offer, later(work, SOON)) == [("redirect", "/list/js/", "Ann")]


def test_redirect_made_since_to_the_same_list_is_none_of_its_business(work: Work) -> None:
    offer = merge(tags(work, "JS"), tags(work, "JavaScript")[0], work=work)
    redirect(work, "/new/", "/list/javascript/")
    take_back(offer.id, work=later(work, SOON))

    assert [row.path for row in work.session.scalars(select(Redirect))] == ["/new/"]


def test_category_made_since_below_a_moved_one_is_named(work: Work, cast: Cast) -> None:
    source = ensure_category(["Town", "Sport"], work=work).parent
    assert source is not None
    offer = merge([source], ensure_category(["News"], work=work), work=work)
    ann = work_of(work.session, cast.ann, SOON)
    ensure_category(["News", "Sport", "Ball"], work=ann)

    assert changes_of(offer, later(work, SOON)) == [("category", "Ball", "Ann")]


def test_category_that_took_the_old_place_is_named(work: Work, cast: Cast) -> None:
    source, into = (ensure_category([name], work=work) for name in ("Town", "News"))
    offer = merge([source], into, work=work)
    save_category(Category(name="Town"), work=work_of(work.session, cast.ann, SOON))

    assert changes_of(offer, later(work, SOON)) == [("category", "Town", "Ann")]


def test_permission_is_asked_for_again(work: Work, cast: Cast) -> None:
    offer = merge(tags(work, "JS"), tags(work, "JavaScript")[0], work=work)
    less = Actor(kind="user", name="Ben", id=cast.ben.id, permissions=frozenset())
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=later(work, SOON, actor=less))
    assert str(caught.value.changes[0].reason) == str(Forbidden("tags:edit"))


def test_post_deleted_for_good_since_does_not_stand_against_it(work: Work) -> None:
    posts = [make_post(work, slug=f"post-{n}", tags=("JS",)) for n in range(2)]
    offer = merge(tags(work, "JS"), tags(work, "JavaScript")[0], work=work)
    work.session.execute(Post.__table__.delete().where(Post.id == posts[0].id))
    take_back(offer.id, work=later(work, SOON))

    assert [row.post_id for row in work.session.scalars(select(PostTag))] == [posts[1].id]


def test_taking_back_is_on_record_for_each_tag(work: Work) -> None:
    offer = merge(tags(work, "JS"), tags(work, "JavaScript")[0], work=work)
    take_back(offer.id, work=later(work, SOON))

    told = select(AuditEvent.object_label).where(AuditEvent.action == "tag.undone")
    assert sorted(work.session.scalars(told)) == ["JS", "JavaScript"]
