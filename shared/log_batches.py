"""The lines of finished requests, collected for a moment and written together."""

import atexit
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple
from urllib.parse import quote

EVERY_SECONDS: Final = 0.1
AT_ONCE: Final = 200  # lines in one write
MOST: Final = 20_000  # lines that may wait; a writer that hangs must not fill the memory
PRINTABLE: Final = "".join(map(chr, range(0x21, 0x7F)))


class RequestLine(NamedTuple):
    """One finished request; `created` in seconds since 1970, `size` in bytes."""

    created: float
    app: str
    request_id: str
    method: str
    path: str
    status: int
    size: int
    ms: float
    who: str
    way: str

    def text(self) -> str:
        """Describe it: `GET /page/x/ 200 5123 1.8 user:7`."""
        line = f"{_word(self.method)} {self._path()} {self.status} {self.size} {self.ms:.1f}"
        return f"{line} {_word(self.who) or '-'}{self.way and ' ' + self.way}"

    def fields(self) -> dict[str, Any]:
        """Return its parts."""
        parts = {
            "method": self.method,
            "path": self._path(),
            "status": self.status,
            "bytes": self.size,
            "who": self.who,
            "ms": round(self.ms, 1),
        }
        return {**parts, "way": self.way} if self.way else parts

    def _path(self) -> str:
        return _word(self.path.partition("?")[0])


Write = Callable[[Sequence[RequestLine]], None]


class Batches:
    """A thread that writes what has collected, ten times a second."""

    def __init__(self) -> None:
        self._stop_here()
        os.register_at_fork(after_in_child=self._stop_here)
        atexit.register(self.flush)

    def _stop_here(self) -> None:
        self._write: Write | None = None
        self._waiting: deque[RequestLine] = deque()
        self._turn = threading.Lock()

    def begin(self, write: Write) -> None:
        """Collect from now on."""
        if self._write is None:
            self._write = write
            threading.Thread(target=self._work, name="request lines", daemon=True).start()

    def add(self, line: RequestLine) -> bool:
        """Take a line; False when nobody collects, or too many wait."""
        if self._write is None or len(self._waiting) >= MOST:
            return False
        self._waiting.append(line)
        return True

    def flush(self) -> None:
        """Write what has collected."""
        with self._turn:
            while self._waiting and self._write is not None:
                lines = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
                self._write(lines)

    def end(self) -> None:
        """Write what has collected, and each line by itself from now on."""
        self.flush()
        self._write = None

    def _work(self) -> None:
        pause = threading.Event()
        while self._write is not None:
            pause.wait(EVERY_SECONDS)
            with suppress(Exception):  # a line that cannot be written must not silence the others
                self.flush()


_batches = Batches()
begin, add, flush, end = _batches.begin, _batches.add, _batches.flush, _batches.end


def _word(text: str) -> str:
    plain = text.isascii() and text.isprintable() and " " not in text
    return text if plain else quote(text, safe=PRINTABLE)
