"""Posts and pages: put back to the revision, the instants and the author that they had."""

from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.domain import remains
from shared.domain.documents import dump, load
from shared.domain.errors import Conflict, Forbidden
from shared.domain.permissions import Permission
from shared.domain.posts import content_of, find_post, get_post, trash
from shared.domain.posts.applying import apply_draft, apply_live
from shared.domain.posts.reviewing import approve_waiting, wait_again
from shared.domain.posts.state import state_of
from shared.domain.redirects import post_path
from shared.domain.undo.steps import Document, Step, Whole
from shared.domain.work import Work, check_version
from shared.models import Post, Redirect, Revision
from shared.saying import say

VISIBLE: Final = frozenset({"published_at", "expires_at", "live_id"})


class PostKind(Whole):
    """Posts and pages; one that was not there before goes to the trash."""

    name = Post.__tablename__

    def remember(self, thing: Post, session: Session) -> Step:
        """Return the state of a post; its texts are in its revisions."""
        session.flush()
        return Step(kind=self.name, id=thing.id, label=thing.title, back=state_of(thing))

    def forget(self, step: Step, session: Session) -> Step:
        """Return the state of the post now."""
        post = session.get(Post, step.id)
        if post is None:
            return Step(kind=self.name, id=step.id, label=step.label, back=None)
        return self.remember(post, session)

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:
        """Return the versions of posts."""
        ids = [step.id for step in steps]
        rows = session.execute(select(Post.id, Post.version).where(Post.id.in_(ids)))
        return {row.id: row.version for row in rows}

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:  # noqa: ARG002 - it has no parts
        """Show, list and file a post as it was; raises as the verbs do."""
        post = get_post(work.session, step.id)
        if step.back is None:
            trash(post, version=step.mark, work=work)
            return
        _require(post, step.back, work)
        check_version(post, step.mark, work=work)
        unseen = None if post.is_public(work.at) else _free_path(post, work)
        if step.back["published_at"] is None:
            wait_again(post, work=work)
        else:
            approve_waiting(post, work=work)
        _note_trash(post, step.back, work)
        _set_state(post, load(Post, step.back), work)
        shown = content_of(post, live=post.live is not None)
        if find_post(work.session, kind=post.kind, slug=shown.slug) not in {None, post}:
            raise Conflict(say("Its address “%(slug)s” has been taken since.", slug=shown.slug))
        apply = apply_draft if post.live is None else apply_live
        apply(post, shown, work=work)
        if unseen is not None:  # nobody ever met the post there
            forget = delete(Redirect).where(Redirect.path == unseen, Redirect.post_id == post.id)
            work.session.execute(forget)
        work.record("post.undone", post, post.title, status=post.status(work.at))


def _require(post: Post, back: Document, work: Work) -> None:
    """Ask for what each difference needs: to take back is to do the opposite."""
    now = dump(post, back)
    changed = {name for name, value in back.items() if now[name] != value}
    verbs = {"publish"} if changed & VISIBLE else set()
    verbs |= {"trash"} if "trashed_at" in changed else set()
    for verb in verbs or {"edit"}:
        work.require_on(verb, post)
    if "author_id" in changed and Permission.POSTS_EDIT not in work.actor.permissions:
        raise Forbidden(Permission.POSTS_EDIT)


def _set_state(post: Post, state: dict[str, Any], work: Work) -> None:
    pointers = {name: state.pop(f"{name}_id", None) for name in ("live", "working")}
    found = {name: _revision(number, work) for name, number in pointers.items()}
    for name, value in (state | found).items():
        setattr(post, name, value)
    post.updated_at = work.at
    work.flush()


def _note_trash(post: Post, back: Document, work: Work) -> None:
    """Keep the list of what lies in the trash right, whichever way the post goes."""
    if back["trashed_at"] is None:
        remains.forget(post.kind, post.id, work=work)
    elif post.trashed_at is None:
        document = state_of(post)
        remains.keep(post.kind, post.id, post.title, detail=post.slug, document=document, work=work)


def _free_path(post: Post, work: Work) -> str | None:
    """Return a post's address, None where a redirect stands there already."""
    path = post_path(post)
    known = work.session.scalar(select(Redirect.id).where(Redirect.path == path))
    return path if known is None else None


def _revision(number: int | None, work: Work) -> Revision | None:
    if number is None:
        return None
    found = work.session.get(Revision, number)
    if found is None:
        raise Conflict(say("The version to go back to is no longer kept."))
    return found
