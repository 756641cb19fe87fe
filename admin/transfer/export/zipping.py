"""A ZIP that is handed on while it grows: nothing of it stays but its list of names."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

CHUNK: Final = 64 * 1024


class Sink:
    """What `zipfile` writes to: it cannot seek, so sizes follow each entry (APPNOTE 4.3.9)."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        """Take bytes in."""
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: bytes leave by `take`."""

    def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def take(self) -> bytes:
        """Return what was written since the last time."""
        data = b"".join(self._parts)
        self._parts, self.size = [], 0
        return data


class GrowingZip:
    """A ZIP archive; its methods yield the bytes that are ready to be sent."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._sink = Sink()
        self._zip = ZipFile(self._sink, "w")

    def add(self, path: str, text: str, at: datetime | None = None) -> Iterator[bytes]:
        """Add one text."""
        return self.add_pieces(path, [text.encode(errors="replace")], at=at)

    def add_pieces(
        self,
        path: str,
        pieces: Iterable[bytes],
        *,
        at: datetime | None = None,
        size: int = 0,
        stored: bool = False,
    ) -> Iterator[bytes]:
        """Add one file piece by piece; a `size` of gigabytes makes it a ZIP64 entry."""
        info = ZipInfo(path, _wall_clock(at or self._at))
        info.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
        info.external_attr, info.file_size = 0o644 << 16, size
        with self._zip.open(info, "w") as entry:
            for piece in pieces:
                entry.write(piece)
                if self._sink.size >= CHUNK:
                    yield self._sink.take()
        if self._sink.size >= CHUNK:
            yield self._sink.take()

    def take(self) -> bytes:
        """Return what is ready, however little."""
        return self._sink.take()

    def finish(self) -> bytes:
        """Write the list of names and return the last bytes."""
        self._zip.close()
        return self._sink.take()


def _wall_clock(at: datetime) -> tuple[int, int, int, int, int, int]:
    """Return an instant as a ZIP can hold it: UTC, from 1980 to 2107."""
    utc = at.astimezone(UTC)
    return (min(max(utc.year, 1980), 2107), *utc.timetuple()[1:6])
