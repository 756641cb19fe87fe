from dataclasses import asdict, replace
from datetime import timedelta

from admin.transfer.export import count_holdings
from shared.domain.posts import content_of, save_post, schedule, trash
from shared.models import Post
from tests.admin.content import add_category, write
from tests.admin.counting import explained
from tests.admin.transfer.export.archives import add_redirect, store
from tests.cast import NOON


def count(runtime):
    """Return the counts that are not zero."""
    with runtime.database.reading() as session:
        found = count_holdings(session, runtime.settings.instance, runtime.clock())
    return {name: number for name, number in asdict(found).items() if number}


def change_title(post, work):
    save_post(post, replace(content_of(post), title="Other"), version=None, work=work)


def test_each_thing_is_counted_once(any_runtime):
    add_category(any_runtime, "Life")
    add_redirect(any_runtime, "/old", target="/new/")
    store(any_runtime)
    store(any_runtime, b"1,2\n", "x.csv")
    write(any_runtime, title="Public", tags=("a", "b"))
    write(any_runtime, title="Changed", then=change_title)
    write(any_runtime, title="Draft", published=False)
    write(any_runtime, title="Later", published=False, then=later)
    write(any_runtime, title="Gone", then=lambda post, work: trash(post, work=work))
    write(any_runtime, title="About", kind="page")
    expired = write(any_runtime, title="Expired")
    with any_runtime.database.writing() as session:
        session.get(Post, expired).expires_at = NOON
        session.commit()
    assert count(any_runtime) == {
        "posts": 2,
        "pages": 1,
        "hidden": 3,
        "working": 1,
        "trashed": 1,
        "categories": 1,
        "tags": 2,
        "redirects": 1,
        "files": 2,
        "size": 212,
    }


def later(post, work):
    schedule(post, NOON + timedelta(days=1), version=None, work=work)


def test_empty_site_holds_nothing(runtime):
    with explained(runtime) as statements:
        assert count(runtime) == {}
    assert len(statements) == 2
