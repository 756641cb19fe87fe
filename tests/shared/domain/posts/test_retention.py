"""Old versions go as the settings say; what was published, named, shown or needed stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.domain.errors import Forbidden, NotFound
from shared.domain.posts import (
    content_of,
    discard_changes,
    name_revision,
    publish,
    restore_field,
    save_post,
)
from shared.domain.posts.retention import find_surplus, prune
from shared.domain.work import Work
from shared.models import Post, Revision
from tests.cast import NOON, Cast, make_content, make_post, work_of
from tests.shared.domain.undo.acts import act, later

DAY = timedelta(days=1)
LONG_AFTER = NOON + 100 * DAY


def numbers(work: Work, post: Post) -> list[int]:
    wanted = select(Revision.number).where(Revision.post_id == post.id)
    return list(work.session.scalars(wanted.order_by(Revision.number)))


def write(work: Work, days: int = 3, each: int = 3) -> Post:
    """Save a draft several times on each of some days: 1, then 2, 3, 4, and so on."""
    post = make_post(work, published=False)
    for day in range(days):
        for hour in range(each):
            at = later(work, NOON + day * DAY + timedelta(hours=hour))
            text = f"Day {day}, hour {hour}"
            save_post(post, make_content(body=text), version=None, work=at)
    return post


def prune_all(work: Work) -> None:
    for found in list(find_surplus(work.session, work.at)):
        prune(found, work=work)


def test_last_of_each_day_and_the_first_stay(work: Work, cast: Cast) -> None:
    post = write(work)
    ann = work_of(work.session, cast.ann, LONG_AFTER)
    (found,) = find_surplus(work.session, LONG_AFTER)
    assert (found.title, found.count, found.kept) == ("A quiet morning", 6, 4)
    prune_all(ann)
    assert numbers(work, post) == [1, 4, 7, 10]


def test_nothing_of_the_last_days_goes(work: Work) -> None:
    write(work)
    assert list(find_surplus(work.session, NOON + 90 * DAY)) == []


def test_named_and_published_versions_stay_for_ever(work: Work, cast: Cast) -> None:
    post = write(work)
    name_revision(post, 2, "  As sent to Ann ", work=work)
    at = later(work, NOON + 2 * DAY + timedelta(hours=3))
    publish(post, version=None, work=at)
    after = later(work, at.at + timedelta(hours=1))
    save_post(post, make_content(body="After"), version=None, work=after)
    publish(post, version=None, work=after)
    save_post(post, make_content(body="Later"), version=None, work=after)
    prune_all(work_of(work.session, cast.ann, LONG_AFTER))
    assert numbers(work, post) == [1, 2, 4, 7, 10, 11, 12]


def test_version_that_an_undo_goes_back_to_stays(work: Work, cast: Cast) -> None:
    post = make_post(work)
    save_post(post, make_content(body="Changed"), version=None, work=work)
    save_post(post, make_content(body="More"), version=None, work=work)
    after = later(work, LONG_AFTER)
    act(lambda post: discard_changes(post, version=None, work=after), [post], work=after)
    save_post(post, make_content(body="Other"), version=None, work=after)
    prune_all(work_of(work.session, cast.ann, LONG_AFTER))
    assert numbers(work, post) == [1, 3, 4]


def test_only_owners_let_go_of_versions(work: Work) -> None:
    write(work)
    (found,) = find_surplus(work.session, LONG_AFTER)
    with pytest.raises(Forbidden):
        prune(found, work=work)


def test_one_field_comes_back_as_a_new_revision(work: Work) -> None:
    post = make_post(work, title="Old", body="Old text", tags=("one",))
    save_post(post, make_content(title="New", body="New text"), version=None, work=work)
    restore_field(post, 1, "title", version=None, work=work)
    restored = restore_field(post, 1, "tags", version=None, work=work)
    content = content_of(post)
    assert (content.title, content.body, content.tags) == ("Old", "New text", ("one",))
    assert (restored.number, restored.note) == (4, "Took tags from revision 1")
    with pytest.raises(NotFound):
        restore_field(post, 1, "author", version=None, work=work)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seo_title", "For engines"),
        ("canonical", "https://example.org/first/"),
        ("noindex", True),
        ("social_image", "/media/1-a.png"),
        ("template", "wide"),
        ("comments", "off"),
    ],
)
def test_each_field_beside_the_text_comes_back_alone(work: Work, field: str, value: object) -> None:
    post = make_post(work, title="Old", **{field: value})
    save_post(post, make_content(title="New"), version=None, work=work)
    restore_field(post, 1, field, version=None, work=work)
    content = content_of(post)
    assert (content.title, getattr(content, field)) == ("New", value)


def test_size_counts_characters_also_of_a_growing_autosave(work: Work) -> None:
    post = make_post(work, published=False, body="中文")
    for text in ("中文字", "中文字符"):
        save_post(post, make_content(body=text), version=None, autosave=True, work=work)
    sizes = work.session.scalars(select(Revision.size).order_by(Revision.number))
    assert sizes.all() == [2, 4]
