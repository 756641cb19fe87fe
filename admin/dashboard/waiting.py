"""What waits for the person who looks: each a number, and a press away from being dealt with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from flask import url_for
from flask_babel import ngettext
from sqlalchemy import Label, Select, func, select
from sqlalchemy.orm import Session

from shared.domain import reviews
from shared.domain.permissions import Permission
from shared.domain.work import Actor
from shared.models import ApiClient, BrokenLink, Comment, MissingPath, Post

CAP: Final = 99
LATELY: Final = timedelta(days=7)
OFTEN: Final = 3  # asks for a path in vain that are worth a look

_P = Permission


@dataclass(frozen=True)
class Waiting:
    """So many of something wait; `words` go on from the number."""

    name: str
    number: str
    words: str
    url: str


def list_waiting(session: Session, actor: Actor, now: datetime) -> tuple[Sequence[Waiting], bool]:
    """Return what waits for someone, and whether there is any post at all, by one query."""
    columns = [_capped(wanted, name) for name, wanted in _wanted(actor, now)]
    known = select(Post.id).where(Post.kind == "post").exists().label("known")
    found = dict(session.execute(select(known, *columns)).mappings().one())
    has_posts = bool(found.pop("known"))
    return [_word(name, number) for name, number in found.items() if number], has_posts


def _wanted(actor: Actor, now: datetime) -> Iterator[tuple[str, Select[Any]]]:
    may = actor.permissions
    if _P.POSTS_PUBLISH in may:
        yield "review", reviews.select_waiting("post")
    elif _P.POSTS_CREATE in may:
        yield "returned", reviews.select_returned(actor.user_id)
    if _P.COMMENTS_MODERATE in may:
        yield "comments", select(Comment.id).where(Comment.state == "pending")
    elif _P.POSTS_PUBLISH_OWN in may:
        own = select(Post.id).where(Post.kind == "post", Post.author_id == actor.user_id)
        mine = Comment.post_id.in_(own)
        yield "comments", select(Comment.id).where(Comment.state == "pending", mine)
    if _P.CLIENTS_EDIT in may:
        yield "clients", select(ApiClient.id).where(ApiClient.state == "pending")
    if _P.REDIRECTS_EDIT in may:
        yield "broken", select(BrokenLink.id).where(BrokenLink.problem != "moved")
        asked = MissingPath.ignored_at.is_(None), MissingPath.asked >= OFTEN
        yield "missing", select(MissingPath.path).where(MissingPath.last_at > now - LATELY, *asked)


def _capped(wanted: Select[Any], name: str) -> Label[int]:
    some = wanted.limit(CAP + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery().label(name)


def _word(name: str, number: int) -> Waiting:
    words, url = _say(name, number)
    return Waiting(name, f"{CAP}+" if number > CAP else str(number), words, url)


def _say(name: str, n: int) -> tuple[str, str]:
    if name == "review":
        words = ngettext("draft waits for review", "drafts wait for review", n)
        return words, url_for("page.index", status="review")
    if name == "returned":
        words = ngettext("draft came back with a note", "drafts came back with a note", n)
        return words, url_for("page.index", status="draft")
    if name == "comments":
        words = ngettext("comment waits for approval", "comments wait for approval", n)
        return words, url_for("comments.index", state="pending")
    if name == "clients":
        words = ngettext("API client asks for approval", "API clients ask for approval", n)
        return words, url_for("clients.index", state="pending")
    if name == "broken":
        return ngettext("broken link", "broken links", n), url_for("broken.index")
    words = ngettext("address asked for in vain", "addresses asked for in vain", n)
    return words, url_for("missing.index")
