"""Sessions last as long as they may, links work once, attempts are counted."""

from datetime import timedelta

import pytest

from shared.domain.errors import Throttled
from shared.domain.sessions import (
    PER_ACCOUNT,
    PER_ADDRESS,
    Lifetimes,
    close_session,
    count_attempt,
    find_link,
    find_session,
    offer_link,
    open_session,
    touch_session,
    use_link,
)
from shared.domain.throttle import Rate, forget, network_of, sweep, take
from shared.domain.users import disable_user, set_password
from shared.domain.work import SYSTEM, Work
from shared.models import Throttle
from tests.cast import NOON, Cast, work_of

LIFE = Lifetimes(idle=timedelta(hours=2), absolute=timedelta(days=14))


def start(work: Work, cast: Cast) -> str:
    return open_session(cast.cy, address="::1", user_agent="x" * 999, work=work)


def holder(work: Work, token: str, after: timedelta = timedelta()) -> str | None:
    found = find_session(work.session, token, at=NOON + after, lifetimes=LIFE)
    return found.user.name if found else None


def test_session_is_found_by_its_token_alone(work: Work, cast: Cast) -> None:
    token = start(work, cast)
    assert (holder(work, token), holder(work, token + "x"), holder(work, "")) == ("Cy", None, None)


def test_session_ends_after_idling_and_in_any_case(work: Work, cast: Cast) -> None:
    token = start(work, cast)
    assert holder(work, token, timedelta(hours=2)) == "Cy"
    assert holder(work, token, timedelta(hours=2, seconds=1)) is None
    found = find_session(work.session, token, at=NOON, lifetimes=LIFE)
    assert found is not None
    touch_session(work.session, found.id, at=NOON + timedelta(days=14))
    work.session.expire_all()
    assert holder(work, token, timedelta(days=14)) == "Cy"
    assert holder(work, token, timedelta(days=14, seconds=1)) is None


@pytest.mark.parametrize("end", ["close", "password", "disable"])
def test_session_ends_at_once_with_what_ends_it(work: Work, cast: Cast, end: str) -> None:
    token, owner = start(work, cast), work_of(work.session, cast.ann)
    if end == "close":
        close_session(token, work=work)
    elif end == "password":
        set_password(cast.cy, "another long sentence", work=owner)
    else:
        disable_user(cast.cy, work=owner)
    assert holder(work, token) is None


def test_link_works_once_within_its_life(work: Work) -> None:
    system = work_of(work.session, SYSTEM)
    token = offer_link("setup", work=system)
    link = find_link(work.session, "setup", token, at=NOON)
    assert link is not None
    assert find_link(work.session, "password", token, at=NOON) is None
    assert find_link(work.session, "setup", token, at=NOON + timedelta(days=8)) is None
    use_link(link, work=system)
    assert find_link(work.session, "setup", token, at=NOON) is None


def test_newer_link_ends_the_older_of_the_same_person(work: Work, cast: Cast) -> None:
    system = work_of(work.session, SYSTEM)
    first, other = (offer_link("password", user=user, work=system) for user in (cast.cy, cast.ben))
    second = offer_link("password", user=cast.cy, work=system)
    alive = [
        find_link(work.session, "password", token, at=NOON) for token in (first, other, second)
    ]
    assert [link is not None for link in alive] == [False, True, True]


def test_rate_lets_a_burst_through_then_one_per_interval(work: Work) -> None:
    rate = Rate(3, 60)
    for _ in range(3):
        take(work.session, "key", rate, at=NOON)
    with pytest.raises(Throttled) as caught:
        take(work.session, "key", rate, at=NOON)
    assert caught.value.retry_after == 20
    take(work.session, "other", rate, at=NOON)
    take(work.session, "key", rate, at=NOON + timedelta(seconds=20))
    with pytest.raises(Throttled):
        take(work.session, "key", rate, at=NOON + timedelta(seconds=21))
    forget(work.session, "key")
    take(work.session, "key", rate, at=NOON)


def test_sweep_drops_what_no_longer_limits(work: Work) -> None:
    take(work.session, "old", Rate(3, 60), at=NOON)
    take(work.session, "new", Rate(3, 60), at=NOON + timedelta(hours=1))
    sweep(work.session, at=NOON + timedelta(hours=1))
    assert [row.key for row in work.session.query(Throttle)] == ["new"]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix", "unix"),
    ],
)
def test_addresses_that_one_visitor_has_count_as_one(address: str, network: str) -> None:
    assert network_of(address) == network


def test_attempts_are_limited_by_ipv6_network(work: Work) -> None:
    for number in range(PER_ADDRESS.requests):
        address = f"2001:db8::{number:x}"
        count_attempt(work.session, email=f"{number}@x.org", address=address, at=NOON)
    with pytest.raises(Throttled):
        count_attempt(work.session, email="one@x.org", address="2001:db8::aaaa", at=NOON)


def test_attempts_are_limited_by_account_in_any_case_and_by_address(work: Work) -> None:
    def attempts(email: str, address: str) -> int:
        for count in range(1000):
            try:
                count_attempt(work.session, email=email, address=address, at=NOON)
            except Throttled:
                return count
        return -1

    assert attempts("Ann@example.org", "192.0.2.1") == PER_ACCOUNT.requests
    assert attempts(" ann@EXAMPLE.org", "192.0.2.2") == 0
    many = 0
    for number in range(PER_ADDRESS.requests + 5):
        try:
            count_attempt(work.session, email=f"{number}@x.org", address="192.0.2.9", at=NOON)
        except Throttled:
            break
        many += 1
    assert many == PER_ADDRESS.requests
