"""Passwords and tokens: how they are checked and in what form they are kept."""

import hashlib
import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from shared.domain.easy_passwords import is_easy
from shared.domain.errors import Invalid
from shared.saying import say

MIN_LENGTH, MAX_LENGTH = 10, 200
# OWASP's Argon2id profile of 19 MiB, two passes, one lane (Password Storage Cheat Sheet).
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def check_password(password: str, *, name: str = "", email: str = "", site: str = "") -> None:
    """Raise Invalid unless a password is long enough and not among the first guesses.

    There are no rules about digits and signs, as NIST SP 800-63B (3.1.1.2) advises.
    """
    said = ""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        said = say(
            "Give %(least)s to %(most)s characters; a sentence is easy to remember.",
            least=MIN_LENGTH,
            most=MAX_LENGTH,
        )
    elif is_easy(password):
        said = say("This password is too easy to guess.")
    elif is_easy(password, own=(name, *name.split(), email, email.partition("@")[0], site)):
        said = say("The password must not be made of your name, your address or the site's title.")
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
