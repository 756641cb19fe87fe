from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from shared.domain.errors import Conflict, Stale
from shared.domain.posts import (
    Kept,
    Save,
    autosave,
    content_of,
    digest_of,
    get_revision,
    list_others,
    name_revision,
    note_leaving,
    note_presence,
    publish,
    save_post,
    set_aside,
    unpublish,
)
from shared.domain.reviews import ask_review
from shared.domain.work import Work
from shared.models import AuditEvent, Post, Revision
from tests.cast import NOON, Cast, make_content, make_post, work_of


def keep(work: Work, post: Post | None, sequence: int, **over: Any) -> Kept:
    """Let an editor send a save; `version` is what it knows of."""
    version = over.pop("version", post.version if post else None)
    key, digest = over.pop("key", "a" * 32), over.pop("digest", "")
    save = Save(key=key, sequence=sequence, version=version, digest=digest)
    return autosave(post, make_content(**over), save, kind="post", untitled="Untitled", work=work)


def count(work: Work, table: Any) -> int:
    return work.session.scalar(select(func.count()).select_from(table)) or 0


def test_first_save_makes_the_post_and_a_repeat_does_nothing(work: Work) -> None:
    post = keep(work, None, 1, body="one").post
    again = keep(work, None, 1, body="one")
    assert (again.post.id, again.is_repeat, post.version) == (post.id, True, 1)
    assert (count(work, Post), count(work, Revision)) == (1, 1)


def test_save_after_a_lost_answer_goes_on_where_the_editor_was(work: Work) -> None:
    post = keep(work, None, 1, body="one").post
    kept = keep(work, None, 2, body="one two")
    keep(work, post, 3, body="one two three", version=1)
    assert (kept.post.id, content_of(post).body) == (post.id, "one two three")
    assert count(work, Post) == 1


def test_save_that_comes_late_changes_nothing(work: Work) -> None:
    post = make_post(work, body="old")
    keep(work, post, 2, body="new")
    assert keep(work, post, 1, body="older", version=1).is_repeat
    assert content_of(post).body == "new"


def test_save_on_top_of_anothers_is_stale_and_can_be_set_aside_once(work: Work, cast: Cast) -> None:
    post = make_post(work, body="old")
    begun = post.version
    keep(work, post, 1, body="mine")
    theirs = work_of(work.session, cast.ann)
    save_post(post, make_content(body="theirs"), version=None, work=theirs)
    with pytest.raises(Stale):
        keep(work, post, 2, body="mine too", version=begun)
    aside = set_aside(post, make_content(body="mine too"), work=work)
    assert set_aside(post, make_content(body="mine too"), work=work) is aside
    assert (content_of(post).body, aside.content["body"]) == ("theirs", "mine too")


def test_version_that_moved_without_the_text_is_no_conflict(work: Work, cast: Cast) -> None:
    post = make_post(work, published=False, body="old")
    begun, digest = post.version, digest_of(content_of(post))
    publish(post, version=None, work=work_of(work.session, cast.ann))
    keep(work, post, 1, body="new", version=begun, digest=digest, slug=post.slug)
    assert (content_of(post).body, content_of(post, live=True).body) == ("new", "old")


def test_field_that_is_not_allowed_stays_and_the_rest_is_kept(work: Work) -> None:
    make_post(work, title="Taken", slug="taken")
    post = make_post(work, title="Title", slug="mine", summary="short")
    kept = keep(work, post, 1, title="", slug="taken", summary="x" * 501, body="typed")
    assert set(kept.refused) == {"title", "slug", "summary"}
    stored = content_of(post)
    assert (stored.title, stored.slug, stored.summary) == ("Title", "mine", "short")
    assert stored.body == "typed"


@pytest.mark.parametrize(
    ("body", "title"),
    [("\n## On *tea*\n\nx", "On *tea*"), ("", "Untitled"), ("茶" * 99, "茶" * 80)],
)
def test_text_without_a_title_is_named_by_its_first_words(
    work: Work, body: str, title: str
) -> None:
    assert keep(work, None, 1, title="", body=body).post.title == title


def test_saves_of_five_minutes_are_one_revision_and_one_line_of_the_log(work: Work) -> None:
    post = make_post(work, body="old")
    events = count(work, AuditEvent)
    for number in range(1, 6):
        keep(work, post, number, body=f"text {number}")
    assert (count(work, Revision), count(work, AuditEvent)) == (2, events + 1)


def test_revision_that_another_editor_began_from_is_not_written_over(
    work: Work, cast: Cast
) -> None:
    post = make_post(work, body="old")
    keep(work, post, 1, body="text 1")
    base = content_of(post)
    note_presence(post, "b", begun=2, work=work_of(work.session, cast.ann))
    keep(work, post, 2, body="text 2")
    keep(work, post, 3, body="text 3")

    bodies = [get_revision(work.session, post, number).content["body"] for number in (1, 2, 3)]
    assert (bodies, count(work, Revision)) == (["old", "text 1", "text 3"], 3)
    assert get_revision(work.session, post, 2).content == base.as_document()


def test_editor_that_was_left_or_went_on_holds_nothing(work: Work, cast: Cast) -> None:
    post = make_post(work, body="old")
    ann = work_of(work.session, cast.ann)
    keep(work, post, 1, body="text 1")
    note_presence(post, "b", begun=2, work=ann)
    note_leaving("b", work=ann)
    keep(work, post, 2, body="text 2")
    assert count(work, Revision) == 2

    note_presence(post, "b", begun=2, work=ann)
    keep(work, post, 3, body="text 3")
    note_presence(post, "b", begun=3, work=ann)  # what it was given instead
    note_presence(post, "b", work=ann)
    keep(work, post, 4, body="text 4")
    assert count(work, Revision) == 4


def test_text_as_it_was_saved_makes_no_revision(work: Work) -> None:
    post = make_post(work, body="old")
    keep(work, post, 1, body="old")
    assert (post.version, count(work, Revision)) == (2, 1)


def test_editor_of_another_person_is_refused(work: Work, cast: Cast) -> None:
    post = keep(work, None, 1, body="one").post
    with pytest.raises(Conflict, match="somebody else"):
        keep(work_of(work.session, cast.ann), post, 2, body="two")


def test_who_has_a_post_open_is_seen_until_leaving_or_silence(work: Work, cast: Cast) -> None:
    post = make_post(work)
    for key, who, seconds in (("a", cast.ben, 0), ("b", cast.ann, 10), ("c", cast.ben, 20)):
        at = NOON + timedelta(seconds=seconds)
        note_presence(post, key, work=work_of(work.session, who, at))

    def others(seconds: int) -> list[str]:
        later = work_of(work.session, cast.ben, NOON + timedelta(seconds=seconds))
        return [other.name for other in list_others(post, "a", work=later)]

    assert (others(30), others(51), others(61)) == (["Ann", "Ben"], ["Ben"], [])
    note_leaving("b", work=work_of(work.session, cast.ann))
    note_leaving("c", work=work_of(work.session, cast.ann))  # not hers
    assert others(30) == ["Ben"]


def told_by(work: Work, post: Post, number: int) -> str:
    return str(get_revision(work.session, post, number).content["body"])


def test_named_version_stays_as_it_is(work: Work) -> None:
    post = make_post(work, published=False, body="old")
    keep(work, post, 1, body="as sent to Bob")
    number = post.working.number  # type: ignore[union-attr]  # a draft has one
    name_revision(post, number, "Sent to Bob", work=work)
    keep(work, post, 2, body="later")
    assert (told_by(work, post, number), content_of(post).body) == ("as sent to Bob", "later")


def test_version_that_visitors_saw_stays_as_it_is(work: Work, cast: Cast) -> None:
    post = make_post(work, published=False, body="old")
    keep(work, post, 1, body="public for a minute")
    number = post.working.number  # type: ignore[union-attr]  # as above
    publish(post, version=None, work=work)
    minute = work_of(work.session, cast.ben, at=NOON + timedelta(minutes=1))
    unpublish(post, version=None, work=minute)
    keep(minute, post, 2, body="never public", slug=post.slug)
    assert told_by(work, post, number) == "public for a minute"
    assert content_of(post).body == "never public"


def test_version_that_is_asked_about_stays_as_it_is(work: Work, cast: Cast) -> None:
    con = work_of(work.session, cast.con)
    post = keep(con, None, 1, body="one").post
    keep(con, post, 2, body="please look")
    asked = ask_review(post, work=con)
    keep(con, post, 3, body="please look again")
    assert told_by(work, post, asked.revision) == "please look"
