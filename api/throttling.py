"""How often one address may register clients and try secrets."""

from flask import request

from shared.domain import throttle
from shared.domain.throttle import Rate
from shared.web import now, runtime, session

REGISTRATIONS = Rate(10, 3_600)
ALL_REGISTRATIONS = Rate(200, 3_600)
TRIES_OF_ONE_CLIENT = Rate(30, 900)
TRIES_OF_ONE_ADDRESS = Rate(120, 900)


def count_registration() -> None:
    """Count one registration that succeeds; raises Throttled."""
    throttle.take(session(), f"register:address:{_address()}", REGISTRATIONS, at=now())
    throttle.take(session(), "register:all", ALL_REGISTRATIONS, at=now())


def count_try(client_id: str) -> None:
    """Count one try of a client's secret, whatever comes of it; raises Throttled."""
    address = _address()
    with runtime().database.writing() as unit:
        throttle.take(unit, f"token:address:{address}", TRIES_OF_ONE_ADDRESS, at=now())
        throttle.take(unit, f"token:client:{address}:{client_id}", TRIES_OF_ONE_CLIENT, at=now())
        unit.commit()


def _address() -> str:
    found = request.environ.get("triptych.client") or request.remote_addr
    return throttle.network_of(str(found or "unknown"))
