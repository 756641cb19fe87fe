"""What the verbs stamp: each key by what moves it, and none by what visitors do not see."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.domain.clients import approve_client, issue_token, register_client
from shared.domain.posts import (
    content_of,
    create_post,
    discard_changes,
    give_post,
    publish,
    restore,
    save_post,
    schedule,
    trash,
    unpublish,
)
from shared.domain.redirects import delete_redirect, save_redirect
from shared.domain.sessions import count_attempt, offer_link, open_session
from shared.domain.site import Site, save_site
from shared.domain.taxonomy import (
    delete_category,
    delete_tag,
    ensure_category,
    save_category,
    save_tag,
)
from shared.domain.users import create_user, save_user, set_password
from shared.models import Category, Post, Redirect, Tag, User
from shared.models.stamps import EVERYTHING, keys_since, read_version, stamp, stamps_of
from shared.runtime import Runtime
from tests.cast import NOON, Cast, make_content, make_post, work_of
from tests.shared.models.stamped import stamped, version_of

CY = 3
POST, PAGE = 1, 2
SHOWN = {"post:1", "content"}
LISTS = {
    "posts",
    "at:post/one",
    f"by:{CY}",
    "day:2026-03-01",
    "month:2026-03",
    "year:2026",
    "tagged:1",
    "tags",
    "filed:1",
    "search",
}


@pytest.fixture
def site(any_runtime: Runtime) -> Runtime:
    """A post by Cy with a tag in a category, a page, and a draft, numbered 1, 2 and 3."""
    with any_runtime.database.writing() as session:
        work = work_of(session, Cast.load(session).ben)
        news = ensure_category(["News", "World"], work=work).parent
        assert news is not None
        make_post(work, title="One", slug="one", tags=("a",), categories=(news.id,), author_id=CY)
        make_post(work, kind="page", title="About", slug="about")
        make_post(work, title="Draft", slug="draft", tags=("b",), published=False)
        session.commit()
    return any_runtime


def on(kind: Any, number: int, act: Callable[[Any, Session], Any]) -> Callable[[Session], Any]:
    return lambda session: act(session.get(kind, number), session)


def edit(number: int = POST, **over: Any) -> Callable[[Session], Any]:
    """Save a changed content and publish it."""

    def act(post: Post, session: Session) -> None:
        work = work_of(session)
        save_post(post, replace(content_of(post), **over), version=None, work=work)
        publish(post, version=None, work=work)

    return on(Post, number, act)


def change(kind: Any, number: int, save: Any, **values: Any) -> Callable[[Session], Any]:
    def act(item: Any, session: Session) -> None:
        for name, value in values.items():
            setattr(item, name, value)
        save(item, work=work_of(session))

    return on(kind, number, act)


@pytest.mark.parametrize(
    ("over", "more"),
    [
        ({}, set()),  # the live revision's date is shown
        ({"byline": "C."}, set()),
        ({"language": "zh"}, set()),
        ({"body": "New."}, {"search"}),
        ({"title": "Uno", "slug": "one"}, {"search"}),
        ({"slug": "uno"}, {"at:post/one", "at:post/uno", "redirects"}),
        ({"tags": ("a", "b")}, {"tagged:2", "tags", "search"}),
        ({"tags": ()}, {"tagged:1", "tags", "search"}),
        ({"categories": (1, 2)}, {"filed:2"}),
        ({"categories": ()}, {"filed:1"}),
    ],
)
def test_edit_of_a_post_stamps_it_and_the_lists_that_change(
    site: Runtime, over: dict[str, Any], more: set[str]
) -> None:
    assert stamped(site, edit(**over)) == SHOWN | more


def test_edit_of_a_page_that_renames_it_stamps_the_menu(site: Runtime) -> None:
    shown = {"post:2", "content"}
    assert stamped(site, edit(PAGE, body="New.")) == shown | {"search"}
    assert stamped(site, edit(PAGE, title="Us", slug="about")) == shown | {"search", "pages"}
    renamed = shown | {"pages", "at:page/about", "at:page/us", "redirects"}
    assert stamped(site, edit(PAGE, slug="us")) == renamed


def test_leaving_the_lists_stamps_all_of_them(site: Runtime) -> None:
    everywhere = SHOWN | LISTS

    def back(session: Session) -> None:
        publish(session.get_one(Post, POST), version=None, work=work_of(session))

    def take_back(post: Post, session: Session) -> None:
        unpublish(post, version=None, work=work_of(session))

    def throw(post: Post, session: Session) -> None:
        trash(post, work=work_of(session))

    assert stamped(site, on(Post, POST, take_back)) == everywhere
    assert stamped(site, back) == everywhere
    assert stamped(site, on(Post, POST, throw)) == everywhere
    assert stamped(site, on(Post, POST, lambda post, s: restore(post, work=work_of(s)))) == set()


def test_publishing_at_another_time_stamps_both_days(site: Runtime) -> None:
    def earlier(post: Post, session: Session) -> None:
        publish(post, version=None, at=NOON - timedelta(days=60), work=work_of(session))

    moved = {"day:2025-12-31", "month:2025-12", "year:2025"}
    assert stamped(site, on(Post, POST, earlier)) == SHOWN | LISTS | moved


def test_a_draft_stamps_from_the_day_that_it_is_scheduled(site: Runtime) -> None:
    def later(post: Post, session: Session) -> None:
        schedule(post, NOON + timedelta(days=1), version=None, work=work_of(session))

    days = {"day:2026-03-02", "month:2026-03", "year:2026"}
    lists = {"posts", "at:post/draft", "by:2", "tagged:2", "tags", "search"}
    assert stamped(site, on(Post, 3, later)) == {"post:3", "content"} | lists | days


def test_another_author_stamps_the_lists_of_both(site: Runtime) -> None:
    def give(post: Post, session: Session) -> None:
        give_post(post, 1, version=None, work=work_of(session))

    assert stamped(site, on(Post, POST, give)) == SHOWN | {"by:1", f"by:{CY}"}


def test_renaming_stamps_the_name_and_the_list_of_names(site: Runtime) -> None:
    tag, person = {"tag:1", "tags"}, {f"author:{CY}", "authors"}
    assert stamped(site, change(Tag, 1, save_tag, name="A")) == tag
    assert stamped(site, change(Tag, 1, save_tag, description="All of it.")) == tag
    assert stamped(site, change(User, CY, save_user, name="Cyrus")) == person
    assert stamped(site, change(User, CY, save_user, bio="Writes.")) == person


def test_moving_a_category_stamps_all_below_it(site: Runtime) -> None:
    both = {"category:1", "category:2", "categories"}
    moved = stamped(site, change(Category, 1, save_category, name="N", slug="n"))
    assert moved == both | {"redirects"}  # which lead from the old addresses
    assert stamped(site, change(Category, 2, save_category, name="W")) == both - {"category:1"}


def test_what_comes_and_goes_stamps(site: Runtime) -> None:
    def hire(session: Session) -> None:
        create_user(email="eve@example.org", name="Eve", role="author", work=work_of(session))

    def lose(delete: Any) -> Callable[[Any, Session], Any]:
        return lambda item, session: delete(item, work=work_of(session))

    assert stamped(site, hire) == {"author:6", "authors"}
    found = stamped(site, lambda s: ensure_category(["Sport"], work=work_of(s)))
    assert found == {"category:3", "categories"}
    assert stamped(site, on(Category, 3, lose(delete_category))) == {"category:3", "categories"}
    found = stamped(site, on(Tag, 1, lose(delete_tag)))
    assert found == SHOWN | {"tag:1", "tags", "tagged:1"}


def test_redirects_and_settings_stamp_as_a_whole(site: Runtime) -> None:
    def add(session: Session) -> None:
        save_redirect(Redirect(path="/old", target="/new", status=301), work=work_of(session))

    assert stamped(site, add) == {"redirects"}
    assert stamped(site, change(Redirect, 1, save_redirect, target="/x")) == {"redirects"}
    assert stamped(site, change(Redirect, 1, delete_redirect)) == {"redirects"}
    titled = Site(title="A new one")
    assert stamped(site, lambda s: save_site(titled, work=work_of(s))) == {"site"}
    assert stamped(site, lambda s: save_site(titled, work=work_of(s))) == set()


def test_what_visitors_do_not_see_stamps_nothing(site: Runtime) -> None:
    def write(post: Post, session: Session, **how: bool) -> None:
        content = replace(content_of(post), title="Not yet", slug="not-yet", body="New")
        save_post(post, content, version=None, work=work_of(session), **how)

    def keep(number: int, **how: bool) -> set[str]:
        return stamped(site, on(Post, number, lambda post, s: write(post, s, **how)))

    def sign_in(session: Session) -> None:
        cy = session.get_one(User, CY)
        opened = {"address": "::1", "user_agent": "", "work": work_of(session)}
        open_session(cy, **opened)
        offer_link("password", user=cy, work=work_of(session))
        set_password(cy, "another correct horse", work=work_of(session))
        count_attempt(session, email=cy.email, address="::1", at=NOON)

    def let_in(session: Session) -> None:
        work, scopes = work_of(session), ["posts:read"]
        client, _ = register_client(
            name="Reader", type="service", contact="", secret=None, scopes=scopes, work=work
        )
        approve_client(client, scopes=scopes, work=work)
        issue_token(client, scopes=scopes, life=timedelta(hours=1), work=work)

    for number in (POST, PAGE, 3):
        assert keep(number) == set()
        assert keep(number, autosave=True) == set()
        assert keep(number, autosave=True) == set()  # into the same revision
    dropped = on(Post, POST, lambda p, s: discard_changes(p, version=None, work=work_of(s)))
    assert stamped(site, dropped) == set()
    assert stamped(site, sign_in) == set()
    assert stamped(site, let_in) == set()
    assert stamped(site, lambda s: create_post(make_content(), work=work_of(s))) == set()
    assert stamped(site, on(Post, 3, lambda p, s: trash(p, work=work_of(s)))) == set()
    again = on(Post, POST, lambda p, s: publish(p, version=None, work=work_of(s)))
    assert stamped(site, again) == set()


def test_stamps_are_read_by_number_and_by_key(site: Runtime) -> None:
    before = version_of(site)
    stamped(site, edit(byline="C."))
    with site.database.reading() as session:
        now = read_version(session)
        assert keys_since(session, before, limit=2) == SHOWN
        assert keys_since(session, before, limit=1) is None
        assert keys_since(session, now, limit=1) == set()
        assert stamps_of(session, ["post:1", "content", "post:99"]) == dict.fromkeys(SHOWN, now)
        assert stamps_of(session, []) == {}


def test_stamp_by_hand(site: Runtime) -> None:
    assert stamped(site, lambda s: stamp(s, EVERYTHING)) == {EVERYTHING}
    assert stamped(site, lambda s: stamp(s, "post:1", "post:2")) == {"post:1", "post:2"}
    assert stamped(site, lambda s: stamp(s, "post:1")) == {"post:1"}
