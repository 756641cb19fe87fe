"""Preview links: whoever has one reads the working copy, until it ends or is taken back."""

import hmac
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.passwords import hash_token, new_token
from shared.domain.work import Work
from shared.models import Post, PreviewLink
from shared.saying import say

DAYS: Final = (1, 7, 30)
USED_EVERY: Final = timedelta(minutes=1)
MOST: Final = 100


def offer_preview(post: Post, days: int, *, work: Work) -> str:
    """Make a link for so many days and return its token, which is kept only as a hash."""
    work.require_on("edit", post)
    if post.trashed_at is not None:
        raise Conflict(say("This is in the trash. Restore it to show it."))
    if days not in DAYS:
        raise Invalid({"days": say("Choose 1, 7 or 30 days.")})
    token = new_token()
    link = PreviewLink(
        post_id=post.id,
        token_hash=hash_token(token),
        author_id=work.actor.user_id,
        author_name=work.actor.name,
        created_at=work.at,
        expires_at=work.at + timedelta(days=days),
    )
    work.session.add(link)
    work.record("preview.offered", post, post.title, days=days)
    return token


def revoke_preview(link: PreviewLink, *, work: Work) -> None:
    """Let a link open nothing any more."""
    work.require_on("edit", link.post)
    if link.revoked_at is None:
        link.revoked_at = work.at
        work.record("preview.revoked", link.post, link.post.title, link=link.id)


def reopen_preview(link: PreviewLink, *, work: Work) -> None:
    """Let a link that was taken back open its post again, until it ends."""
    work.require_on("edit", link.post)
    if link.revoked_at is not None:
        link.revoked_at = None
        work.record("preview.reopened", link.post, link.post.title, link=link.id)


def find_preview(session: Session, token: str, *, at: datetime) -> PreviewLink | None:
    """Return the link of a token while it opens its post, else None, whatever the reason."""
    wanted = hash_token(token)
    found = session.scalar(select(PreviewLink).where(PreviewLink.token_hash == wanted))
    kept = found.token_hash if found else hash_token("")
    if not hmac.compare_digest(kept, wanted) or found is None:
        return None
    is_open = found.revoked_at is None and found.expires_at > at
    return found if is_open and found.post.trashed_at is None else None


def get_preview(session: Session, post: Post, link_id: int) -> PreviewLink:
    """Return a link of a post by its number; raises NotFound."""
    link = session.get(PreviewLink, link_id)
    if link is None or link.post_id != post.id:
        raise NotFound(say("There is no such link."))
    return link


def list_previews(session: Session, post: Post, *, at: datetime) -> list[PreviewLink]:
    """Return the links of a post that still open it, the newest first."""
    lasting = select(PreviewLink).where(
        PreviewLink.post_id == post.id,
        PreviewLink.revoked_at.is_(None),
        PreviewLink.expires_at > at,
    )
    return list(session.scalars(lasting.order_by(PreviewLink.id.desc()).limit(MOST)))


def note_use(session: Session, link_id: int, *, at: datetime) -> None:
    """Note that a link was followed."""
    session.execute(update(PreviewLink).where(PreviewLink.id == link_id).values(used_at=at))
