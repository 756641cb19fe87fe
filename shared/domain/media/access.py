"""Who may change which file."""

from shared.domain.errors import Forbidden
from shared.domain.permissions import Permission
from shared.domain.work import Actor, Work
from shared.models import Media


def may_change(media: Media, actor: Actor) -> bool:
    """Tell whether someone may change a file: their own, or any with `media:edit`."""
    if Permission.MEDIA_EDIT in actor.permissions:
        return True
    own = actor.user_id is not None and media.uploader_id == actor.user_id
    return own and Permission.MEDIA_UPLOAD in actor.permissions


def require_change(media: Media, work: Work) -> None:
    """Raise Forbidden unless the actor may change the file."""
    if not may_change(media, work.actor):
        raise Forbidden(Permission.MEDIA_EDIT)
