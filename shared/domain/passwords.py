"""Passwords and tokens: how they are checked and in what form they are kept."""

import hashlib
import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from shared.domain.errors import Invalid
from shared.saying import say

MIN_LENGTH, MAX_LENGTH = 10, 200
# OWASP's Argon2id profile of 19 MiB, two passes, one lane (Password Storage Cheat Sheet).
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
COMMON = frozenset(
    [
        "password123",
        "1234567890",
        "0123456789",
        "qwertyuiop",
        "qwerty1234",
        "1q2w3e4r5t",
        "iloveyou12",
        "administrator",
        "password1234",
        "passwordpassword",
        "1111111111",
        "letmein123",
        "welcome123",
    ]
)


def check_password(password: str, *, name: str = "", email: str = "") -> None:
    """Raise Invalid unless a password is long enough, not well known and not one's own name."""
    said = ""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        said = say(
            "Give %(least)s to %(most)s characters; a sentence is easy to remember.",
            least=MIN_LENGTH,
            most=MAX_LENGTH,
        )
    elif password.casefold() in COMMON or len(set(password)) < 4:
        said = say("This password is too easy to guess.")
    elif password.casefold() in {name.casefold(), email.casefold()}:
        said = say("The password must not be your name or address.")
    if said:
        raise Invalid({"password": said})


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password (RFC 9106), about 20 ms of work."""
    return _HASHER.hash(_composed(password))


def verify_password(stored: str, password: str) -> bool:
    """Tell whether a password is right; takes the same time when there is no stored hash."""
    try:
        matches = _HASHER.verify(stored or _nobody(), _composed(password))
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
    return matches and bool(stored)


def needs_rehash(stored: str) -> bool:
    """Tell whether a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def new_token() -> str:
    """Return a random token of 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return the form in which a random token is kept: SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def _composed(password: str) -> str:
    """Return the same characters whatever keyboard typed them (RFC 8265, 4.2.2)."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_hex())
