"""`make bench`: starts the real server on generated content and prints what it can do."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final, NoReturn

from bench.checks import WrongAnswerError
from bench.clients import LoadError
from bench.content import make_plan
from bench.instance import copy_of, prepare
from bench.queries import CountError
from bench.run import Options, run
from bench.server import ServerError
from bench.visitor import SignInError

SIZES: Final = range(1_000, 1_000_001)
TROUBLES: Final = (
    WrongAnswerError,
    LoadError,
    CountError,
    ServerError,
    SignInError,
    subprocess.SubprocessError,
)


def main() -> int:
    """Measure and print; returns 1 after naming the check that failed."""
    given = _parser().parse_args()
    if given.size not in SIZES:
        print(f"bench: SIZE is from {SIZES[0]:,} to {SIZES[-1]:,} posts", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _stop)
    try:
        plan = make_plan(given.size)
        with copy_of(prepare(plan)) as folder:
            report = run(plan, folder, Options(given.rounds, given.seconds, given.only))
    except TROUBLES as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(report.as_text())
    if given.json:
        given.json.write_text(report.as_json(), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--only", default="", metavar="PART", help="only pages whose name has it")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each side (3)")
    parser.add_argument("--seconds", type=int, default=2, help="length of a turn (2)")
    parser.add_argument(
        "--size",
        type=int,
        default=os.environ.get("SIZE") or "10000",
        help="posts to generate (SIZE, 10000)",
    )
    return parser


def _stop(*_: object) -> NoReturn:
    """End as Ctrl-C does, so that the servers are stopped."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
