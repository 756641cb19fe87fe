"""One master key per instance, one derived key per purpose (HKDF, RFC 5869, one block)."""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

KEY_BYTES = 32


class KeyFileError(RuntimeError):
    """The key file cannot be used; the message says what to do."""


def load_or_create(path: Path) -> bytes:
    """Read the master key at `path`, creating it with mode 0600 on a new instance."""
    try:
        return _read(path)
    except FileNotFoundError:
        return _create(path)


def _create(path: Path) -> bytes:
    """Write the key aside and link it into place: no process ever sees half a key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first: its key is the key
            path.hardlink_to(aside)
    finally:
        aside.unlink()
    return _read(path)


def _read(path: Path) -> bytes:
    text = path.read_text().strip()
    if path.stat().st_mode & 0o077:
        raise KeyFileError(f"{path} can be read by others; run: chmod 600 {path}")
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) < KEY_BYTES:
        raise KeyFileError(f"{path} holds no key of {KEY_BYTES} bytes in hexadecimal")
    return key


@lru_cache(maxsize=64)  # purposes are few; their master key is in memory for good
def derive(master: bytes, purpose: str) -> bytes:
    """Return the 32-byte key for one purpose; knowing it tells nothing of the others."""
    extracted = hmac.new(b"triptych", master, hashlib.sha256).digest()
    return hmac.new(extracted, purpose.encode() + b"\x01", hashlib.sha256).digest()
