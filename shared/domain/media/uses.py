"""Which posts use which files, kept by the verbs that write posts."""

from sqlalchemy import delete, select, tuple_

from shared.content.media_paths import media_paths
from shared.domain.work import Work
from shared.models import Media, MediaUse, Post, Revision


def keep_uses(post: Post, *, work: Work) -> None:
    """Note which files a post's live and working versions name."""
    named = {
        used_in: _named(revision)
        for used_in, revision in (("live", post.live), ("working", post.working))
    }
    paths = set().union(*named.values())
    session = work.session
    found: dict[str, int] = {}
    if paths:
        rows = session.execute(select(Media.path, Media.id).where(Media.path.in_(sorted(paths))))
        found = dict(rows.all())
    wanted = {
        (found[path], used_in) for used_in, own in named.items() for path in own if path in found
    }
    own = MediaUse.post_id == post.id
    there = set(session.execute(select(MediaUse.media_id, MediaUse.used_in).where(own)))
    if gone := there - wanted:
        place = tuple_(MediaUse.media_id, MediaUse.used_in)
        session.execute(delete(MediaUse).where(own, place.in_(sorted(gone))))
    session.add_all(
        MediaUse(media_id=media_id, post_id=post.id, used_in=used_in)
        for media_id, used_in in sorted(wanted - there)
    )
    work.flush()


def _named(revision: Revision | None) -> set[str]:
    """Return the addresses in every text of a revision, its cover among them."""
    if revision is None:
        return set()
    return media_paths("\n".join(_texts(revision.content)))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []
