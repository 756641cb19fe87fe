"""The comments of one page, as its template shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from flask import abort, request
from markupsafe import Markup

from frontend.comments.forms import Draft, token_for
from frontend.comments.layout import Layout, Node, build, lay_out
from frontend.comments.reading import read_remarks, read_tree
from frontend.frame import Frame, path, path_of
from frontend.head import Head
from shared.content.links import rebase
from shared.models.reading import Summary
from shared.models.reads import note_turn
from shared.web import now, runtime, session
from shared.web.context import PAST


@dataclass(frozen=True)
class Thread:
    """A page of the comments on a post; `closes_at` is when the last one may be written."""

    frame: Frame
    post: Summary
    layout: Layout
    number: int
    nodes: Sequence[Node]
    is_open: bool
    closes_at: datetime | None
    is_past: bool  # shown by the console as it was

    @property
    def total(self) -> int:
        """How many comments there are on all pages."""
        return len(self.layout.above)

    @property
    def last(self) -> int:
        """The number of the last page."""
        return len(self.layout.pages)

    @property
    def earlier(self) -> str:
        """The address of the page before, empty on the first."""
        return self.place(self.number - 1) if self.number > 1 else ""

    @property
    def later(self) -> str:
        """The address of the page after, empty on the last."""
        return self.place(self.number + 1) if self.number < self.last else ""

    @property
    def feed(self) -> str:
        """The address of the feed of these comments."""
        return path("comments.feed", id=self.post.id)

    @cached_property
    def token(self) -> str:
        """What the forms of this page hold."""
        return token_for(runtime(), self.post.id)

    @property
    def draft(self) -> Draft:
        """An empty form."""
        return Draft()

    def place(self, page: int) -> str:
        """Return the address of a page below the site's root; the first is the post's own."""
        if page <= 1:
            return path_of(self.post)
        return path("comments.page", id=self.post.id, number=page)

    def link(self, number: int) -> str:
        """Return a link to a comment that may be on another page."""
        if number in self.layout.pages[self.number - 1]:
            return f"#comment-{number}"
        return self.frame.url("comments.find", id=self.post.id, number=number)

    def text(self, html: str) -> Markup:
        """Return the HTML of a comment; it was made safe when it was stored."""
        return Markup(rebase(html, self.frame.root))  # noqa: S704 - see the docstring

    def when(self, at: datetime) -> str:
        """Write the day and the minute in the site's zone."""
        clock = f"{at.astimezone(self.frame.site.zone):%H:%M}"
        return self.frame.words.comments.at.format(self.frame.day(at), clock)

    def is_author(self, person: str | None) -> bool:
        """Tell whether someone of the console wrote the post too."""
        return person is not None and person in {author.key for author in self.post.authors}


def read_thread(frame: Frame, post: Summary, number: int = 1) -> Thread | None:
    """Return a page of the comments on a post; None where none are shown nor taken.

    Aborts with 404 beyond the last page.
    """
    site, choice = frame.site, post.details.comments
    if not site.are_shown(post.kind, choice):
        return None
    layout = lay_out(read_tree(session(), post.id))
    if number > max(1, len(layout.pages)):
        abort(404)
    end = site.close_at(post.published_at)
    is_past = PAST in request.environ
    is_open = not is_past and site.are_taken(post.kind, choice, post.published_at, now())
    if end is not None:
        note_turn(end, now=now())
    if not layout.pages:
        return Thread(frame, post, layout, 1, (), is_open, end, is_past) if is_open else None
    nodes = build(layout, number, read_remarks(session(), post.id, layout.wanted(number)))
    return Thread(frame, post, layout, number, nodes, is_open, end, is_past)


def with_thread(head: Head, thread: Thread | None) -> Head:
    """Add to the head of a post's page what its comments need."""
    if thread is None:
        return head
    about, *others = head.data
    told = dict(about) | {"commentCount": thread.total}
    name = thread.frame.words.comments.feed.format(thread.post.title)
    head = replace(head, feed=thread.feed, feed_title=name, sheets=("comments",))
    return replace(head, data=(told, *others))
