"""Files on disk as answers: found below a folder, sent whole or in part by the server itself."""

import io
import os
from collections.abc import Iterable
from errno import EACCES, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR, ENXIO, EPERM
from pathlib import Path
from stat import S_ISREG
from typing import Final, Self
from wsgiref.types import WSGIEnvironment

from werkzeug.wsgi import FileWrapper

BLOCK: Final = 65_536  # bytes that are read at a time where the server cannot use sendfile(2)
# Neither a link nor a pipe put there a moment ago is followed or waited for.
FLAGS: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK

NOT_TO_BE_HAD: Final = frozenset(
    {ENOENT, ENOTDIR, EISDIR, EACCES, EPERM, ELOOP, ENAMETOOLONG, ENXIO}
)


def etag_of(about: os.stat_result) -> str:
    """Return the strong tag (RFC 9110, 8.8.3) of a file's state: its time, to the ns, and size."""
    return f'"{about.st_mtime_ns:x}-{about.st_size:x}"'


class OpenFile:
    """An open regular file: `size` in bytes, `etag` strong, `modified` in seconds since 1970."""

    __slots__ = ("_handle", "etag", "modified", "size")

    def __init__(self, path: str | Path) -> None:
        """Open it; raises OSError, IsADirectoryError for anything but a regular file."""
        self._handle = os.open(path, FLAGS)
        about = os.fstat(self._handle)
        if not S_ISREG(about.st_mode):
            self.close()
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
        self.size = about.st_size
        self.modified = int(about.st_mtime)
        self.etag = etag_of(about)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it, unless it was sent."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def send(
        self, environ: WSGIEnvironment, start: int = 0, length: int | None = None
    ) -> Iterable[bytes]:
        """Return the body that holds `length` bytes from `start` on; the server closes the file."""
        part = Part(self._handle, start, self.size - start if length is None else length)
        self._handle = -1
        wrapper = environ.get("wsgi.file_wrapper", FileWrapper)
        body: Iterable[bytes] = wrapper(part, BLOCK)
        return body


class Part(io.FileIO):
    """A part of an open file that ends where the part ends, also for servers that only read."""

    def __init__(self, handle: int, start: int, length: int) -> None:
        super().__init__(handle, "rb")
        self.seek(start)
        self._left = length

    def read(self, size: int | None = -1, /) -> bytes:
        """Read up to `size` bytes of what is left of the part."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        data = super().read(wanted) or b""
        self._left -= len(data)
        return data


class Folder:
    """Everything that may be read below a folder: no hidden names, no links that lead out."""

    def __init__(self, path: Path) -> None:
        self._path = str(path.absolute())
        self._inside = ""

    def find(self, name: str) -> OpenFile | None:
        """Open the file of a name with slashes; None where there is none to be read."""
        if any(part.startswith(".") or not part for part in name.split("/")) or "\0" in name:
            return None
        real = os.path.realpath(f"{self._path}/{name}")
        if not self._holds(real):
            return None
        try:
            return OpenFile(real)
        except OSError as error:
            if error.errno in NOT_TO_BE_HAD:
                return None
            raise

    def _holds(self, real: str) -> bool:
        if self._inside and real.startswith(self._inside):
            return True
        self._inside = os.path.realpath(self._path) + "/"  # the folder may have moved meanwhile
        return real.startswith(self._inside)
