"""Secrets that must be read again: sealed with a key of the instance (AES-GCM, NIST SP 800-38D)."""

import base64
import os
from typing import Any

NONCE_BYTES = 12


class Unsealable(Exception):
    """A sealed text was changed, belongs elsewhere, or was sealed with another key."""


def seal(key: bytes, text: str, *, to: str) -> str:
    """Return a text that only this key opens, and only for the same `to`."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(key).encrypt(nonce, text.encode(), to.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(key: bytes, sealed: str, *, to: str) -> str:
    """Return what was sealed; raises Unsealable."""
    # Here, since it is 5 MB of a worker that most sites never use.
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - see above

    try:
        raw = base64.urlsafe_b64decode(sealed)
        opened: bytes = _cipher(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], to.encode())
    except (InvalidTag, ValueError) as error:
        raise Unsealable(to) from error
    return opened.decode()


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    return AESGCM(key)
