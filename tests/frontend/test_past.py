"""The site as of an instant answers what it answered then, on both kinds of database."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from difflib import unified_diff
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from frontend import create_app
from shared.domain.comment_options import CommentOptions
from shared.domain.comments import Said, receive
from shared.domain.past import (
    StillPreparing,
    TooMuchChanged,
    find_beside,
    list_moments,
    show_past,
    snapshot,
)
from shared.domain.posts import get_post, publish, save_post, trash, unpublish
from shared.domain.posts.publishing import schedule
from shared.domain.site import load_site, save_site
from shared.domain.taxonomy import delete_tag, ensure_category
from shared.domain.work import Work
from shared.models import Post, Publication, Tag
from shared.runtime import Runtime
from shared.web.past import Answer, ask_past
from tests.cast import Clock, make_content, make_post, work_of

PATHS = (
    *("/", "/page/first/", "/page/renamed/", "/page/second/", "/about/", "/list/", "/list/tea/"),
    *("/archive/", "/feed.xml", "/feed.json", "/sitemap.xml", "/category/travel/", "/nowhere/"),
    "/author/cy/",
)
ASKED = {
    "HTTP_HOST": "localhost",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "wsgi.url_scheme": "http",
}
OPEN = CommentOptions(comments_moderation="none")
Recorded = dict[str, tuple[int, bytes]]


@dataclass
class Story:
    """A site whose answers are written down after each step."""

    runtime: Runtime
    clock: Clock
    app: Flask
    moments: dict[datetime, Recorded] = field(default_factory=dict)

    def step(self, do: Any) -> Any:
        """Do something as the system, note what visitors see, and let a day go by."""
        with self.runtime.database.writing() as session:
            made = do(work_of(session, at=self.clock()))
            number = made.id if isinstance(made, Post) else None
            session.commit()
        self.note()
        self.clock.forward(days=1)
        return number

    def note(self) -> None:
        """Write down what the site answers now."""
        client = self.app.test_client()
        answers = {path: client.get(path) for path in PATHS}
        found = {path: (answer.status_code, answer.data) for path, answer in answers.items()}
        self.moments[self.clock()] = found

    def ask(self, path: str, instant: datetime, **environ: Any) -> Answer:
        """Ask the time machine."""
        answer = ask_past(self.runtime, ASKED | environ, path, "", instant)
        assert answer is not None
        return answer


@pytest.fixture
def story(any_runtime: Runtime, clock: Clock) -> Story:
    app = create_app(any_runtime)
    any_runtime.apps["frontend"] = lambda: app
    return Story(any_runtime, clock, app)


def change(number: int, **over: Any) -> Any:
    """Return a step that saves a post with other content and publishes it."""

    def do(work: Work) -> None:
        post = get_post(work.session, number)
        save_post(post, make_content(**over), version=None, work=work)
        publish(post, version=None, work=work)

    return do


def tell(story: Story) -> None:
    """Let a site live through all that can happen to it."""
    first = {"title": "First", "slug": "first", "tags": ("tea", "rain"), "body": "One *word*."}

    def begin(work: Work) -> Post:
        travel = ensure_category(["Travel"], work=work)
        return make_post(work, **first, categories=(travel.id,), summary="In short")

    number = story.step(begin)
    story.step(change(number, **first | {"body": "Two words.", "tags": ("tea",)}))
    second = story.step(
        lambda work: make_post(
            work, title="Second", slug="second", tags=("tea",), at=work.at - timedelta(days=400)
        )
    )
    story.step(lambda work: make_post(work, kind="page", title="About", slug="about"))
    story.step(
        change(number, title="Renamed", slug="renamed", cover="/media/x.jpg", template="wide")
    )
    story.step(lambda work: delete_tag(_tag(work, "tea"), work=work))
    story.step(lambda work: unpublish(get_post(work.session, number), version=None, work=work))
    story.step(
        lambda work: publish(
            get_post(work.session, number),
            version=None,
            until=work.at + timedelta(hours=12),
            work=work,
        )
    )
    story.note()  # expired
    story.clock.forward(days=1)
    story.step(lambda work: trash(get_post(work.session, second), version=None, work=work))
    story.step(_other_title)
    story.step(
        lambda work: schedule(
            get_post(work.session, number), work.at + timedelta(hours=30), version=None, work=work
        )
    )
    story.note()
    story.clock.forward(days=1)
    story.note()


def _other_title(work: Work) -> None:
    save_site(replace(load_site(work.session), title="Another name"), work=work)


def _tag(work: Work, slug: str) -> Tag:
    return work.session.scalars(select(Tag).where(Tag.slug == slug)).one()


def test_every_page_is_answered_as_it_was(story: Story) -> None:
    tell(story)
    assert len({str(found) for found in story.moments.values()}) > 9
    for instant, answers in story.moments.items():
        for path, (status, body) in answers.items():
            answer = story.ask(path, instant)
            then = [str(status), *body.decode().splitlines()]
            now = [str(answer.status), *answer.body.decode().splitlines()]
            assert (instant, path, [*unified_diff(then, now, n=0)]) == (instant, path, [])


def test_comments_are_those_of_then_without_a_form(story: Story) -> None:
    number = story.step(lambda work: make_post(work, slug="first", comments="on"))

    def speak(name: str) -> Any:
        def do(work: Work) -> None:
            post = get_post(work.session, number)
            receive(Said(name=name, body="Hear me."), post, OPEN, work=work)

        return do

    for name in ("Vi", "Wu"):
        story.step(speak(name))
    before, first, both = (story.ask("/page/first/", at).body.decode() for at in story.moments)
    assert [text.count("Hear me.") for text in (before, first, both)] == [0, 1, 2]
    assert ("<form" in both, "Comments are closed" in both) == (False, False)


def test_past_can_be_read_and_not_changed(story: Story) -> None:
    story.step(lambda work: make_post(work, slug="first"))
    with show_past(story.runtime.database, story.clock()) as session:
        assert session.scalars(select(Post.slug)).all() == ["first"]
        with pytest.raises(DBAPIError):
            session.execute(text("DELETE FROM tag_alias"))


def test_today_is_read_as_ever_beside_the_past(story: Story) -> None:
    number = story.step(lambda work: make_post(work, slug="first"))
    story.step(change(number, title="Other", slug="other"))
    first = min(story.moments)
    with (
        story.runtime.database.reading() as today,
        show_past(story.runtime.database, first) as then,
    ):
        assert [found.scalars(select(Post.slug)).all() for found in (then, today, then)] == [
            ["first"],
            ["other"],
            ["first"],
        ]


def test_many_former_versions_are_prepared_in_steps(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = story.step(lambda work: make_post(work, slug="first"))
    story.step(change(number, title="Other", slug="other"))
    first = min(story.moments)
    monkeypatch.setattr(snapshot, "PATIENCE", -1.0)
    with pytest.raises(StillPreparing) as preparing:
        story.ask("/", first)
    assert (preparing.value.done, preparing.value.total) == (0, 1)
    monkeypatch.setattr(snapshot, "MOST_CHANGED", 0)
    with pytest.raises(TooMuchChanged):
        story.ask("/", first)


def test_date_of_what_went_and_came_again_is_that_of_then(story: Story) -> None:
    number = story.step(lambda work: make_post(work, at=work.at - timedelta(days=9)))
    story.step(lambda work: unpublish(get_post(work.session, number), version=None, work=work))
    story.step(lambda work: publish(get_post(work.session, number), version=None, work=work))
    with story.runtime.database.reading() as session:
        dates = session.scalars(select(Publication.dated_at).order_by(Publication.id)).all()
    begun = min(story.moments)
    assert dates == [begun - timedelta(days=9), begun + timedelta(days=2)]


def test_moments_are_told_once_each_and_found_from_either_side(story: Story) -> None:
    number = story.step(lambda work: make_post(work, title="One", slug="first"))
    story.step(change(number, title="Two", slug="first"))
    story.step(lambda work: unpublish(get_post(work.session, number), version=None, work=work))
    first, second, third = story.moments
    with story.runtime.database.reading() as session:
        moments = list_moments(session, until=story.clock(), most=9)
        told = [(item.at, item.is_coming, item.title) for item in moments]
        assert told == [(third, False, "Two"), (second, True, "Two"), (first, True, "One")]
        assert find_beside(session, second, now=story.clock()) == (first, third)
        assert find_beside(session, first, now=first) == (None, None)
