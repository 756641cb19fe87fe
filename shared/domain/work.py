"""The unit of work that every verb is given: which transaction, by whom, when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from shared.domain import chain
from shared.domain.errors import Forbidden, Raced, Stale
from shared.domain.permissions import ROLE_PERMISSIONS, Permission, may, permission_on
from shared.models import AuditEvent, Base, Post
from shared.saying import say


class Account(Protocol):
    """Someone who can act: a row of `user`, or what a session tells of it."""

    @property
    def id(self) -> int:
        """The number of the account."""

    @property
    def name(self) -> str:
        """The name that the audit log keeps."""

    @property
    def role(self) -> str:
        """The role, which gives the permissions."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: a `user`, a `client` of the API, or the `system` (commands, importers)."""

    kind: str
    name: str
    id: int | None = None
    user_id: int | None = None
    permissions: frozenset[Permission] = frozenset()

    @classmethod
    def of_user(cls, user: Account) -> "Actor":
        """Return the actor that a user of the console is."""
        return cls(
            kind="user",
            name=user.name,
            id=user.id,
            user_id=user.id,
            permissions=ROLE_PERMISSIONS[user.role],
        )


SYSTEM = Actor(kind="system", name="system", permissions=frozenset(Permission))


@dataclass(frozen=True, kw_only=True)
class Work:
    """One unit of work; verbs add to it and flush, its owner commits."""

    session: Session
    actor: Actor
    at: datetime
    request_id: str = ""

    def require(self, permission: Permission) -> None:
        """Raise Forbidden unless the actor has the permission."""
        if permission not in self.actor.permissions:
            raise Forbidden(permission)

    def require_on(self, verb: str, post: Post) -> None:
        """Raise Forbidden unless the actor may do the verb to this post."""
        if not may(self.actor.permissions, verb, post, user_id=self.actor.user_id):
            raise Forbidden(permission_on(post.kind, verb))

    def record(self, action: str, obj: Any, label: str = "", /, **data: Any) -> None:
        """Flush, then write one audit event about `obj`; its place in the chain comes at commit.

        Raises Raced when another unit of work changed the same rows first.
        """
        self.flush()
        chain.add(
            self.session,
            AuditEvent(
                at=self.at,
                actor_kind=self.actor.kind,
                actor_id=self.actor.id,
                actor_name=self.actor.name,
                action=action,
                object_kind=obj if isinstance(obj, str) else obj.__tablename__,
                object_id=None if isinstance(obj, str) else obj.id,
                object_label=label[:200],
                data=data,
                request_id=self.request_id,
            ),
        )

    def flush(self) -> None:
        """Send what is pending to the database; raises Raced when another was first."""
        try:
            self.session.flush()
        except StaleDataError as error:
            raise Raced(say("This was changed by someone else in the meantime.")) from error
        except IntegrityError as error:
            raise Raced(
                say("Another change took the same name or removed what this needs.")
            ) from error


def check_version(obj: Any, version: int | None, *, work: Work) -> None:
    """Compare and swap: raise Stale unless `version` is the object's, then count it up.

    None asks for no comparison; even then a change by another unit of work is a Conflict.
    """
    compare_version(obj, version)
    obj.version += 1
    work.flush()


def compare_version(obj: Any, version: int | None) -> None:
    """Raise Stale unless `version` is the object's; None asks for no comparison."""
    if version is not None and obj.version != version:
        raise Stale(given=version, current=obj.version)


def is_new(obj: Base) -> bool:
    """Tell whether an object is not in the database yet."""
    return not inspect(obj).persistent
