"""Permits of the editor's frame on both databases: they open, end, and cannot be made up."""

import re
from datetime import timedelta

import pytest

from shared.domain.errors import Forbidden
from shared.domain.posts import trash
from shared.domain.posts.preview_permits import LIFE, find_permitted, make_permit
from shared.domain.users import disable_user, end_sessions
from shared.runtime import Runtime
from tests.cast import NOON, Cast, make_post, work_of

KEY = b"k" * 32


@pytest.fixture
def work(any_runtime: Runtime):
    with any_runtime.database.writing() as session:
        yield work_of(session, Cast.load(session).ben)


def test_permit_opens_its_post_for_minutes(work) -> None:
    post = make_post(work, published=False)
    permit = make_permit(post, key=KEY, work=work)
    opened = [
        find_permitted(work.session, permit, key=KEY, at=NOON + passed)
        for passed in (timedelta(0), LIFE - timedelta(seconds=1), LIFE)
    ]
    assert opened == [post, post, None]


def test_permit_that_was_made_up_opens_nothing(work) -> None:
    post, other = make_post(work, published=False), make_post(work, published=False)
    permit = make_permit(post, key=KEY, work=work)
    numbers, signature = permit.rsplit(".", 1)
    later = re.sub(r"\.(\d+)$", lambda end: f".{int(end[1]) + 600}", numbers)
    changed = f"{other.id}.{numbers.split('.', 1)[1]}"
    made_up = [
        f"{later}.{signature}",
        f"{changed}.{signature}",
        f"{numbers}.{'0' * 64}",
        f"{numbers}.{signature[:-1]}",
        f"0{permit}",
        f"{permit}\n",
        numbers,
        "",
    ]
    found = [find_permitted(work.session, text, key=KEY, at=NOON) for text in made_up]
    assert found == [None] * len(made_up)
    assert find_permitted(work.session, permit, key=b"x" * 32, at=NOON) is None


def test_permit_ends_with_the_sessions_the_rights_and_the_post(work) -> None:
    cast = Cast.load(work.session)
    owner = work_of(work.session, cast.ann)
    post = make_post(work, published=False)

    def opens() -> bool:
        return find_permitted(work.session, permit, key=KEY, at=NOON) is post

    permit = make_permit(post, key=KEY, work=work)
    cast.ben.role = "reader"
    assert not opens()
    cast.ben.role = "editor"
    assert opens()
    end_sessions(cast.ben, work=work)
    assert not opens()
    permit = make_permit(post, key=KEY, work=work)
    trash(post, version=None, work=work)
    assert not opens()
    disable_user(cast.ben, work=owner)
    assert not opens()


def test_permit_is_for_who_may_edit(work) -> None:
    post = make_post(work, published=False)
    for name in ("cy", "dee"):
        someone = getattr(Cast.load(work.session), name)
        with pytest.raises(Forbidden):
            make_permit(post, key=KEY, work=work_of(work.session, someone))
