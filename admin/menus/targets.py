"""What a menu may lead to, and what each of its lines leads to now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from shared.domain.menu_options import NUMBERED
from shared.models import Category, Post, Tag

MOST: Final = 200
IDS: Any = bindparam("ids", expanding=True)
NAMED: Final = {
    "category": select(Category.id, Category.name).where(Category.id.in_(IDS)),
    "tag": select(Tag.id, Tag.name).where(Tag.id.in_(IDS)),
}
FIXED_NAMES: Final = {
    "home": _l("Front page"),
    "archive": _l("Archive"),
    "topics": _l("Topics"),
    "search": _l("Search"),
}


@dataclass(frozen=True)
class Target:
    """What a line leads to; `trouble` says why visitors do not see it, if they do not."""

    name: str
    trouble: str = ""


def describe(session: Session, targets: Iterable[str], now: datetime) -> dict[str, Target]:
    """Return what each target is now."""
    asked = set(targets)
    ids: dict[str, set[int]] = {"post": set(), "category": set(), "tag": set()}
    for target in asked:
        if match := NUMBERED.fullmatch(target):
            ids[match[1]].add(int(match[2]))
    found = {name: Target(str(words)) for name, words in FIXED_NAMES.items()}
    posts = select(Post).where(Post.id.in_(ids["post"]))
    for post in session.scalars(posts) if ids["post"] else ():
        trouble = "" if post.is_public(now) else _("not public: visitors do not see this line")
        found[f"post:{post.id}"] = Target(post.title, trouble)
    for kind, wanted in NAMED.items():
        rows: Any = session.execute(wanted, {"ids": sorted(ids[kind])}) if ids[kind] else ()
        found |= {f"{kind}:{number}": Target(name) for number, name in rows}
    gone = Target("", _("gone: visitors do not see this line"))
    return {
        target: found.get(target, gone if NUMBERED.fullmatch(target) else Target(target))
        for target in asked
    }


def offer(session: Session) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be added, in groups: pages, categories, the newest posts, tags."""
    pages = select(Post.id, Post.title).where(Post.kind == "page", Post.trashed_at.is_(None))
    posts = select(Post.id, Post.title).where(Post.kind == "post", Post.published_at.is_not(None))
    groups: tuple[tuple[Any, str, Any], ...] = (
        (_("Pages"), "post", pages.order_by(Post.title)),
        (_("Categories"), "category", select(Category.id, Category.name).order_by(Category.path)),
        (_("Tags"), "tag", select(Tag.id, Tag.name).order_by(Tag.name)),
        (_("Posts"), "post", posts.order_by(Post.published_at.desc())),
    )
    fixed = [(name, str(words)) for name, words in FIXED_NAMES.items()]
    listed = [(str(title), _choices(session, kind, wanted)) for title, kind, wanted in groups]
    return [(str(_("The site")), fixed), *listed]


def _choices(session: Session, kind: str, wanted: Any) -> list[tuple[str, str]]:
    rows = session.execute(wanted.limit(MOST))
    return [(f"{kind}:{number}", name) for number, name in rows]
