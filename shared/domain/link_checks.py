"""The report of links that lead nowhere: of all public texts and of the redirects themselves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import unquote

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from shared.content.addresses import addresses_in, path_in
from shared.domain.errors import NotFound
from shared.domain.menu_options import MENUS, all_items
from shared.domain.permissions import Permission
from shared.domain.redirects import forms_of, get_redirect, post_path, save_redirect
from shared.domain.site import load_site
from shared.domain.whereabouts import Place, find_places
from shared.domain.work import Work
from shared.models import BrokenLink, LinkCheck, Post, Redirect
from shared.saying import say

AT_ONCE: Final = 200
LONGEST_WAY: Final = 10  # redirects that a browser follows without complaint, and then some
HasFile = Callable[[str], bool]


@dataclass(frozen=True)
class Report:
    """What a check found, and in how many texts and links it looked."""

    broken: Sequence[BrokenLink]
    sources: int
    links: int


def check_links(
    session: Session, now: datetime, *, has_file: HasFile, own_hosts: frozenset[str]
) -> Report:
    """Look at every link of every public text, and at where every redirect ends."""
    broken: list[BrokenLink] = []
    sources = links = 0
    for part in _public_texts(session, now):
        named = {post.id: _paths(post.html, own_hosts) for post in part}
        paths = {path for found in named.values() for path in found.values()}
        places = find_places(session, paths, now, has_file=has_file)
        for post in part:
            sources, links = sources + 1, links + len(named[post.id])
            broken += _broken_in(post, named[post.id], places)
    redirects = _check_redirects(session, now, has_file)
    menus = _check_menus(session, now, has_file, own_hosts)
    return Report([*broken, *redirects, *menus], sources, links)


def keep_report(session: Session, report: Report, now: datetime) -> None:
    """Put a report in the place of the last one; the caller commits."""
    session.execute(delete(BrokenLink))
    session.add_all(report.broken)
    session.merge(LinkCheck(id=1, checked_at=now, sources=report.sources, links=report.links))
    session.flush()


def shorten(redirect_id: int, *, work: Work) -> Redirect:
    """Let a redirect lead at once to where its chain ends; raises NotFound, Conflict."""
    redirect = get_redirect(work.session, redirect_id)
    way = _follow(redirect, {row.path: row for row in _all_redirects(work.session)})
    if way is None or len(way) < 2:
        raise NotFound(say("%(path)s does not lead over other redirects.", path=redirect.path))
    last = way[-1]
    redirect.target, redirect.post_id, redirect.status = last.target, last.post_id, last.status
    save_redirect(redirect, version=None, work=work)
    _forget("redirect", redirect.id, work)
    return redirect


def forget_broken(link_id: int, *, work: Work) -> None:
    """Take a line out of the report, because it is mended or does not matter."""
    work.require(Permission.REDIRECTS_EDIT)
    work.session.execute(delete(BrokenLink).where(BrokenLink.id == link_id))


def _forget(kind: str, number: int, work: Work) -> None:
    own = (BrokenLink.source_kind == kind, BrokenLink.source_id == number)
    work.session.execute(delete(BrokenLink).where(*own))


def _public_texts(session: Session, now: datetime) -> Iterator[Sequence[Any]]:
    last = 0
    columns = (Post.id, Post.kind, Post.title, Post.html)
    while True:
        wanted = select(*columns).where(Post.id > last, Post.public(now)).order_by(Post.id)
        part: Sequence[Any] = session.execute(wanted.limit(AT_ONCE)).all()
        if not part:
            return
        last = part[-1].id
        yield part


def _paths(html: str, own_hosts: frozenset[str]) -> dict[str, str]:
    """Return the addresses in a text that are of this site, each with its path."""
    named = ((address, path_in(address, own_hosts)) for address in addresses_in(html))
    return {address: path for address, path in named if path is not None}


def _broken_in(post: Any, named: dict[str, str], places: dict[str, Place]) -> list[BrokenLink]:
    wrong = ((address, places[path]) for address, path in named.items())
    return [
        BrokenLink(
            source_kind=post.kind,
            source_id=post.id,
            source_label=post.title,
            address=address[:2000],
            problem=place.state,
            leads_to=place.leads_to,
        )
        for address, place in wrong
        if place.state != "there"
    ]


def _all_redirects(session: Session) -> Sequence[Redirect]:
    columns = joinedload(Redirect.post).load_only(Post.kind, Post.slug)
    return session.scalars(select(Redirect).options(columns).order_by(Redirect.path)).all()


def _check_menus(
    session: Session, now: datetime, has_file: HasFile, own_hosts: frozenset[str]
) -> list[BrokenLink]:
    """Look at the paths in menus; what they name by number hides itself when it is gone."""
    site = load_site(session)
    items = [item for name in MENUS for item in all_items(getattr(site, name))]
    named = {item.target: path for item in items if (path := path_in(item.target, own_hosts))}
    places = find_places(session, set(named.values()), now, has_file=has_file)
    return [
        BrokenLink(
            source_kind="menu",
            source_id=0,
            source_label=item.label or item.target[:200],
            address=item.target,
            problem=place.state,
            leads_to=place.leads_to,
        )
        for item in items
        if item.target in named and (place := places[named[item.target]]).state != "there"
    ]


def _check_redirects(session: Session, now: datetime, has_file: HasFile) -> list[BrokenLink]:
    rows = [row for row in _all_redirects(session) if row.status != 410]
    by_path = {row.path: row for row in rows}
    ways = {row.path: _follow(row, by_path) for row in rows}
    ends = {path: _end(way[-1]) for path, way in ways.items() if way}
    paths = {path for end in ends.values() if (path := path_in(end)) is not None}
    places = find_places(session, paths, now, has_file=has_file)
    return [
        BrokenLink(
            source_kind="redirect",
            source_id=row.id,
            source_label=row.path[:200],
            address=_end(row)[:2000],
            problem=problem,
            leads_to=ends.get(row.path, ""),
        )
        for row in rows
        if (problem := _problem(ways[row.path], ends.get(row.path, ""), places))
    ]


def _problem(way: list[Redirect] | None, end: str, places: dict[str, Place]) -> str:
    if way is None:
        return "loop"
    place = places.get(path_in(end) or "", Place("there"))
    if place.state in {"missing", "hidden"}:
        return place.state
    return "chain" if len(way) > 1 else ""


def _follow(redirect: Redirect, by_path: dict[str, Redirect]) -> list[Redirect] | None:
    """Return the redirects that one leads over, itself first; None when it never ends."""
    way = [redirect]
    while len(way) <= LONGEST_WAY:
        path = unquote(_end(way[-1]))
        found = _next(path, by_path) if way[-1].post_id is None else None
        if found is None:
            return way
        if found in way:
            return None
        way.append(found)
    return None


def _next(path: str, by_path: dict[str, Redirect]) -> Redirect | None:
    """Return the redirect that a visitor of a path meets, never one that leads right there."""
    known = (by_path[form] for form in (path, *sorted(forms_of(path))) if form in by_path)
    return next((row for row in known if unquote(_end(row)) != path), None)


def _end(redirect: Redirect) -> str:
    return post_path(redirect.post) if redirect.post else redirect.target
