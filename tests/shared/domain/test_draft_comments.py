"""Comments on drafts: threads, passages, settling."""

import pytest

from shared.domain.draft_comments import (
    add_comment,
    list_threads,
    reopen_comment,
    resolve_comment,
)
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.posts import save_post
from shared.domain.work import Work
from tests.cast import Cast, make_content, make_post, work_of

BODY = "Nothing *happened* in [Delft](https://example.org/a_b/) today."


def test_threads_hold_answers_and_settled_ones_come_last(work: Work, cast: Cast) -> None:
    con = work_of(work.session, cast.con)
    post = make_post(con, published=False, body=BODY)
    first = add_comment(post, " Really?\r\nNothing? ", quote="happened in  Delft", work=work)
    second = add_comment(post, "And the rain?", quote="not there", work=work)
    answer = add_comment(post, "Really.", answers=first.id, quote="ignored", work=con)
    add_comment(post, "Good.", answers=answer.id, work=work)
    resolve_comment(post, first.id, work=con)
    shown = [
        (one.remark.text, one.remark.quote, one.is_found, [said.text for said in one.answers])
        for one in list_threads(work.session, post, BODY)
    ]
    assert shown == [
        ("And the rain?", "not there", False, []),
        ("Really?\nNothing?", "happened in Delft", True, ["Really.", "Good."]),
    ]
    assert (first.resolved_by, second.resolved_at) == ("Con", None)


def test_answer_and_reopening_open_a_thread(work: Work) -> None:
    post = make_post(work, published=False)
    one = add_comment(post, "Hm", work=work)
    resolve_comment(post, one.id, work=work)
    with pytest.raises(Conflict):
        resolve_comment(post, one.id, work=work)
    reopen_comment(post, one.id, work=work)
    with pytest.raises(Conflict):
        reopen_comment(post, one.id, work=work)
    resolve_comment(post, one.id, work=work)
    add_comment(post, "Still", answers=one.id, work=work)
    assert (one.resolved_at, one.resolved_by) == (None, "")


def test_comment_knows_the_version_that_was_read(work: Work) -> None:
    post = make_post(work, published=False)
    save_post(post, make_content(body="More"), version=None, work=work)
    assert add_comment(post, "Hm", work=work).revision == 2


def test_who_may_not_read_may_not_comment(work: Work, cast: Cast) -> None:
    post = make_post(work, published=False)
    for user in (cast.con, cast.dee):
        with pytest.raises(Forbidden):
            add_comment(post, "Hm", work=work_of(work.session, user))


def test_comment_says_something_and_of_this_post(work: Work) -> None:
    post, other = (make_post(work, slug=slug, published=False) for slug in ("a", "b"))
    elsewhere = add_comment(other, "Hm", work=work)
    for text in ("", " \n ", "x" * 4001):
        with pytest.raises(Invalid):
            add_comment(post, text, work=work)
    with pytest.raises(NotFound):
        add_comment(post, "Hm", answers=elsewhere.id, work=work)
    with pytest.raises(NotFound):
        resolve_comment(post, elsewhere.id, work=work)
