"""A category that is deleted takes nothing with it: its posts can still do all that posts do."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.domain.errors import Invalid
from shared.domain.posts import (
    content_of,
    publish,
    restore,
    restore_revision,
    save_post,
    trash,
    unpublish,
)
from shared.domain.taxonomy import delete_category, ensure_category
from shared.domain.work import Work
from shared.models import Post
from tests.cast import make_content, make_post


def post_that_lost_its_category(work: Work, **over: Any) -> tuple[Post, int]:
    category = ensure_category(["Notes"], work=work)
    post = make_post(work, categories=(category.id,), **over)
    lost = category.id
    delete_category(category, work=work)
    work.session.expire(post, ["categories"])
    return post, lost


def trash_and_restore(post: Post, *, version: None, work: Work) -> None:
    trash(post, version=version, work=work)
    restore(post, version=version, work=work)


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("verb", [publish, trash_and_restore])
def test_post_goes_on_without_the_lost_category(
    work: Work, verb: Callable[..., None], published: bool
) -> None:
    post, _ = post_that_lost_its_category(work, published=published)
    verb(post, version=None, work=work)
    assert (post.published_at is not None, post.categories) == (verb is publish, [])


def test_unpublish_goes_on_without_the_lost_category(work: Work) -> None:
    post, _ = post_that_lost_its_category(work)
    unpublish(post, version=None, work=work)
    assert (post.published_at, post.categories) == (None, [])


@pytest.mark.parametrize("published", [True, False])
def test_save_and_restore_let_go_of_the_lost_category(work: Work, published: bool) -> None:
    post, lost = post_that_lost_its_category(work, published=published)
    other = ensure_category(["Other"], work=work).id
    again = make_content(slug=post.slug, body="more", categories=(lost, other))
    save_post(post, again, version=None, work=work)
    assert content_of(post).categories == (other,)
    restore_revision(post, 1, version=None, work=work)
    assert content_of(post).categories == ()


@pytest.mark.parametrize("published", [True, False])
def test_save_in_a_category_that_never_was_is_refused(work: Work, published: bool) -> None:
    post = make_post(work, published=published)
    with pytest.raises(Invalid) as caught:
        save_post(post, make_content(slug=post.slug, categories=(77,)), version=None, work=work)
    assert caught.value.errors == {"categories": "There is no category 77."}
