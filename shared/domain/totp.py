"""One-time codes by time (TOTP, RFC 6238) and the recovery codes that stand in for them."""

import hmac
import secrets
from datetime import datetime
from typing import Final

from sqlalchemy import delete, update

from shared.domain.errors import Invalid
from shared.domain.factors import forget_codes_without_factor, keep_one
from shared.domain.passwords import hash_token
from shared.domain.work import Work
from shared.models import RecoveryCode, TotpSecret, User
from shared.saying import say
from shared.sealing import seal, unseal

STEP: Final = 30  # seconds
WINDOW: Final = (-1, 0, 1)  # clocks of phones run apart
RECOVERY_CODES: Final = 10
# Without letters and digits that look alike; 16 of them are 78 bits.
ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"


def new_secret() -> str:
    """Return a secret of 160 bits, as RFC 4226 (section 4) recommends, in base 32."""
    import pyotp  # noqa: PLC0415 - loaded by those who use codes only

    return pyotp.random_base32()


def address_of(secret: str, *, email: str, site: str) -> str:
    """Return the otpauth: address that an app reads from a QR code."""
    import pyotp  # noqa: PLC0415 - as above

    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=site)


def enable_totp(user: User, secret: str, code: str, *, key: bytes, work: Work) -> None:
    """Let an app's codes count from now on; raises Invalid unless `code` is the app's."""
    step = matching_step(secret, code, at=work.at)
    if step is None:
        raise Invalid({"code": say("This is not the code that the app shows now.")})
    work.session.execute(delete(TotpSecret).where(TotpSecret.user_id == user.id))
    sealed = seal(key, secret, to=f"totp:{user.id}")
    work.session.add(TotpSecret(user_id=user.id, sealed=sealed, last_step=step, created_at=work.at))
    work.record("user.totp_enabled", user, user.name)


def disable_totp(user: User, *, work: Work) -> None:
    """Take the app's codes away; raises Conflict where a second factor is asked for."""
    keep_one(user, work=work)
    work.session.execute(delete(TotpSecret).where(TotpSecret.user_id == user.id))
    forget_codes_without_factor(user, work=work)
    work.record("user.totp_disabled", user, user.name)


def use_code(user: User, code: str, *, key: bytes, work: Work) -> bool:
    """Tell whether a code is the app's, or a recovery code; either is used up by this."""
    typed = "".join(char for char in code.casefold() if char.isalnum())
    if len(typed) == 6 and typed.isdecimal():
        return _use_step(user, typed, key=key, work=work)
    return _use_recovery(user, typed, work=work)


def matching_step(secret: str, code: str, *, at: datetime) -> int | None:
    """Return the time step whose code this is, None for a wrong one; in constant time."""
    import pyotp  # noqa: PLC0415 - as above

    now, code, found = int(at.timestamp()) // STEP, "".join(code.split()), None
    for step in (now + by for by in WINDOW):
        if hmac.compare_digest(pyotp.HOTP(secret).at(step).encode(), code.encode()):
            found = step
    return found


def make_recovery_codes(user: User, *, work: Work) -> list[str]:
    """Return new recovery codes, shown this once; earlier ones end."""
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    work.session.add_all(
        RecoveryCode(user_id=user.id, code_hash=_hash(user, code)) for code in codes
    )
    work.record("user.recovery_codes_made", user, user.name)
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def _use_step(user: User, code: str, *, key: bytes, work: Work) -> bool:
    row = work.session.get(TotpSecret, user.id)
    if row is None:
        return False
    secret = unseal(key, row.sealed, to=f"totp:{user.id}")
    step = matching_step(secret, code, at=work.at)
    if step is None:
        return False
    later = TotpSecret.user_id == user.id, TotpSecret.last_step < step
    taken = update(TotpSecret).where(*later).values(last_step=step).returning(TotpSecret.user_id)
    return work.session.scalar(taken) is not None


def _use_recovery(user: User, code: str, *, work: Work) -> bool:
    same = RecoveryCode.code_hash == _hash(user, code), RecoveryCode.user_id == user.id
    unused = update(RecoveryCode).where(*same, RecoveryCode.used_at.is_(None))
    if work.session.scalar(unused.values(used_at=work.at).returning(RecoveryCode.id)) is None:
        return False
    work.record("user.recovery_code_used", user, user.name)
    return True


def _hash(user: User, code: str) -> str:
    return hash_token(f"{user.id}:{code}")
