from datetime import timedelta

import pytest

from admin import create_app
from shared.domain.posts import save_post, schedule, trash
from shared.domain.posts.editors import note_presence
from tests.admin.content import add_category, change, write
from tests.admin.lists import read_list
from tests.admin.signing_in import enter
from tests.cast import NOON, make_content


@pytest.fixture
def posts(runtime, clock):
    """A post in each state, by several people."""
    category = add_category(runtime, "Life")
    write(runtime, "Ben", title="A draft", published=False)
    write(runtime, "Cy", title="A public one", tags=("学习",), categories=(category,))
    write(
        runtime,
        "Ben",
        title="A changed one",
        then=lambda post, work: save_post(
            post, make_content(title="Edited"), version=None, work=work
        ),
    )
    later = NOON + timedelta(days=1)
    write(
        runtime,
        "Ben",
        title="A later one",
        published=False,
        then=lambda post, work: schedule(post, later, version=None, work=work),
    )
    write(runtime, "Ben", title="A thrown one", then=lambda post, work: trash(post, work=work))
    write(runtime, "Ben", title="About", kind="page")


def states(browser, query=""):
    page = read_list(browser, f"/page/{query}")
    return {row["Title"].rpartition(" ")[0]: row["Status"] for row in page.rows}


def test_list_shows_every_post_but_the_trash(as_, posts):
    assert states(as_("Ben")) == {
        "A draft": "Draft",
        "A public one": "Published",
        "A changed one": "Published, with changes",
        "A later one": "Scheduled",
    }


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?status=draft", {"A draft"}),
        ("?status=published", {"A public one", "A changed one"}),
        ("?status=scheduled", {"A later one"}),
        ("?status=trashed", {"A thrown one"}),
        ("?author=3", {"A public one"}),
        ("?category=1", {"A public one"}),
        ("?tag=学习", {"A public one"}),
        ("?q=changed", {"A changed one"}),
        ("?q=one&status=published&author=2", {"A changed one"}),
    ],
)
def test_filters_narrow_the_list(as_, posts, query, titles):
    assert set(states(as_("Ben"), query)) == titles


def test_author_and_contributor_see_their_own_only(as_, posts, runtime):
    write(runtime, "Con", title="My try")

    assert set(states(as_("Cy"))) == {"A public one"}
    assert set(states(as_("Con"))) == {"My try"}
    assert set(states(as_("Cy"), "?author=2")) == set()


def test_reader_has_no_list_of_posts(as_, posts):
    assert as_("Dee").get("/page/").status == 403


def test_rows_lead_to_the_editor_and_show_slug_and_dates(as_, posts):
    page = read_list(as_("Ben"), "/page/?q=public")

    assert page.rows == [
        {
            "Title": "A public one a-public-one",
            "Status": "Published",
            "Author": "Cy",
            "Published": "2026-03-01 12:00",
            "Changed": "2026-03-01 12:00",
        }
    ]
    assert f'href="/page/edit/{page.ids[0]}/"' in page.html


def test_dates_stand_in_the_zone_of_the_site(as_, posts):
    ann = as_("Ann")
    ann.send("/settings/", ann.get("/settings/").page.form.filled(timezone="Asia/Shanghai"))

    assert read_list(ann, "/page/?q=public").column("Published") == ["2026-03-01 20:00"]


def test_pages_have_a_list_of_their_own(as_, posts):
    page = read_list(as_("Ben"), "/pages/")

    assert [row["Title"] for row in page.rows] == ["About about"]
    assert 'href="/page/new/?kind=page"' in page.html


def test_list_tells_who_is_writing_at_a_post_now(any_runtime, clock):
    number = write(any_runtime, title="Open")
    write(any_runtime, title="Alone")
    change(any_runtime, number, note_presence, "Ben", key="b")
    app = create_app(any_runtime)
    ann, ben = enter(app, "Ann"), enter(app, "Ben")

    assert read_list(ann, "/page/?sort=title").column("Title") == [
        "Alone alone",
        "Open open Ben is editing",
    ]
    assert read_list(ben, "/page/?sort=title").column("Title") == ["Alone alone", "Open open"]
    change(any_runtime, number, note_presence, "Ann", key="c")
    assert read_list(ben, "/page/?sort=title").column("Title")[1] == "Open open Ann is editing"
    clock.forward(seconds=41)
    assert read_list(ann, "/page/?sort=title").column("Title")[1] == "Open open"


def test_search_keeps_posts_and_pages_apart(any_runtime):
    write(any_runtime, title="Elephant")
    write(any_runtime, title="Elephants of ours", kind="page")
    ann = enter(create_app(any_runtime), "Ann")
    found = read_list(ann, "/page/?q=elephant")

    assert (found.column("Title"), found.count) == (["Elephant elephant"], "1")
    assert read_list(ann, "/pages/?q=elephants").column("Title") == [
        "Elephants of ours elephants-of-ours"
    ]
