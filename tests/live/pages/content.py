"""An instance with marked posts, and hands that write in it: what visitors see tells when."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from shared.clock import utc_now
from shared.domain.posts import content_of, get_post, publish, save_post
from shared.domain.work import Work
from shared.runtime import Runtime
from shared.settings import Settings
from tests.cast import SECRET, make_content, make_post, work_of

if TYPE_CHECKING:
    from shared.models import Post

MARK = re.compile(r"Mark-([a-z]+)-(\d+)")
TAG = "marked"
Made = TypeVar("Made")


def open_runtime(instance: Path, database_url: str = "") -> Runtime:
    """Return what a process of the instance works with, on the real clock."""
    return Runtime(Settings(instance=instance, database_url=database_url, secret_key=SECRET))


def mark(name: str, number: int) -> str:
    """Return the title that a marked post has after its save of this number."""
    return f"Mark-{name}-{number}"


def marks_in(text: str) -> dict[str, set[int]]:
    """Return the numbers that a page shows, by the names of the posts."""
    found: dict[str, set[int]] = {}
    for name, number in MARK.findall(text):
        found.setdefault(name, set()).add(int(number))
    return found


def add_post(runtime: Runtime, name: str, *, at: datetime | None = None, **over: Any) -> int:
    """Publish a post of this name, marked 0, at `/page/NAME/`; return its id."""
    wanted = {"title": mark(name, 0), "slug": name, "tags": (TAG,)} | over

    def add(work: Work) -> int:
        return make_post(work, at=at, **wanted).id

    return commit(runtime, add)


def save_mark(runtime: Runtime, post_id: int, name: str, number: int) -> None:
    """Give a post its next title and text as an author does: save, then publish."""

    def change(work: Work) -> None:
        post = get_post(work.session, post_id)
        content = make_content(
            title=mark(name, number),
            slug=post.slug,
            tags=content_of(post).tags,
            body=f"The text of {mark(name, number)}.",
        )
        save_post(post, content, version=None, work=work)
        publish(post, version=None, work=work)

    commit(runtime, change)


def commit(runtime: Runtime, verb: Callable[[Work], Made]) -> Made:
    """Let a verb work in a transaction of its own."""
    with runtime.database.writing() as session:
        made = verb(work_of(session, at=utc_now()))
        session.commit()
        return made


def apply(runtime: Runtime, post_id: int, verb: Callable[..., None], **given: Any) -> None:
    """Let a verb do something to a post."""

    def change(work: Work) -> None:
        post: Post = get_post(work.session, post_id)
        verb(post, version=None, work=work, **given)

    commit(runtime, change)


def seconds_from_now(at: datetime) -> float:
    """Return how far away an instant is."""
    return (at - datetime.now(UTC)).total_seconds()
