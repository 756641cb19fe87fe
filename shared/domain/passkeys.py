"""Passkeys (WebAuthn Level 3): adding them to an account, and proving with one who it is.

Every ceremony begins with a challenge that is a row, answered once and within minutes.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from shared.content.lines import one_line
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.factors import forget_codes_without_factor, keep_one
from shared.domain.work import Work
from shared.models import Passkey, PasskeyChallenge, User
from shared.saying import say

LASTS: Final = timedelta(minutes=5)
MOST: Final = 20


@dataclass(frozen=True)
class Party:
    """The relying party: the host that passkeys are for, and the origin that pages come from."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True)
class Question:
    """A challenge that was taken up: it cannot be answered again."""

    challenge: bytes
    user_id: int | None


def begin_adding(user: User, *, party: Party, work: Work) -> tuple[int, str]:
    """Return the number of a challenge, and what the browser needs to make a passkey, as JSON."""
    from webauthn import generate_registration_options, options_to_json  # noqa: PLC0415 - 15 MB
    from webauthn.helpers import structs  # noqa: PLC0415 - as above

    known = list_passkeys(work.session, user.id)
    if len(known) >= MOST:
        raise Conflict(say("You have %(most)s passkeys. Remove one first.", most=MOST))
    options = generate_registration_options(
        rp_id=party.host,
        rp_name=party.name,
        challenge=secrets.token_bytes(32),
        user_id=str(user.id).encode(),
        user_name=user.email,
        user_display_name=user.name,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[_descriptor(key) for key in known],
    )
    return _ask(options.challenge, "add", user.id, work), options_to_json(options)


def add_passkey(
    user: User, answer: str, *, name: str, question: Question, party: Party, work: Work
) -> Passkey:
    """Add the passkey that the browser made; raises Invalid when the answer does not fit."""
    from webauthn import verify_registration_response  # noqa: PLC0415 - as above
    from webauthn.helpers import bytes_to_base64url  # noqa: PLC0415 - as above

    try:
        if question.user_id != user.id:
            raise ValueError(user.id)
        made = verify_registration_response(
            credential=answer,
            expected_challenge=question.challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
        told = json.loads(answer)
    except _unfit() as error:
        raise Invalid({"answer": say("This passkey could not be added. Try once more.")}) from error
    transports = told.get("response", {}).get("transports") or []
    key = Passkey(
        user_id=user.id,
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        transports=[str(word)[:20] for word in transports][:8],
        name=one_line(name)[:100] or "Passkey",
        is_synced=made.credential_backed_up,
        created_at=work.at,
    )
    work.session.add(key)
    work.record("user.passkey_added", user, key.name)
    return key


def begin_proof(user_id: int | None, *, party: Party, work: Work) -> tuple[int, str]:
    """Return the number of a challenge, and what the browser needs to prove who it is, as JSON.

    Without a user the browser offers every passkey that it has for this host.
    """
    from webauthn import generate_authentication_options, options_to_json  # noqa: PLC0415 - as above
    from webauthn.helpers import structs  # noqa: PLC0415 - as above

    known = list_passkeys(work.session, user_id) if user_id is not None else []
    options = generate_authentication_options(
        rp_id=party.host,
        challenge=secrets.token_bytes(32),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
        allow_credentials=[_descriptor(key) for key in known],
    )
    return _ask(options.challenge, "prove", user_id, work), options_to_json(options)


def check_proof(answer: str, *, question: Question, party: Party, work: Work) -> User | None:
    """Return whose passkey gave this answer, None when it is wrong or asked of someone else."""
    from webauthn import verify_authentication_response  # noqa: PLC0415 - as above

    try:
        key = _answering(answer, work.session)
        if key is None or question.user_id not in {None, key.user_id}:
            return None
        proof = verify_authentication_response(
            credential=answer,
            expected_challenge=question.challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except _unfit():
        return None
    # Compared and swapped: of two copies of a key that count alike, one is refused.
    same = Passkey.id == key.id, Passkey.sign_count == key.sign_count
    counted = {"sign_count": proof.new_sign_count, "last_used_at": work.at}
    used = update(Passkey).where(*same).values(**counted).returning(Passkey.id)
    return key.user if work.session.scalar(used) is not None else None


def take_question(session: Session, number: int, purpose: str, *, at: Any) -> Question | None:
    """Take a challenge up, None when it was before or is too old; the caller commits at once."""
    row = PasskeyChallenge
    asked = row.id == number, row.purpose == purpose, row.expires_at > at
    taken = delete(row).where(*asked).returning(row.challenge, row.user_id)
    found = session.execute(taken).first()
    return Question(bytes.fromhex(found[0]), found[1]) if found else None


def list_passkeys(session: Session, user_id: int) -> list[Passkey]:
    """Return a person's passkeys, the first one first."""
    found = select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)
    return list(session.scalars(found))


def get_passkey(session: Session, number: int, *, user_id: int) -> Passkey:
    """Return a person's passkey; raises NotFound, also for someone else's."""
    key = session.get(Passkey, number)
    if key is None or key.user_id != user_id:
        raise NotFound(say("There is no such passkey."))
    return key


def rename_passkey(key: Passkey, name: str, *, work: Work) -> None:
    """Give a passkey a name to know it by."""
    key.name = one_line(name)[:100] or key.name
    work.record("user.passkey_renamed", key.user, key.name)


def remove_passkey(key: Passkey, *, work: Work) -> None:
    """Let a passkey open nothing any more; raises Conflict where one factor must remain."""
    user, name = key.user, key.name
    keep_one(user, work=work)
    work.session.delete(key)
    work.flush()
    forget_codes_without_factor(user, work=work)
    work.record("user.passkey_removed", user, name)


def _ask(challenge: bytes, purpose: str, user_id: int | None, work: Work) -> int:
    gone = delete(PasskeyChallenge).where(PasskeyChallenge.expires_at < work.at)
    work.session.execute(gone)
    row = PasskeyChallenge(
        challenge=challenge.hex(),
        purpose=purpose,
        user_id=user_id,
        expires_at=work.at + LASTS,
    )
    work.session.add(row)
    work.flush()
    return row.id


def _answering(answer: str, session: Session) -> Passkey | None:
    """Return the passkey that an answer names, if it says of the same person that it is theirs."""
    told = json.loads(answer)
    key = session.scalar(select(Passkey).where(Passkey.credential_id == str(told["id"])[:1400]))
    handle = told["response"].get("userHandle")
    if key is None or handle is None:
        return key
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 - as above

    return key if base64url_to_bytes(handle) == str(key.user_id).encode() else None


def _descriptor(key: Passkey) -> Any:
    from webauthn.helpers import base64url_to_bytes, structs  # noqa: PLC0415 - as above

    known = {item.value for item in structs.AuthenticatorTransport}
    return structs.PublicKeyCredentialDescriptor(
        id=base64url_to_bytes(key.credential_id),
        transports=[
            structs.AuthenticatorTransport(word) for word in key.transports if word in known
        ],
    )


def _unfit() -> tuple[type[Exception], ...]:
    """Return what a made-up answer may raise."""
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415 - as above

    return (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
