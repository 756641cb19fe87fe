"""Numbers that processes show each other at once, in a small file of shared memory."""

import mmap
from pathlib import Path

SLOTS = 64
STOP = SLOTS - 1  # set when everyone is to end


class Board:
    """Slots of whole numbers; each is written by one process and read by all."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(8 * SLOTS))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 8 * SLOTS)
        self._numbers = memoryview(self._memory).cast("Q")  # one store each, never half of one

    def __getitem__(self, slot: int) -> int:
        return self._numbers[slot]

    def __setitem__(self, slot: int, number: int) -> None:
        self._numbers[slot] = number
