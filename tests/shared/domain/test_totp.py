"""One-time codes and recovery codes: right once, wrong twice."""

from datetime import timedelta

import pyotp
import pytest

from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.factors import Factors, find_factors, is_asked, reset_factors
from shared.domain.site import Site, save_site
from shared.domain.totp import (
    address_of,
    disable_totp,
    enable_totp,
    make_recovery_codes,
    matching_step,
    new_secret,
    use_code,
)
from shared.domain.work import Work
from shared.models import TotpSecret
from shared.sealing import Unsealable, seal, unseal
from tests.cast import NOON, Cast, work_of

KEY = b"k" * 32
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: 12345678901234567890


def code_at(secret, at):
    return pyotp.TOTP(secret).at(at)


def later(work, **by):
    return Work(session=work.session, actor=work.actor, at=work.at + timedelta(**by))


@pytest.fixture
def secret(work, cast):
    made = new_secret()
    enable_totp(cast.ben, made, code_at(made, NOON), key=KEY, work=work)
    return made


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(seconds, code):
    at = NOON.fromtimestamp(seconds, NOON.tzinfo)
    assert matching_step(RFC_SECRET, code, at=at) == seconds // 30


@pytest.mark.parametrize(("seconds", "right"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_clock_of_a_phone_may_be_half_a_minute_off(seconds, right):
    code = code_at(RFC_SECRET, NOON + timedelta(seconds=seconds))
    assert (matching_step(RFC_SECRET, code, at=NOON) is not None) is right


def test_code_works_once_and_so_does_every_earlier_one(work, cast, secret):
    then = later(work, seconds=60)
    now, before = code_at(secret, then.at), code_at(secret, then.at - timedelta(seconds=30))

    assert not use_code(cast.ben, code_at(secret, NOON), key=KEY, work=work)
    assert use_code(cast.ben, f" {now[:3]} {now[3:]} ", key=KEY, work=then)
    assert not use_code(cast.ben, now, key=KEY, work=then)
    assert not use_code(cast.ben, before, key=KEY, work=then)


def test_code_of_someone_else_or_nobody_is_wrong(work, cast, secret):
    then = later(work, minutes=5)
    code = code_at(secret, then.at)
    assert not use_code(cast.cy, code, key=KEY, work=then)
    assert not use_code(cast.ben, "", key=KEY, work=then)
    assert not use_code(cast.ben, "١٢٣٤٥٦", key=KEY, work=then)


def test_secret_is_kept_sealed_for_its_person(work, cast, secret, session):
    sealed = session.get(TotpSecret, cast.ben.id).sealed

    assert secret not in sealed
    assert unseal(KEY, sealed, to=f"totp:{cast.ben.id}") == secret
    for key, to in ((b"x" * 32, f"totp:{cast.ben.id}"), (KEY, f"totp:{cast.cy.id}")):
        with pytest.raises(Unsealable):
            unseal(key, sealed, to=to)
    assert seal(KEY, secret, to="a") != seal(KEY, secret, to="a")


def test_app_whose_code_is_wrong_is_not_taken(work, cast):
    with pytest.raises(Invalid, match="not the code that the app shows"):
        enable_totp(cast.ben, new_secret(), "000000", key=KEY, work=work)
    assert not find_factors(work.session, cast.ben.id).any


def test_recovery_codes_work_once_each_for_their_person_until_new_ones_are_made(work, cast):
    codes = make_recovery_codes(cast.ben, work=work)

    assert len(set(codes)) == 10
    assert not use_code(cast.cy, codes[0], key=KEY, work=work)
    assert use_code(cast.ben, codes[0].upper().replace("-", " "), key=KEY, work=work)
    assert not use_code(cast.ben, codes[0], key=KEY, work=work)
    assert find_factors(work.session, cast.ben.id) == Factors(False, 0, 9)
    make_recovery_codes(cast.ben, work=work)
    assert not use_code(cast.ben, codes[1], key=KEY, work=work)


def test_last_factor_stays_where_one_is_asked_for(work, cast, secret):
    make_recovery_codes(cast.ben, work=work)
    save_site(Site(second_factor="editors"), work=work_of(work.session))
    assert [is_asked(work.session, role) for role in ("owner", "editor", "author")] == [
        True,
        True,
        False,
    ]
    with pytest.raises(Conflict, match="People of your role need a second factor"):
        disable_totp(cast.ben, work=work)
    save_site(Site(second_factor="nobody"), work=work_of(work.session))
    disable_totp(cast.ben, work=work)
    assert find_factors(work.session, cast.ben.id) == Factors(False, 0, 0)


def test_owner_resets_the_factors_of_someone_and_their_sessions_end(work, cast, secret):
    epoch = cast.ben.epoch
    with pytest.raises(Forbidden, match="users:edit"):
        reset_factors(cast.ben, work=work_of(work.session, cast.cy))
    reset_factors(cast.ben, work=work_of(work.session, cast.ann))

    assert cast.ben.epoch == epoch + 1
    assert not find_factors(work.session, cast.ben.id).any
    with pytest.raises(Conflict, match="Ben has no second factor"):
        reset_factors(cast.ben, work=work_of(work.session, cast.ann))


def test_address_for_the_app_names_site_and_person():
    made = address_of(RFC_SECRET, email="ann@example.org", site="A 站")
    assert made.startswith("otpauth://totp/A%20%E7%AB%99:ann%40example.org?secret=GEZDGNBVGY3TQOJQ")


def test_two_at_once_cannot_use_one_code(any_runtime):
    secret = new_secret()
    with any_runtime.database.writing() as session:
        ben = Cast.load(session).ben
        enable_totp(ben, secret, code_at(secret, NOON), key=KEY, work=work_of(session))
        session.commit()
    then = NOON + timedelta(minutes=2)

    def use():
        with any_runtime.database.writing() as session:
            ben = Cast.load(session).ben
            right = use_code(ben, code_at(secret, then), key=KEY, work=work_of(session, at=then))
            session.commit()
            return right

    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(lambda _: use(), range(4))) == [False, False, False, True]
