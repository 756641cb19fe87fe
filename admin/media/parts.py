"""Uploads in progress: a file of parts and a note beside it, below INSTANCE/uploads.

How much has come is the size of the file itself, so a killed server or a dropped connection loses
nothing that was written.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from shared.domain.errors import Conflict, Invalid, NotFound
from shared.saying import say

LIFE: Final = timedelta(hours=24)
MOST_OPEN: Final = 100
SPARE: Final = 200_000_000  # bytes that an upload must leave on the disk


@dataclass(frozen=True)
class Upload:
    """One upload: who began it, what it will be, and until when it waits."""

    id: int
    owner: int
    name: str
    folder: str
    length: int
    expires: float


class Parts:
    """The uploads in progress of an instance."""

    def __init__(self, instance: Path) -> None:
        self._folder = instance / "uploads"

    def begin(self, owner: int, name: str, folder: str, length: int, now: datetime) -> Upload:
        """Make room for an upload; raises Invalid where there is none."""
        self._folder.mkdir(parents=True, exist_ok=True)
        waiting = self.sweep(now)
        if sum(item.owner == owner for item in waiting) >= MOST_OPEN:
            raise Invalid({"file": say("Too many uploads are open. Finish or cancel some first.")})
        to_come = sum(item.length - self._size(item.id) for item in waiting)
        if shutil.disk_usage(self._folder).free < to_come + length + SPARE:
            raise Invalid({"file": say("The server has no room for this file.")})
        number = secrets.randbits(53)
        made = Upload(number, owner, name, folder, length, (now + LIFE).timestamp())
        self._note(number).write_text(json.dumps(asdict(made)), encoding="utf-8")
        self._part(number).touch()
        return made

    def find(self, number: int, owner: int, now: datetime) -> Upload:
        """Return an upload of this person; raises NotFound, also for one that has expired."""
        found = self._read(self._note(number))
        if found is None or found.owner != owner or found.expires < now.timestamp():
            raise NotFound(say("There is no such upload, or it waited for too long."))
        return found

    def offset(self, upload: Upload) -> int:
        """Return how many bytes have come."""
        return self._part(upload.id).stat().st_size

    @contextmanager
    def appending(self, upload: Upload) -> Iterator["Appending"]:
        """Open an upload to add to it; raises Conflict while another request does."""
        with self._part(upload.id).open("ab") as opened:
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Conflict(say("Another request is sending this file just now.")) from error
            yield Appending(opened.fileno(), upload.length)

    def read(self, upload: Upload) -> bytes:
        """Return all that has come."""
        return self._part(upload.id).read_bytes()

    def remove(self, number: int) -> None:
        """Forget an upload."""
        self._note(number).unlink(missing_ok=True)
        self._part(number).unlink(missing_ok=True)

    def sweep(self, now: datetime) -> list[Upload]:
        """Remove uploads that nobody went on with, and return the others."""
        kept = []
        for note in self._folder.glob("*.json"):
            found = self._read(note)
            if found is None or found.expires < now.timestamp():
                self.remove(int(note.stem))
            else:
                kept.append(found)
        return kept

    def _size(self, number: int) -> int:
        """Return how many bytes of an upload are here, none of one that has just ended."""
        try:
            return self._part(number).stat().st_size
        except FileNotFoundError:
            return 0

    def _note(self, number: int) -> Path:
        return self._folder / f"{number}.json"

    def _part(self, number: int) -> Path:
        return self._folder / f"{number}.part"

    @staticmethod
    def _read(note: Path) -> Upload | None:
        try:
            return Upload(**json.loads(note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


class Appending:
    """An upload that this request alone adds to."""

    def __init__(self, handle: int, length: int) -> None:
        self._handle, self._length = handle, length
        self.begun = self.offset

    @property
    def offset(self) -> int:
        """How many bytes have come."""
        return os.fstat(self._handle).st_size

    def add(self, piece: bytes) -> None:
        """Add bytes; raises Invalid when there are more than was said."""
        if self.offset + len(piece) > self._length:
            raise Invalid({"file": say("More bytes came than the upload was announced with.")})
        os.write(self._handle, piece)

    def take_back(self) -> None:
        """Drop what this request added."""
        os.ftruncate(self._handle, self.begun)
