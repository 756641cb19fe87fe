"""Only who edits others' posts gives one away, and only to someone who may write it."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shared.domain.errors import Forbidden, Invalid, Stale
from shared.domain.posts import give_post, may_write, suggest_slug
from shared.domain.users import disable_user
from shared.domain.work import Work
from shared.models import AuditEvent, Post
from shared.runtime import Runtime
from tests.cast import NOON, Cast, make_post, work_of
from tests.queries import counted_queries


def test_give_post_changes_the_author_and_is_on_record(
    session: Session, cast: Cast, work: Work
) -> None:
    post = make_post(work)
    version = post.version
    give_post(post, cast.cy.id, version=version, work=work)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "post.given")).one()
    assert (post.author_id, post.version) == (cast.cy.id, version + 1)
    assert event.data == {"author": cast.cy.id, "before": cast.ben.id}


def test_give_post_to_its_author_changes_nothing(cast: Cast, work: Work) -> None:
    post = make_post(work)
    version = post.version
    give_post(post, cast.ben.id, version=None, work=work)
    assert post.version == version


def test_give_post_refuses_a_stale_version(cast: Cast, work: Work) -> None:
    post = make_post(work)
    with pytest.raises(Stale):
        give_post(post, cast.cy.id, version=post.version - 1, work=work)


@pytest.mark.parametrize(("name", "kind"), [("dee", "post"), ("cy", "page")])
def test_give_post_refuses_who_may_not_write(cast: Cast, work: Work, name: str, kind: str) -> None:
    post = make_post(work, kind=kind)
    with pytest.raises(Invalid, match=f"Choose someone who may write {kind}s"):
        give_post(post, getattr(cast, name).id, version=None, work=work)
    assert post.author_id == cast.ben.id


def test_give_post_refuses_an_author_even_for_own_posts(session: Session, cast: Cast) -> None:
    work = work_of(session, cast.cy)
    with pytest.raises(Forbidden):
        give_post(make_post(work), cast.con.id, version=None, work=work)


def test_may_write_follows_role_and_account(session: Session, cast: Cast) -> None:
    writers = {
        kind: [user.name for user in vars(cast).values() if may_write(user, kind)]
        for kind in ("post", "page")
    }
    assert writers == {"post": ["Ann", "Ben", "Cy", "Con"], "page": ["Ann", "Ben"]}
    disable_user(cast.cy, work=work_of(session, cast.ann))
    assert not may_write(cast.cy, "post")


def test_suggest_slug_steps_aside_for_others_only(session: Session, work: Work) -> None:
    post = make_post(work, title="春天 Spring")
    of_another = suggest_slug("春天 Spring", kind="post", session=session)
    of_itself = suggest_slug("春天 Spring", kind="post", post=post, session=session)
    of_a_page = suggest_slug("春天 Spring", kind="page", session=session)
    assert (of_another, of_itself, of_a_page) == ("春天-spring-2", "春天-spring", "春天-spring")


def test_slug_beside_thousands_of_equal_titles_takes_three_queries(
    session: Session, any_runtime: Runtime
) -> None:
    plain = {"kind": "post", "version": 1, "title": "Spring", "author_id": 1}
    plain |= {"created_at": NOON, "updated_at": NOON}
    slugs = ["spring", *(f"spring-{number}" for number in range(2, 1_502) if number != 1_301)]
    session.execute(insert(Post), [plain | {"slug": slug} for slug in slugs])
    with counted_queries(any_runtime.database) as queries:
        assert suggest_slug("Spring", kind="post", session=session) == "spring-1301"
    assert len(queries) == 3
