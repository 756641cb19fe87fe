"""Paths asked for in vain lead somewhere, are gone, or are hidden."""

from datetime import timedelta

import pytest

from shared.domain import missing
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.missing import Missed
from shared.models import Redirect
from tests.cast import NOON, make_post, work_of


def listed(session, **over):
    since = over.pop("since", NOON - timedelta(days=30))
    return [(row.path, row.asked) for row in missing.list_missing(session, since=since, limit=10)]


def test_most_wanted_paths_come_first_and_old_ones_not_at_all(work):
    missing.add_missing(work.session, {"/a": Missed(2, NOON), "/b": Missed(5, NOON)})
    missing.add_missing(work.session, {"/a": Missed(4, NOON)})
    missing.add_missing(work.session, {"/old": Missed(9, NOON - timedelta(days=31))})

    assert listed(work.session) == [("/a", 6), ("/b", 5)]


def test_no_more_than_so_many_are_kept(work, monkeypatch):
    monkeypatch.setattr(missing, "MOST_MISSING", 3)
    for number in range(6):
        at = NOON + timedelta(seconds=number)
        missing.add_missing(work.session, {f"/{number}": Missed(1, at)})

    assert [path for path, _ in listed(work.session)] == ["/3", "/4", "/5"]


def test_path_that_is_sent_on_leaves_the_list(work, cast):
    missing.add_missing(work.session, {"/old": Missed(1, NOON), "/gone": Missed(1, NOON)})
    editor = work_of(work.session, cast.ben)
    post = make_post(work)

    made = missing.send_on("/old", post_id=post.id, work=editor)
    gone = missing.send_on("/gone", work=editor)

    assert (made.post_id, made.status, made.origin) == (post.id, 301, "missing")
    assert (gone.target, gone.status) == ("", 410)
    assert listed(work.session) == []
    with pytest.raises(Conflict):
        missing.send_on("/old", post_id=post.id, work=editor)


@pytest.mark.parametrize("path", ["/admin/x", "/with blank", "no-slash"])
def test_path_that_no_redirect_may_have_is_refused(work, cast, path):
    with pytest.raises(Invalid) as caught:
        missing.send_on(path, target="/", work=work_of(work.session, cast.ben))
    assert list(caught.value.errors) == ["path"]


def test_hidden_path_stays_hidden_when_it_is_asked_for_again(work, cast):
    missing.add_missing(work.session, {"/x": Missed(1, NOON)})
    assert missing.ignore_missing(["/x", "/y"], work=work_of(work.session, cast.ben)) == 1
    missing.add_missing(work.session, {"/x": Missed(1, NOON)})

    assert listed(work.session) == []


def test_hiding_needs_the_permission(work, cast):
    with pytest.raises(Forbidden, match="redirects:edit"):
        missing.ignore_missing(["/x"], work=work_of(work.session, cast.cy))


def test_meant_post_is_found_by_the_slug_at_the_end(work):
    made = make_post(work, title="Flask学习")
    make_post(work, title="Draft", published=False)
    paths = [
        "/2019/01/08/Flask学习.html",
        "/blog/2019-01-08-flask学习",
        "/flask学习/index.html",
        "/draft/",
        "/else",
        "/",
    ]

    found = missing.suggest(work.session, paths, NOON)

    assert {path: post.id for path, post in found.items()} == dict.fromkeys(paths[:3], made.id)
    assert work.session.query(Redirect).count() == 0
