"""Permits for the editor's frame: who may edit a post sees its working copy for some minutes.

No row is written: a permit tells itself whose it is and until when, under a derived key.
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from shared.domain.permissions import ROLE_PERMISSIONS, may
from shared.domain.users import get_user
from shared.domain.work import Work
from shared.models import Post, User

LIFE: Final = timedelta(minutes=5)
PURPOSE: Final = "preview permits"
# Post, person, the person's epoch and the end; a dot is in no token of a preview link.
_FORM: Final = re.compile(
    r"([0-9]{1,18})\.([0-9]{1,18})\.([0-9]{1,9})\.([0-9]{1,11})\.([0-9a-f]{64})"
)


def make_permit(post: Post, *, key: bytes, work: Work) -> str:
    """Return a permit of who acts; it ends by itself, and with every session of that person."""
    work.require_on("edit", post)
    user = get_user(work.session, work.actor.user_id or 0)
    said = f"{post.id}.{user.id}.{user.epoch}.{int((work.at + LIFE).timestamp())}"
    return f"{said}.{_sign(said, key)}"


def find_permitted(session: Session, permit: str, *, key: bytes, at: datetime) -> Post | None:
    """Return the post that a permit opens, else None, whatever the reason."""
    match = _FORM.fullmatch(permit)
    if match is None or not hmac.compare_digest(match[5], _sign(permit[: match.start(5) - 1], key)):
        return None
    post_id, user_id, epoch, end = (int(part) for part in match.groups()[:4])
    if datetime.fromtimestamp(end, UTC) <= at:
        return None
    user, post = session.get(User, user_id), session.get(Post, post_id)
    if user is None or post is None or post.trashed_at is not None:
        return None
    is_in = user.disabled_at is None and user.epoch == epoch
    rights = ROLE_PERMISSIONS[user.role]
    return post if is_in and may(rights, "edit", post, user_id=user.id) else None


def _sign(said: str, key: bytes) -> str:
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
