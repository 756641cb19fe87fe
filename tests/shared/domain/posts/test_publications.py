"""The record of what visitors could see, from when to when."""

from datetime import datetime, timedelta

from sqlalchemy import select

from shared.domain.posts import publish, save_post, schedule, trash, unpublish
from shared.domain.posts.publishing import set_end
from shared.domain.undo import take_back
from shared.domain.work import Work
from shared.models import Publication, Revision
from tests.cast import NOON, make_content, make_post
from tests.shared.domain.undo.acts import act, later

HOUR = timedelta(hours=1)


def record(work: Work) -> list[tuple[int, datetime, datetime | None]]:
    rows = work.session.execute(
        select(Revision.number, Publication.shown_from, Publication.shown_until)
        .join(Revision, Revision.id == Publication.revision_id)
        .order_by(Publication.id)
    )
    return [tuple(row) for row in rows]


def test_each_version_is_noted_while_it_is_shown(work: Work) -> None:
    post = make_post(work)
    save_post(post, make_content(body="Newer"), version=None, work=later(work, NOON + HOUR))
    publish(post, version=None, work=later(work, NOON + 2 * HOUR))
    unpublish(post, version=None, work=later(work, NOON + 3 * HOUR))
    assert record(work) == [
        (1, NOON, NOON + 2 * HOUR),
        (2, NOON + 2 * HOUR, NOON + 3 * HOUR),
    ]


def test_date_in_the_past_does_not_make_it_seen_then(work: Work) -> None:
    make_post(work, at=NOON - 24 * HOUR)
    assert record(work) == [(1, NOON, None)]


def test_schedule_counts_from_its_instant_and_leaves_nothing_when_it_is_dropped(
    work: Work,
) -> None:
    post = make_post(work, published=False)
    schedule(post, NOON + 2 * HOUR, version=None, work=work)
    assert record(work) == [(1, NOON + 2 * HOUR, None)]
    publish(post, version=None, work=later(work, NOON + HOUR))
    assert record(work) == [(1, NOON + HOUR, None)]
    unpublish(post, version=None, work=later(work, NOON + HOUR))
    schedule(post, NOON + 9 * HOUR, version=None, work=later(work, NOON + 2 * HOUR))
    unpublish(post, version=None, work=later(work, NOON + 3 * HOUR))
    assert record(work) == []


def test_end_of_a_publication_is_its_end(work: Work) -> None:
    post = make_post(work)
    set_end(post, NOON + 5 * HOUR, version=None, work=work)
    assert record(work) == [(1, NOON, NOON + 5 * HOUR)]


def test_trash_ends_it_and_undo_begins_it_again(work: Work) -> None:
    post = make_post(work)
    offer = act(lambda post: trash(post, work=later(work, NOON)), [post], work=work)
    assert record(work) == []
    take_back(offer.id, work=later(work, NOON + HOUR / 4))
    assert record(work) == [(1, NOON + HOUR / 4, None)]
