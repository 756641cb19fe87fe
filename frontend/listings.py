"""Lists of posts as pages: their size is the site's setting."""

from collections.abc import Iterable
from functools import partial

from frontend.frame import frame
from frontend.paging import Listing, take_page
from shared.models.reading import Label, Summary, Where, list_public
from shared.web import now, session


def list_posts(where: Where, *, path: str, size: int = 0) -> Listing[Summary]:
    """Return the page of public posts that the request asks for; aborts with 404 beyond the end."""
    fetch = partial(list_public, session(), where, now=now())
    return take_page(fetch, size=size or frame().site.posts_per_page, path=path)


def list_recent(count: int) -> list[Summary]:
    """Return the newest posts."""
    return list_public(session(), now=now(), limit=count)


def tags_of(posts: Iterable[Summary]) -> list[Label]:
    """Return the tags that posts carry, each once, by name."""
    labels = {tag for post in posts for tag in post.tags}
    return sorted(labels, key=lambda label: label.name.casefold())
