"""Paths that were asked for in vain, and what becomes of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from shared.content.slugs import slugify
from shared.db import upsert
from shared.domain.permissions import Permission
from shared.domain.redirects import save_redirect
from shared.domain.work import Work
from shared.models import MissingPath, Post, Redirect
from shared.models.visits import MOST_OF_A_PATH

NAMED: Final = 5  # paths that an event names
MOST_MISSING: Final = 2_000  # paths; anyone can make up more without end


@dataclass(frozen=True)
class Missed:
    """How often a path was asked for in vain, last at an instant, from a page if one was named."""

    asked: int
    at: datetime
    referrer: str = ""


def add_missing(session: Session, missing: Mapping[str, Missed]) -> None:
    """Add counts of paths where nothing is, and keep no more than MOST_MISSING of them."""
    rows = [
        {
            "path": path,
            "asked": missed.asked,
            "first_at": missed.at,
            "last_at": missed.at,
            "referrer": missed.referrer[:300],
        }
        for path, missed in sorted(missing.items())
        if len(path) <= MOST_OF_A_PATH
    ]
    upsert(session, MissingPath, rows, _later)
    newest = select(MissingPath.last_at).order_by(MissingPath.last_at.desc())
    last = session.scalar(newest.offset(MOST_MISSING).limit(1))
    if last is not None:
        session.execute(delete(MissingPath).where(MissingPath.last_at <= last))


def _later(new: Any) -> dict[str, Any]:
    referrer = func.coalesce(func.nullif(new.referrer, ""), MissingPath.referrer)
    return {
        "asked": MissingPath.asked + new.asked,
        "last_at": new.last_at,
        "referrer": referrer,
    }


def list_missing(session: Session, *, since: datetime, limit: int) -> Sequence[MissingPath]:
    """Return the paths that were asked for in vain since an instant, the most asked first."""
    wanted = select(MissingPath).where(
        MissingPath.last_at >= since, MissingPath.ignored_at.is_(None)
    )
    order = (MissingPath.asked.desc(), MissingPath.path)
    return session.scalars(wanted.order_by(*order).limit(limit)).all()


def ignore_missing(paths: Iterable[str], *, work: Work) -> int:
    """Hide paths from the list for good; return how many there were."""
    work.require(Permission.REDIRECTS_EDIT)
    hidden = (
        update(MissingPath)
        .where(MissingPath.path.in_(list(paths)), MissingPath.ignored_at.is_(None))
        .values(ignored_at=work.at)
        .returning(MissingPath.path)
    )
    found = work.session.scalars(hidden).all()
    if found:
        work.record("missing.hidden", MissingPath.__tablename__, _listed(found))
    return len(found)


@dataclass(frozen=True)
class Hiding:
    """Some addresses that are about to be hidden."""

    paths: Sequence[str]


def find_hidden(session: Session, paths: Iterable[str]) -> list[str]:
    """Return those of the paths that are hidden, in order."""
    wanted = select(MissingPath.path).where(
        MissingPath.path.in_(list(paths)), MissingPath.ignored_at.is_not(None)
    )
    return list(session.scalars(wanted.order_by(MissingPath.path)))


def show_missing(paths: Iterable[str], *, work: Work) -> None:
    """Show hidden paths in the list again."""
    work.require(Permission.REDIRECTS_EDIT)
    shown = (
        update(MissingPath)
        .where(MissingPath.path.in_(list(paths)), MissingPath.ignored_at.is_not(None))
        .values(ignored_at=None)
        .returning(MissingPath.path)
    )
    found = work.session.scalars(shown).all()
    if found:
        work.record("missing.shown", MissingPath.__tablename__, _listed(found))


def _listed(paths: Sequence[str]) -> str:
    more = ", …" if len(paths) > NAMED else ""
    return ", ".join(sorted(paths)[:NAMED]) + more


def forget_missing(path: str, *, work: Work) -> None:
    """Take a path off the list, because it leads somewhere now."""
    work.session.execute(delete(MissingPath).where(MissingPath.path == path))


def send_on(path: str, *, target: str = "", post_id: int | None = None, work: Work) -> Redirect:
    """Let a path lead to a post or an address from now on, or be gone without either.

    Raises Invalid naming the field, and Conflict where it has a redirect already.
    """
    status = 301 if target or post_id else 410
    made = Redirect(path=path, target=target, post_id=post_id, status=status, origin="missing")
    save_redirect(made, work=work)
    forget_missing(path, work=work)
    return made


def suggest(session: Session, paths: Iterable[str], now: datetime) -> dict[str, Post]:
    """Return for each path the public post or page that seems to have been meant, if one does.

    Old addresses mostly end in the slug: `/2019/01/08/flask学习.html`, `/blog/post-title`.
    """
    slugs = {path: _slug_in(path) for path in paths}
    wanted = select(Post).where(Post.slug.in_({slug for slug in slugs.values() if slug}))
    found = {post.slug: post for post in session.scalars(wanted.where(Post.public(now)))}
    return {path: found[slug] for path, slug in slugs.items() if slug in found}


def _slug_in(path: str) -> str:
    last = re.sub(r"\.\w{1,5}$|/index\.\w{1,5}$", "", path.rstrip("/")).rpartition("/")[2]
    return slugify(re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-", "", last))
