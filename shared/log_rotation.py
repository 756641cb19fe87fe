"""A log file that several processes append to and rotate by size and age, losing no line.

Each line is one `write()` on a descriptor in append mode, so lines never mix. Only the process
that rotates takes the file lock, and it never waits for it; the others see by the inode that
the name belongs to a new file. A line written in the moment of a rotation is in the older file.
"""

import errno
import fcntl
import logging
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

RETRY_SECONDS = 10.0
DAY = 86_400


class SharedFileHandler(logging.Handler):
    """Write records to `path`; when that fails, say so once on the console and try again later."""

    def __init__(self, path: Path, *, max_bytes: int, max_days: float, keep: int) -> None:
        super().__init__()
        self.path = path
        self.max_bytes = max_bytes
        self.max_age = max_days * DAY
        self.keep = keep
        self._fd = -1
        self._file_id = (0, 0, 0)
        self._began = 0.0
        self._retry_at = 0.0
        self._missed = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Append one line, whole; raises nothing."""
        if self._missed and time.monotonic() < self._retry_at:
            self._missed += 1
            return
        try:
            line = self.format(record).encode("utf-8", "backslashreplace") + b"\n"
        except Exception:  # noqa: BLE001 - a faulty record must not take the request down
            self.handleError(record)
            return
        self._try(line, record.created)

    def append(self, text: str) -> None:
        """Append several whole lines at once; raises nothing."""
        self.acquire()
        try:
            if not self._missed or time.monotonic() >= self._retry_at:
                self._try(text.encode("utf-8", "backslashreplace"), time.time())
            else:
                self._missed += text.count("\n")
        finally:
            self.release()

    def _try(self, lines: bytes, now: float) -> None:
        try:
            self._append(lines, now)
        except OSError as error:
            self._give_up(error)
        else:
            self._recover()

    def _append(self, line: bytes, now: float) -> None:
        size = self._follow()
        if size and (size + len(line) > self.max_bytes or now - self._began > self.max_age):
            self._rotate(size, len(line), now)
        self._write(line)
        if not os.fstat(self._fd).st_nlink:  # pruned between our look and our write
            self._open()
            self._write(line)

    def _follow(self) -> int:
        """Make sure that the descriptor is the file of that name; return its size."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return self._open()
        if self._fd < 0 or self._file_id != (os.getpid(), found.st_dev, found.st_ino):
            return self._open()
        return found.st_size if stat.S_ISREG(found.st_mode) else 0

    def _open(self) -> int:
        self._shut()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOCTTY
        self.path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._fd = os.open(self.path, flags, 0o640)
        found = os.fstat(self._fd)
        self._file_id = (os.getpid(), found.st_dev, found.st_ino)  # a fork opens its own
        self._began = self._beginning()
        return found.st_size if stat.S_ISREG(found.st_mode) else 0

    def _write(self, line: bytes) -> None:
        written = os.write(self._fd, line)
        if written == len(line):
            return
        end = os.lseek(self._fd, 0, os.SEEK_CUR)  # after an append: where our bytes end
        if os.fstat(self._fd).st_size == end:
            os.ftruncate(self._fd, end - written)  # half a line would spoil the next one too
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    @property
    def _lock_path(self) -> Path:
        return self.path.with_name(self.path.name + ".lock")

    def _beginning(self) -> float:
        """When the current file was begun: the lock file is touched at each rotation."""
        handle = os.open(self._lock_path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            return os.fstat(handle).st_mtime
        finally:
            os.close(handle)

    @contextmanager
    def _lock(self) -> Iterator[bool]:
        # Opened anew each time: a descriptor kept over a fork would share its lock.
        handle = os.open(self._lock_path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            yield False  # another process is at it: append to whatever we have open
            return
        try:
            yield True
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)  # closing is not enough if a fork inherited it
            os.close(handle)

    def _rotate(self, size: int, growth: int, now: float) -> None:
        with self._lock() as mine:
            if mine:
                size, self._began = self._follow(), self._beginning()
                aged = now - self._began > self.max_age
                if size and (size + growth > self.max_bytes or aged):
                    self._put_aside(now)
        self._follow()

    def _put_aside(self, now: float) -> None:
        older = self.rotated()
        number = _number(older[-1]) + 1 if older else 1
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
        self.path.rename(self.path.with_stem(f"{self.path.stem}-{moment}-{number:06d}"))
        os.utime(self._lock_path, (now, now))
        for path in older[: len(older) + 1 - self.keep]:
            with suppress(FileNotFoundError):
                path.unlink()

    def rotated(self) -> list[Path]:
        """Return the rotated files, oldest first; their number counts on even if clocks do not."""
        pattern = f"{self.path.stem}-*Z-*{self.path.suffix}"
        found = [path for path in self.path.parent.glob(pattern) if _number(path)]
        return sorted(found, key=_number)

    def _give_up(self, error: OSError) -> None:
        self._shut()
        self._retry_at = time.monotonic() + RETRY_SECONDS
        if not self._missed:
            self._say(f"log file {self.path}: {error.strerror}; writing to the console only")
        self._missed += 1

    def _recover(self) -> None:
        if self._missed:
            self._say(f"log file {self.path}: writing again, {self._missed} lines missing")
            self._missed = 0

    def _say(self, text: str) -> None:
        with suppress(OSError, ValueError):
            print(f"WARNING: {text}", file=sys.stderr, flush=True)  # noqa: T201 - the log is what is broken

    def _shut(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def close(self) -> None:
        """Close the file; a later record would open it again."""
        self.acquire()
        try:
            self._shut()
        finally:
            self.release()
        super().close()


def _number(path: Path) -> int:
    digits = path.stem.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0
