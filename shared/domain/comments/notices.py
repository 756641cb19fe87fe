"""Word of new comments to those who wrote the post: owed when one comes in, sent by a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shared.content.excerpt import excerpt
from shared.domain.jobs import enqueue
from shared.domain.permissions import ROLE_PERMISSIONS, may
from shared.domain.preferences import find_preference
from shared.domain.throttle import Rate
from shared.domain.work import Work
from shared.models import Comment, Job, Post, PostAuthor, Throttle, User
from shared.saying import Saying, say

KIND: Final = "comments.tell"
PREFERENCE: Final = "comments"
HOURLY: Final = Rate(1, 3_600)
TOLD: Final = 10  # comments in one mail; of further ones it says how many there are
SHOWN: Final = 600  # columns of a text


def limit_of(post_id: int) -> str:
    """Return the key of the limit on mails about one post."""
    return f"{KIND}:{post_id}"


def owe_notice(comment: Comment, *, work: Work) -> None:
    """Owe word of a comment: at once, or an hour after the last one about the same post.

    A job that waits tells of this comment too; one that is being done may have read already.
    """
    key, session = limit_of(comment.post_id), work.session
    job = session.scalar(select(Job).where(Job.key == key))
    if job is not None and not job.holder:
        return
    free = session.scalar(select(Throttle.arrival).where(Throttle.key == key))
    at = max(free, work.at) if free else work.at
    enqueue(work, KIND, key=key, at=at, post=comment.post_id, since=comment.id)


@dataclass(frozen=True)
class News:
    """What is new below a post: some comments, and how many there are besides."""

    comments: Sequence[Comment]
    more: int


def read_news(session: Session, post_id: int, since: int) -> News:
    """Return what visitors said since a comment and what is not spam or in the trash."""
    new = (
        Comment.post_id == post_id,
        Comment.id >= since,
        Comment.shelf == "open",
        Comment.user_id.is_(None),
    )
    rows = session.scalars(select(Comment).where(*new).order_by(Comment.id).limit(TOLD)).all()
    count = session.scalar(select(func.count()).select_from(Comment).where(*new)) or 0
    return News(rows, count - len(rows))


def find_readers(post: Post, session: Session) -> list[User]:
    """Return who wrote a post and may moderate below it, owners where nobody of them may.

    Those who do not want such mails get none.
    """
    wrote = select(PostAuthor.user_id).where(PostAuthor.post_id == post.id)
    mine = or_(User.id == post.author_id, User.id.in_(wrote))
    people = session.scalars(select(User).where(User.disabled_at.is_(None), mine)).all()
    able = [
        user
        for user in people
        if may(ROLE_PERMISSIONS[user.role], "moderate", post, user_id=user.id)
    ]
    if not able:
        owners = select(User).where(User.disabled_at.is_(None), User.role == "owner")
        able = list(session.scalars(owners))
    return [user for user in able if wants_mail(session, user.id)]


def wants_mail(session: Session, user_id: int) -> bool:
    """Tell whether someone gets mails about comments: unless they switched them off."""
    return bool(find_preference(session, user_id, PREFERENCE).get("mail", True))


def notice(to: User, post: Post, news: News, console: str) -> tuple[Saying, list[Saying | str]]:
    """Return the subject and the paragraphs of a mail, to be told in the reader's language."""
    parts: list[Saying | str] = [say("Hello %(name)s,", name=to.name)]
    for comment in news.comments:
        who = {"who": comment.name, "title": post.title}
        waits = comment.state == "pending"
        parts += [
            say("%(who)s commented on “%(title)s”. It waits for approval:", **who)
            if waits
            else say("%(who)s commented on “%(title)s”:", **who),
            _quoted(comment.body),
            f"{console}/comments/{comment.id}/",
        ]
    if news.more:
        parts.append(say("There are more: %(count)s", count=news.more))
        parts.append(f"{console}/comments/?post={post.id}")
    profile = f"{console}/profile/"
    parts.append(say("Switch such mails off in your profile: %(link)s", link=profile))
    return say("Comments: %(title)s", title=post.title), parts


def _quoted(body: str) -> str:
    return "\n".join(f"> {line}" for line in _cut(body).splitlines())


def _cut(body: str) -> str:
    return body if len(body) <= SHOWN else excerpt(body, limit=SHOWN)
