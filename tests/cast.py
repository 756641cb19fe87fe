"""The fixed cast, a clock that stands still, and plain factories."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.posts import Content, create_post, publish
from shared.domain.users import create_user
from shared.domain.work import SYSTEM, Actor, Work
from shared.models import Post, User

SECRET = "a secret that only the tests of this project know"
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
ROLES = {"Ann": "owner", "Ben": "editor", "Cy": "author", "Con": "contributor", "Dee": "reader"}


class Clock:
    """A clock that stands until it is told to move."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> datetime:
        """Move on by so many days, hours, minutes or seconds."""
        self.at += timedelta(**by)
        return self.at


@dataclass(frozen=True)
class Cast:
    """The people, by name."""

    ann: User
    ben: User
    cy: User
    con: User
    dee: User

    @classmethod
    def load(cls, session: Session) -> "Cast":
        """Read the people from a database that `hire` was called on."""
        return cls(**{user.name.lower(): user for user in session.scalars(select(User))})


def hire(session: Session) -> None:
    """Put the cast into a database; everyone's password is PASSWORD."""
    work = Work(session=session, actor=SYSTEM, at=NOON)
    for name, role in ROLES.items():
        create_user(
            email=f"{name.lower()}@example.org", name=name, role=role, password=PASSWORD, work=work
        )


def work_of(session: Session, who: User | Actor = SYSTEM, at: datetime = NOON) -> Work:
    """Return a unit of work of this person."""
    actor = who if isinstance(who, Actor) else Actor.of_user(who)
    return Work(session=session, actor=actor, at=at)


def make_content(**over: Any) -> Content:
    """Return content, plain but for what is given."""
    return Content(**{"title": "A quiet morning", "body": "Nothing *happened* today."} | over)


def make_post(work: Work, *, published: bool = True, kind: str = "post", **over: Any) -> Post:
    """Make a post, published at the work's moment unless told otherwise."""
    author_id = over.pop("author_id", None)
    at = over.pop("at", None)
    post = create_post(make_content(**over), kind=kind, author_id=author_id, work=work)
    if published:
        publish(post, version=None, at=at, work=work)
    return post
