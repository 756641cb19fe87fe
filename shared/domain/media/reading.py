"""Finding media."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shared.domain.errors import NotFound
from shared.models import Media, MediaUse, Post
from shared.saying import say


def get_media(session: Session, media_id: int) -> Media:
    """Return a file, in the trash or not; raises NotFound."""
    found = session.get(Media, media_id)
    if found is None:
        raise NotFound(say("There is no such file."))
    return found


def find_by_paths(session: Session, paths: Iterable[str]) -> Sequence[Media]:
    """Return the files that have one of these lasting addresses."""
    wanted = sorted(paths)
    return session.scalars(select(Media).where(Media.path.in_(wanted))).all() if wanted else []


def find_same(session: Session, *hashes: str) -> Media | None:
    """Return a file that was made of the same bytes or is kept as them, one in use rather."""
    same = or_(Media.source_sha256.in_(hashes), Media.sha256.in_(hashes))
    order = (Media.trashed_at.is_not(None), Media.id)
    return session.scalar(select(Media).where(same).order_by(*order).limit(1))


def list_uses(session: Session, media: Media) -> Sequence[tuple[Post, list[str]]]:
    """Return the posts that use a file, each with where: `live`, `working` or both."""
    rows = session.execute(
        select(Post, MediaUse.used_in)
        .join(MediaUse, MediaUse.post_id == Post.id)
        .where(MediaUse.media_id == media.id)
        .order_by(Post.title, Post.id, MediaUse.used_in)
    )
    found: dict[Post, list[str]] = {}
    for post, used_in in rows:
        found.setdefault(post, []).append(used_in)
    return list(found.items())


def list_folders(session: Session) -> Sequence[str]:
    """Return the folders that hold something, by name."""
    named = select(Media.folder).where(Media.folder != "").distinct()
    return session.scalars(named.order_by(Media.folder)).all()
