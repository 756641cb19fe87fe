"""Tells who wrote a post of comments, and forgets old origins, spam and trash once a day."""

from datetime import timedelta
from typing import Any

from shared.domain.comments.notices import (
    HOURLY,
    KIND,
    find_readers,
    limit_of,
    notice,
    read_news,
)
from shared.domain.comments.origins import forget_origins
from shared.domain.comments.removing import AT_ONCE, purge
from shared.domain.errors import Throttled
from shared.domain.jobs import enqueue
from shared.domain.mail import owe_mail
from shared.domain.site import load_site
from shared.domain.throttle import take
from shared.domain.work import SYSTEM, Work
from shared.models import Post
from shared.own_places import console_address
from shared.runtime import Runtime
from shared.words import language_for, spoken


def tell(runtime: Runtime, data: dict[str, Any]) -> None:
    """Owe mails about what is new below a post; nothing where no mail is sent."""
    if not runtime.settings.sends_mail:
        return
    with runtime.database.writing() as session:
        work = Work(session=session, actor=SYSTEM, at=runtime.clock())
        post = session.get(Post, data["post"])
        if post is not None and read_news(session, post.id, data["since"]).comments:
            _tell(runtime, post, data, work)
            session.commit()


def _tell(runtime: Runtime, post: Post, data: dict[str, Any], work: Work) -> None:
    """Write to each reader; within an hour of the last mail that waits until the hour is over."""
    readers = find_readers(post, work.session)
    if not readers:
        return
    key = limit_of(post.id)
    try:
        take(work.session, key, HOURLY, at=work.at)
    except Throttled as early:
        at = work.at + timedelta(seconds=early.retry_after)
        enqueue(work, KIND, key=key, at=at, **data)
        return
    news, own = read_news(work.session, post.id, data["since"]), load_site(work.session).language
    for user in readers:
        subject, parts = notice(user, post, news, console_address(runtime.settings))
        language = language_for(user.language, own)
        text = "\n\n".join(spoken(part, language) for part in parts) + "\n"
        owe_mail(work, to=user.email, subject=spoken(subject, language), text=text)


def forget_old_origins(runtime: Runtime, _: dict[str, Any]) -> None:
    """Forget the origins of comments that are old enough."""
    with runtime.database.writing() as session:
        forget_origins(session, at=runtime.clock())
        session.commit()


def purge_old(runtime: Runtime, _: dict[str, Any]) -> None:
    """Delete what was spam or in the trash for longer than the settings keep it, part by part."""
    part = AT_ONCE
    while part == AT_ONCE:
        with runtime.database.writing() as session:
            work = Work(session=session, actor=SYSTEM, at=runtime.clock())
            part = purge(load_site(session).comments_keep_days, work=work)
            session.commit()
