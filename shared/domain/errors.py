"""What can be wrong with an order to the domain; each app answers in its own form."""

from collections.abc import Mapping

from shared.saying import say


class DomainError(Exception):
    """An order that cannot be carried out; the message is fit for the person who gave it."""

    message: str

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(DomainError):
    """There is no such object."""


class Forbidden(DomainError):
    """The actor lacks a permission; `permission` names it."""

    def __init__(self, permission: str) -> None:
        super().__init__(say("This needs the permission %(permission)s.", permission=permission))
        self.permission = permission


class Conflict(DomainError):
    """The object changed meanwhile, or its state does not allow the order."""


class Raced(Conflict):
    """Another unit of work changed the same at the same moment; trying again may well succeed."""


class Stale(Conflict):
    """The version that the order was based on is no longer the current one."""

    def __init__(self, *, given: int, current: int) -> None:
        super().__init__(say("This was changed by someone else in the meantime."))
        self.given = given
        self.current = current


class Invalid(DomainError):
    """Values that are not allowed; `errors` says per field what is."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in errors.items()))
        self.errors = dict(errors)


class Throttled(DomainError):
    """Too many attempts; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            say("Too many attempts. Try again in %(seconds)s seconds.", seconds=retry_after)
        )
        self.retry_after = retry_after
