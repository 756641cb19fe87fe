"""Rate limits that all workers share: one row a key, by the generic cell rate algorithm.

GCRA as in ITU-T I.371: a request is on time when it does not come more than the burst's worth
before the theoretical arrival time kept in the row.
"""

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from shared.db import insert_missing
from shared.domain.errors import Throttled
from shared.models import Throttle


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds, all of which may come at once."""

    requests: int
    seconds: int

    @property
    def interval(self) -> timedelta:
        """The time that one request takes up."""
        return timedelta(seconds=self.seconds / self.requests)


def take(session: Session, key: str, rate: Rate, *, at: datetime) -> None:
    """Count one request against a key; raises Throttled with the seconds to wait."""
    key, row = key[:200], None
    while row is None:  # another may forgive the key between these two
        insert_missing(session, Throttle, key=key, arrival=at)
        row = session.get(Throttle, key, with_for_update=True, populate_existing=True)
    arrival = max(row.arrival, at)
    early = arrival - at
    if early > timedelta(seconds=rate.seconds) - rate.interval:
        wait = early - timedelta(seconds=rate.seconds) + rate.interval
        raise Throttled(max(1, math.ceil(wait.total_seconds())))
    row.arrival = arrival + rate.interval
    session.flush()


def network_of(address: str) -> str:
    """Return what one visitor may hold of addresses: of IPv6, a whole network of 64 bits.

    What is no address, such as the peer of a unix socket, stays as it is.
    """
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return address if read.version == 4 else str(ipaddress.ip_network((read, 64), strict=False))


def forget(session: Session, key: str) -> None:
    """Forgive a key everything, as after a right password."""
    session.execute(delete(Throttle).where(Throttle.key == key[:200]))


def sweep(session: Session, *, at: datetime) -> None:
    """Drop the rows that no longer limit anyone."""
    session.execute(delete(Throttle).where(Throttle.arrival < at))
