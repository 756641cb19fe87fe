"""Every change of what is shown makes exactly the pages of that post new, on both databases."""

import pytest

from frontend import create_app
from shared.content.comments import render_comment
from shared.domain.site import Site, save_site
from shared.models import Comment, User
from tests.cast import NOON, make_post, work_of


@pytest.fixture
def site(any_runtime):
    """A site with two posts that have comments, asked through its page store."""
    with any_runtime.database.writing() as session:
        work = work_of(session)
        save_site(Site(comments_open=True), work=work)
        for slug in ("a", "b"):
            post = make_post(work, slug=slug, title=slug)
            for number, state in enumerate(("approved", "pending")):
                session.add(_comment(post.id, f"{slug}{number}", state))
        session.commit()
    return create_app(any_runtime)


def _comment(post_id: int, name: str, state: str, **over) -> Comment:
    about = {"created_at": NOON, "updated_at": NOON, "version": 1}
    body = f"By {name}."
    html = render_comment(body)
    return Comment(post_id=post_id, name=name, body=body, html=html, state=state, **about | over)


@pytest.fixture
def made(site):
    """Tell for each page whether it was made anew since it was last asked for."""
    pages = site.extensions["pages"]
    client = site.test_client()

    def made_() -> tuple[dict[str, bool], str]:
        found, text = {}, ""
        for path in ("/page/a/", "/comments/1/feed.xml", "/page/b/", "/comments/2/feed.xml", "/"):
            before = pages.shelf.find(f"http://localhost{path}?")
            answer = client.get(path)
            assert answer.status_code == 200
            text = answer.text if path == "/page/a/" else text
            found[path] = pages.shelf.find(f"http://localhost{path}?") is not before
        return found, text

    made_()
    return made_


NONE_ = dict.fromkeys(
    ("/page/a/", "/comments/1/feed.xml", "/page/b/", "/comments/2/feed.xml", "/"), False
)
OF_A = NONE_ | {"/page/a/": True, "/comments/1/feed.xml": True}


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"state": "trashed"}, "By a0"),
        ({"state": "pending"}, "By a0"),
        ({"name": "Renamed"}, "Renamed"),
        ({"html": "<p>Changed</p>"}, "Changed"),
    ],
)
def test_change_of_a_shown_comment_makes_its_post_new(any_runtime, made, values, shown):
    with any_runtime.database.writing() as session:
        comment = session.query(Comment).filter_by(name="a0").one()
        for name, value in values.items():
            setattr(comment, name, value)
        session.commit()
    found, text = made()
    assert (found, shown in text) == (OF_A, "state" not in values)
    assert made()[0] == NONE_


def test_approved_comment_is_there_with_the_next_request(any_runtime, made):
    with any_runtime.database.writing() as session:
        session.query(Comment).filter_by(name="a1").one().state = "approved"
        session.commit()
    found, text = made()
    assert (found, "By a1" in text) == (OF_A, True)


def test_what_is_not_shown_makes_nothing_new(any_runtime, made):
    with any_runtime.database.writing() as session:
        waiting = session.query(Comment).filter_by(name="a1").one()
        waiting.state, waiting.name = "spam", "Other"
        session.query(Comment).filter_by(name="a0").one().email = "a@example.org"
        session.add(_comment(1, "new", "pending"))
        session.commit()
    assert made()[0] == NONE_


def test_deleted_comment_is_gone_and_its_answers_stay(any_runtime, made):
    with any_runtime.database.writing() as session:
        parent = session.query(Comment).filter_by(name="a0").one()
        session.add(_comment(1, "below", "approved", parent_id=parent.id))
        session.commit()
    assert made()[0] == OF_A
    with any_runtime.database.writing() as session:
        session.delete(session.query(Comment).filter_by(name="a0").one())
        session.commit()
    found, text = made()
    assert (found, "By a0" in text, "By below" in text) == (OF_A, False, True)


def test_settings_and_people_reach_the_pages_that_show_them(any_runtime, made):
    with any_runtime.database.writing() as session:
        author = session.query(User).filter_by(name="Cy").one()
        session.query(Comment).filter_by(name="a0").one().user_id = author.id
        session.commit()
    made()
    with any_runtime.database.writing() as session:
        session.query(User).filter_by(name="Cy").one().slug = "other"
        session.commit()
    assert made()[0] == OF_A


def test_page_whose_comments_close_is_made_new_at_that_instant(any_runtime, site, clock):
    with any_runtime.database.writing() as session:
        save_site(Site(comments_open=True, comments_close_days=7), work=work_of(session))
        session.commit()
    client, pages = site.test_client(), site.extensions["pages"]

    def asked() -> tuple[bool, bool]:
        before = pages.shelf.find("http://localhost/page/a/?")
        text = client.get("/page/a/").text
        return pages.shelf.find("http://localhost/page/a/?") is before, 'class="say"' in text

    asked()
    clock.forward(days=6, hours=23, minutes=59)
    assert asked() == (True, True)
    clock.forward(minutes=1)
    assert asked() == (False, False)
    clock.forward(days=30)
    assert asked() == (True, False)
