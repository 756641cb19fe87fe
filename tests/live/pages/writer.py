"""A process that saves one post again and again and shows each save as soon as it is committed.

`python -m tests.live.pages.writer INSTANCE DATABASE_URL BOARD SLOT NAME POST_ID PAUSE`
"""

import random
import sys
import time
from pathlib import Path

from tests.live.pages.board import STOP, Board
from tests.live.pages.content import open_runtime, save_mark


def main(*given: str) -> None:
    instance, url, board, slot, name, post, pause = given
    runtime, shown, number = open_runtime(Path(instance), url), Board(Path(board)), 0
    chance = random.Random(int(slot))  # noqa: S311 - any pauses will do
    while not shown[STOP]:
        number += 1
        save_mark(runtime, int(post), name, number)
        shown[int(slot)] = number
        time.sleep(chance.uniform(0, 2 * float(pause)))
    runtime.database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
