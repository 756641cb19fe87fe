"""What was done to very many is taken back part after part, and ends exactly as it was before."""

from functools import partial

import pytest

from shared.domain.errors import Conflict, NotFound
from shared.domain.posts import save_post, trash
from shared.domain.undo import ChangedSince, take_back
from shared.domain.undo.parts import (
    PART,
    begin_taking_back,
    end,
    get_run,
    go_on,
    goes_in_parts,
    list_open_runs,
)
from shared.domain.work import Work
from tests.cast import NOON, Cast, make_content, make_post, work_of
from tests.shared.domain.undo.acts import act, later, picture

MANY = 2 * PART + 20


@pytest.fixture
def posts(work: Work):
    return [make_post(work, title=f"Post {n}", slug=f"post-{n}") for n in range(MANY)]


def rename(post, *, work: Work, title: str = "New"):
    save_post(post, make_content(title=title, slug=post.slug), version=None, work=work)


def trash_all(posts, work: Work):
    return act(partial(trash, work=work), posts, work=work)


def go(number: int, work: Work):
    """Do a part as a request does it: the run is read anew."""
    return go_on(get_run(number, work=work), is_enough=lambda: False, work=work)


def test_parts_put_everything_back_and_leave_an_offer_to_do_it_again(work: Work, posts) -> None:
    before = picture(work)
    offer = trash_all(posts, work)
    assert goes_in_parts(offer.id, work=work)
    run = begin_taking_back(offer.id, work=later(work, NOON))
    assert [go(run.id, later(work, NOON)) for _ in range(2)] == [None, None]
    assert (run.done, len(run.waiting)) == (2 * PART, 20)
    again = go(run.id, later(work, NOON))
    assert picture(work) == before
    assert (again.takes_back, len(again.steps), run.finished_at) == (offer.id, MANY, NOON)
    assert goes_in_parts(again.id, work=work)


def test_nobody_begins_twice_and_one_goes_on_after_the_offer_has_expired(work: Work, posts) -> None:
    offer = trash_all(posts, work)
    run = begin_taking_back(offer.id, work=later(work, NOON))
    with pytest.raises(Conflict):
        begin_taking_back(offer.id, work=work)
    with pytest.raises(Conflict):
        take_back(offer.id, work=work)
    assert list_open_runs(work.session, work.actor.user_id) == {offer.id: run.id}
    for hours in (1, 2, 3):
        go(run.id, later(work, NOON.replace(hour=12 + hours)))
    assert [post.trashed_at for post in posts] == [None] * MANY
    assert list_open_runs(work.session, work.actor.user_id) == {}


def test_what_was_changed_before_is_refused_at_the_beginning(work: Work, posts) -> None:
    offer = act(partial(rename, work=work), posts, work=work)
    rename(posts[3], title="Mine", work=work)
    with pytest.raises(ChangedSince) as refused:
        begin_taking_back(offer.id, work=work)
    assert ([change.id for change in refused.value.changes], refused.value.left) == (
        [posts[3].id],
        MANY - 1,
    )
    assert begin_taking_back(offer.id, rest=True, work=work).total == MANY - 1


def test_what_is_changed_in_between_stays_and_is_named(work: Work, posts) -> None:
    offer = act(partial(rename, work=work), posts, work=work)
    run = begin_taking_back(offer.id, work=work)
    go(run.id, work)
    late = next(post for post in posts if post.id == run.waiting[0])
    rename(late, title="Mine", work=work)
    go(run.id, work)
    go(run.id, work)
    assert [line[1] for line in run.refused] == ["It was changed or removed since."]
    assert (run.done, late.working.title) == (MANY - 1, "Mine")


def test_stopping_keeps_what_is_back_and_offers_to_do_that_again(work: Work, posts) -> None:
    offer = trash_all(posts, work)
    run = begin_taking_back(offer.id, work=work)
    go(run.id, work)
    again = end(run, work=work)
    assert len(again.steps) == PART
    assert sum(post.trashed_at is None for post in posts) == PART


def test_few_go_at_once_and_others_see_nothing_of_it(work: Work, posts) -> None:
    few = act(partial(trash, work=work), posts[:PART], work=work)
    assert not goes_in_parts(few.id, work=work)
    many = act(partial(trash, work=work), posts[PART:], work=work)
    run = begin_taking_back(many.id, work=work)
    ann = work_of(work.session, Cast.load(work.session).ann)
    assert get_run(run.id, work=work) is run
    with pytest.raises(NotFound):
        get_run(run.id, work=ann)
