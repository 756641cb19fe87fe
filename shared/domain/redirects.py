"""Redirects: old paths of the site keep leading to what moved."""

import re
from urllib.parse import unquote, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.permissions import Permission
from shared.domain.remains import keep_row
from shared.domain.work import Work, check_version, is_new
from shared.models import Post, Redirect
from shared.saying import say
from shared.urls import RESERVED, path_to

STATUSES = (301, 302, 410)


def post_path(post: Post) -> str:
    """Return the path of a post or page on the site, not percent-encoded."""
    if post.kind == "page":
        return unquote(path_to("frontend", "pages.show", path=post.slug))
    return unquote(path_to("frontend", "posts.show", slug=post.slug))


def find_redirect(session: Session, path: str) -> Redirect | None:
    """Return the redirect of a path, with or without its last slash, .html or index.html."""
    found = session.scalars(select(Redirect).where(Redirect.path.in_(forms_of(path)))).all()
    return min(found, key=lambda item: item.path != path, default=None)


def forms_of(path: str) -> set[str]:
    """Return the forms of a path that one redirect stands for."""
    bare = path.removesuffix("index.html").rstrip("/").removesuffix(".html") or "/"
    return {path, bare, f"{bare}/", f"{bare}.html", f"{bare}/index.html"}


def get_redirect(session: Session, redirect_id: int) -> Redirect:
    """Return the redirect with this id; raises NotFound."""
    found = session.get(Redirect, redirect_id)
    if found is None:
        raise NotFound(say("There is no redirect %(id)s.", id=redirect_id))
    return found


def save_redirect(redirect: Redirect, *, version: int | None = None, work: Work) -> None:
    """Store a new or changed redirect; raises Invalid naming the field, or Conflict."""
    work.require(Permission.REDIRECTS_EDIT)
    with work.session.no_autoflush:
        _check(redirect, work)
    redirect.updated_at = work.at
    if is_new(redirect):
        redirect.created_at, redirect.version = work.at, 1
        work.session.add(redirect)
    else:
        check_version(redirect, version, work=work)
    work.record(
        "redirect.saved", redirect, redirect.path, target=redirect.target, status=redirect.status
    )


def delete_redirect(redirect: Redirect, *, work: Work) -> None:
    """Move a redirect to the trash."""
    work.require(Permission.REDIRECTS_EDIT)
    keep_row(redirect, redirect.path, redirect.target, work=work)
    work.record("redirect.deleted", redirect, redirect.path, target=redirect.target)
    work.session.delete(redirect)
    work.flush()


def leave_redirect(post: Post, *, work: Work) -> None:
    """Leave a redirect at the address that a post is about to give up."""
    path = post_path(post)
    known = work.session.scalar(select(Redirect).where(Redirect.path == path))
    if known is None:
        work.session.add(
            Redirect(
                path=path,
                post_id=post.id,
                status=301,
                origin="slug",
                created_at=work.at,
                updated_at=work.at,
            )
        )
    else:
        known.post_id, known.target, known.status = post.id, "", 301


def leave_path(old: str, new: str, *, origin: str, work: Work) -> None:
    """Let an old path of a list lead to its new one, and what led to the old one as well."""
    work.flush()
    for item in work.session.scalars(select(Redirect).where(Redirect.path.in_((old, new)))):
        work.session.delete(item)
    work.session.flush()
    repointed = select(Redirect).where(Redirect.target == old, Redirect.post_id.is_(None))
    for item in work.session.scalars(repointed):
        item.target, item.updated_at = new, work.at
    moment = {"created_at": work.at, "updated_at": work.at}
    work.session.add(Redirect(path=old, target=new, status=301, origin=origin, **moment))
    work.flush()


def forget_redirect(post: Post, *, work: Work) -> None:
    """Remove a redirect that stands at a live post's own address."""
    work.flush()
    for item in work.session.scalars(select(Redirect).where(Redirect.path == post_path(post))):
        work.session.delete(item)


def _check(redirect: Redirect, work: Work) -> None:
    errors = {}
    redirect.path = unquote(redirect.path.strip())
    redirect.target = (redirect.target or "").strip()
    if not re.fullmatch(r"/[^\s?#\\]{1,999}", redirect.path) or "//" in redirect.path:
        errors["path"] = say("Give a path of this site such as /old/page.html, without query.")
    elif redirect.path.split("/")[1] in RESERVED:
        errors["path"] = say(
            "/%(segment)s does not belong to the site.", segment=redirect.path.split("/")[1]
        )
    if redirect.status not in STATUSES:
        errors["status"] = say("Choose one of %(choices)s.", choices=", ".join(map(str, STATUSES)))
    elif redirect.status != 410 and redirect.post_id is None and not _is_target(redirect.target):
        errors["target"] = say(
            "Give a path such as /page/new/ or an address with http:// or https://."
        )
    elif _leads_back(redirect, work):
        errors["target"] = say("This leads back to where it started.")
    if errors:
        raise Invalid(errors)
    other = work.session.scalar(select(Redirect).where(Redirect.path == redirect.path))
    if other is not None and other is not redirect:
        raise Conflict(say("%(path)s has a redirect already.", path=redirect.path))


def _leads_back(redirect: Redirect, work: Work) -> bool:
    """Tell whether following the target comes back to the path, over at most ten redirects."""
    seen, target = {redirect.path}, unquote(redirect.target)
    for _ in range(10):
        if target in seen:
            return True
        seen.add(target)
        following = find_redirect(work.session, target) if target.startswith("/") else None
        if following is None or following is redirect:
            return following is redirect and redirect.post_id is None
        target = following.target
    return True


def _is_target(target: str) -> bool:
    if re.search(r"[\x00-\x20\\]", target):
        return False
    if target.startswith("/"):
        return not target.startswith("//")
    parts = urlsplit(target)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
