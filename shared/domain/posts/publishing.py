"""Publishing: the working copy becomes what visitors see, now or from an instant on."""

from dataclasses import replace
from datetime import datetime
from enum import Enum

from shared.domain.errors import Conflict, Invalid
from shared.domain.posts.applying import apply_draft, apply_live
from shared.domain.posts.checks import refuse_errors
from shared.domain.posts.content import Content, content_of, taken
from shared.domain.posts.linking import note_links
from shared.domain.posts.publications import note_publication
from shared.domain.posts.reading import find_post
from shared.domain.posts.reviewing import approve_waiting
from shared.domain.work import SYSTEM, Work, check_version, compare_version
from shared.models import Post, Revision
from shared.saying import say


class Until(Enum):
    """What publishing does with the end of a publication when no instant is given."""

    KEPT = "kept"


YEARS = range(1900, 3000)  # the archive looks into each year between the first post and the last
End = datetime | Until | None


def publish(
    post: Post,
    *,
    version: int | None,
    at: datetime | None = None,
    until: End = Until.KEPT,
    work: Work,
) -> None:
    """Make the working copy live at once; a first publication is dated now, or `at` in the past.

    It ends at `until`, None: never; an end that has passed is let go of. Without changes to a
    public post nothing happens, and nothing is recorded. Raises Forbidden, Stale, Invalid (slug
    taken meanwhile, odd year, an end that has passed) and Conflict (trashed).
    """
    same_end = until in {Until.KEPT, post.expires_at}
    if at is None and same_end and post.working is None and post.is_public(work.at):
        work.require_on("publish", post)
        compare_version(post, version)
        return  # nothing new: visitors see it already
    when = min(at or work.at, work.at)
    if post.published_at is not None and post.published_at <= work.at and at is None:
        when = post.published_at
    _go_live(post, when, version=version, until=until, work=work)
    work.record("post.published", post, post.title, revision=_number(post), slug=post.slug)


def schedule(
    post: Post, at: datetime, *, version: int | None, until: End = Until.KEPT, work: Work
) -> None:
    """Make the working copy live from `at` on; raises as publish, and Invalid for the past."""
    if at <= work.at:
        raise Invalid({"publish_at": say("Choose a time in the future, or publish now.")})
    if post.is_public(work.at):
        raise Conflict(
            say("This is public already. Publish its changes now, or unpublish it first.")
        )
    _go_live(post, at, version=version, until=until, work=work)
    work.record("post.scheduled", post, post.title, revision=_number(post), at=at.isoformat())


def set_end(post: Post, until: datetime | None, *, version: int | None, work: Work) -> None:
    """Say when what is published, or will be, is taken off the site; None: never.

    Changes that are not published yet stay so. Raises as publish.
    """
    work.require_on("publish", post)
    if post.published_at is None:
        raise Conflict(say("This is not published."))
    compare_version(post, version)
    if until == post.expires_at:
        return
    post.expires_at = _end(post, post.published_at, until, work=work)
    check_version(post, version, work=work)
    post.updated_at = work.at
    note_publication(post, work=work)
    work.record("post.end_set", post, post.title, until=until.isoformat() if until else None)


def unpublish(post: Post, *, version: int | None, work: Work) -> None:
    """Take a published or scheduled post back to a draft; visitors no longer find it."""
    work.require_on("publish", post)
    if post.published_at is None:
        raise Conflict(say("This is not published."))
    check_version(post, version, work=work)
    withdraw(post, work=work)
    work.record("post.unpublished", post, post.title)


def withdraw(post: Post, *, work: Work) -> None:
    """Make a post invisible: its content becomes a draft that was never live."""
    if post.working is None:
        post.working = post.live
    post.live, post.published_at, post.expires_at = None, None, None
    post.updated_at = work.at
    content = content_of(post)
    if _slug_taken(post, content, work=work):
        content = replace(content, slug=post.slug)
    apply_draft(post, content, work=work)


def _go_live(post: Post, when: datetime, *, version: int | None, until: End, work: Work) -> None:
    work.require_on("publish", post)
    if post.trashed_at is not None:
        raise Conflict(say("This is in the trash. Restore it to publish it."))
    if when.year not in YEARS:
        years = {"first": YEARS[0], "last": YEARS[-1]}
        raise Invalid({"publish_at": say("Choose a year from %(first)s to %(last)s.", **years)})
    end = _end(post, when, until, work=work)
    check_version(post, version, work=work)
    content = content_of(post)
    if _slug_taken(post, content, work=work):
        raise Invalid({"slug": taken(content.slug, post.kind)})
    if work.actor != SYSTEM:  # importers bring what there is
        refuse_errors(post, content, work=work)
    post.live, post.working = post.working or post.live, None
    post.first_published_at = post.first_published_at or when
    post.published_at, post.expires_at, post.updated_at = when, end, work.at
    apply_live(post, content, work=work)
    note_links(post, work=work)
    approve_waiting(post, work=work)


def _end(post: Post, when: datetime, until: End, *, work: Work) -> datetime | None:
    """Return when a publication from `when` on ends; raises Invalid for an end before it."""
    first = max(when, work.at)
    if isinstance(until, Until):
        return post.expires_at if post.expires_at and post.expires_at > first else None
    if until is not None and (until <= first or until.year not in YEARS):
        raise Invalid({"unpublish_at": say("Choose a time after the publication, and after now.")})
    return until


def _slug_taken(post: Post, content: Content, *, work: Work) -> bool:
    other = find_post(work.session, kind=post.kind, slug=content.slug)
    return other is not None and other is not post


def _number(post: Post) -> int | None:
    live: Revision | None = post.live
    return live.number if live else None
