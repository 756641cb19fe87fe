"""The content that each sequence of the property test begins with."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from shared.domain.posts import create_post, get_post, schedule, trash
from shared.domain.redirects import save_redirect
from shared.domain.site import Site, save_site
from shared.domain.taxonomy import ensure_category
from shared.domain.work import Work
from shared.models import Comment, Redirect
from tests.cast import NOON, make_content, make_post, work_of

IN_AN_HOUR = NOON + timedelta(hours=1)
BODY = (
    "A quiet word of [one](/page/one/), [二](post:2), [that](post:3#a), [four](post:5) [](post:8)."
)
# Some of the posts are older than that, and time moves far both ways.
COMMENTS: dict[str, Any] = {"comments_open": True, "comments_close_days": 400}


def furnish(session: Session) -> None:
    """Write posts of every state, pages, tags, categories and redirects."""
    work = work_of(session)
    save_site(Site(title="Site", posts_per_page=2, **COMMENTS), work=work)
    joinery = ensure_category(["Crafts", "Joinery"], work=work).id
    life = ensure_category(["Life"], work=work).id
    _write_posts(work, joinery, life)
    make_post(work, kind="page", title="About", slug="about", body="Quiet. [home](/)")
    make_post(work, kind="page", title="Us", slug="about/us", body="[up](/about/)")
    _say(work)
    for path, status, target in (("/old/", 301, "/page/one/"), ("/gone/", 410, "")):
        save_redirect(Redirect(path=path, status=status, target=target), work=work)


def _write_posts(work: Work, joinery: int, life: int) -> None:
    def put(title: str, at: datetime, author_id: int, **more: object) -> int:
        about = {"slug": title.lower(), "body": BODY, "author_id": author_id}
        return make_post(work, title=title, at=at, **about | more).id

    put("One", NOON - timedelta(days=1), 1, tags=("oak", "实习"), categories=(joinery,))
    put("二", NOON - timedelta(days=1500), 2, tags=("实习",), categories=(life,), body="实习 学习")
    put(
        "Three", NOON - timedelta(days=300), 3, tags=("oak", "Oak Wood"), categories=(joinery, life)
    )
    ending = get_post(work.session, put("Six", NOON - timedelta(hours=3), 3, tags=("elm", "oak")))
    ending.expires_at = NOON + timedelta(hours=2)
    about = {"body": BODY, "tags": ("oak", "ash"), "categories": (joinery,)}
    later = make_post(work, published=False, title="Four", slug="four", **about)
    schedule(later, IN_AN_HOUR, version=None, work=work)
    create_post(make_content(title="Five", slug="five", tags=("ash",)), work=work)
    thrown = create_post(make_content(title="Seven", slug="seven"), author_id=3, work=work)
    trash(thrown, work=work)


def _say(work: Work) -> None:
    """Put comments below the first posts: shown ones, an answer, and one that waits."""
    for number, (post_id, parent, state) in enumerate(
        ((1, None, "approved"), (1, 1, "approved"), (1, None, "pending"), (2, None, "approved"))
    ):
        html, at = f"<p>Quiet {number}.</p>", {"created_at": work.at, "updated_at": work.at}
        about = {"post_id": post_id, "parent_id": parent, "state": state, "version": 1}
        work.session.add(Comment(name=f"Vi {number}", body="", html=html, **about | at))
        work.session.flush()
