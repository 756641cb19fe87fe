"""`make bench`: starts the real server on generated content and prints what it can do."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from bench.checks import WrongAnswerError
from bench.clients import LoadError, choose_client
from bench.content import make_plan
from bench.context import Bench, Options
from bench.editor import EditError
from bench.instance import copy_of, prepare
from bench.parts import PARTS
from bench.queries import CountError
from bench.report import Report
from bench.server import ServerError
from bench.steady import VisitError
from bench.visitor import SignInError

SIZES: Final = range(1_000, 1_000_001)
TROUBLES: Final = (
    WrongAnswerError,
    LoadError,
    CountError,
    EditError,
    ServerError,
    VisitError,
    SignInError,
    subprocess.SubprocessError,
)


def main() -> int:
    """Measure and print; returns 1 after naming the check that failed."""
    given = _parser().parse_args()
    if given.size not in SIZES:
        print(f"bench: SIZE is from {SIZES[0]:,} to {SIZES[-1]:,} posts", file=sys.stderr)
        return 2
    options = Options(given.rounds, given.seconds, given.pages)
    signal.signal(signal.SIGTERM, _stop)
    try:
        report = run(given.size, given.only or list(PARTS), options)
    except TROUBLES as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(report.as_text())
    if given.json:
        given.json.write_text(report.as_json(), encoding="utf-8")
    return 0


def run(size: int, parts: Sequence[str], options: Options) -> Report:
    """Measure the parts on a copy of the generated site."""
    load, plan = os.getloadavg()[0], make_plan(size)
    name, client = choose_client()
    sections = []
    with copy_of(prepare(plan)) as folder:
        bench = Bench(plan, folder, client, options)
        for part in (part for part in PARTS if part in parts):
            print(f"part {part}", file=sys.stderr)
            sections.append(PARTS[part](bench))
    return Report(size, name, sections, (load, os.getloadavg()[0]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument(
        "--only", action="append", choices=PARTS, help="only this part; may be given again"
    )
    parser.add_argument(
        "--pages", default="", metavar="WORD", help="of those rendered anew only these"
    )
    parser.add_argument("--rounds", type=int, default=3, help="turns of each side (3)")
    parser.add_argument("--seconds", type=int, default=1, help="length of a turn (1)")
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
