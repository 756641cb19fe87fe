"""A process that asks for pages and compares each answer with what was acknowledged before.

`python -m tests.live.pages.reader PORT BOARD COUNT THREADS NAMES PATHS` prints what it saw.
"""

import json
import sys
import threading
from collections import Counter
from pathlib import Path

from tests.live.pages.board import Board
from tests.live.pages.content import marks_in
from tests.live.pages.wire import Answer, Wire

EVERY_CONDITION, EVERY_CODING = 5, 7


class Reader(threading.Thread):
    """Somebody who reads `count` pages one after the other."""

    def __init__(self, port: int, board: Board, count: int, names: list[str], paths: list[str]):
        super().__init__()
        self.port, self.board, self.count, self.names, self.paths = port, board, count, names, paths
        self.seen: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._known: dict[str, tuple[str, dict[str, set[int]]]] = {}
        self._texts: dict[str, dict[str, set[int]]] = {}

    def run(self) -> None:
        """Read, and note what is wrong; whatever raises is wrong too."""
        try:
            with Wire(self.port) as wire:
                for turn in range(self.count):
                    self._read(wire, turn)
        except Exception as error:  # noqa: BLE001 - a thread's own end is silent
            self.wrong.append(f"{type(error).__name__}: {error}")

    def _read(self, wire: Wire, turn: int) -> None:
        path = self.paths[turn % len(self.paths)]
        headers = ["Accept-Encoding: gzip"] if turn % EVERY_CODING == 0 else []
        known = self._known.get(path) if turn % EVERY_CONDITION == 0 else None
        if known:
            headers = [f"If-None-Match: {known[0]}"]
        acknowledged = [self.board[slot] for slot in range(len(self.names))]
        answer = wire.get(path, *headers)
        self.seen[str(answer.status)] += 1
        if "warning" in answer.headers or answer.status not in {200, 304}:
            self.wrong.append(f"{path}: {answer.status} {dict(answer.headers)}")
            return
        marks = known[1] if known and answer.status == 304 else self._marks(answer)
        self._known[path] = answer.headers["etag"], marks
        for name, least in zip(self.names, acknowledged, strict=True):
            shown = marks.get(name)
            if shown is None or min(shown) < least or len(shown) > 1:
                self.wrong.append(f"{path}: {name} {least} was saved, {shown} is shown")

    def _marks(self, answer: Answer) -> dict[str, set[int]]:
        return marks_in(answer.text)


def main(*given: str) -> None:
    port, board, count, threads, names, paths = given
    shown, each = Board(Path(board)), int(count) // int(threads)
    turned = [paths.split(",")[n:] + paths.split(",")[:n] for n in range(int(threads))]
    readers = [Reader(int(port), shown, each, names.split(","), path) for path in turned]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    seen = sum((reader.seen for reader in readers), Counter())
    wrong = [line for reader in readers for line in reader.wrong]
    sys.stdout.write(json.dumps({"seen": seen, "wrong": wrong[:20], "count": len(wrong)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
