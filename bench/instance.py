"""The instance that is measured: generated once for a size and this code, copied for each run."""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event

from bench.content import Plan
from bench.loading import load
from shared.runtime import Runtime
from shared.settings import Settings

ROOT: Final = Path(__file__).parent.parent
CACHE: Final = ROOT / ".cache" / "bench"
SOURCES: Final = (
    "bench/lexicon.py",
    "bench/bodies.py",
    "bench/content.py",
    "bench/loading.py",
    "shared/content/*.py",
    "shared/domain/chain.py",
    "shared/domain/taxonomy.py",
    "shared/domain/users.py",
    "shared/domain/work.py",
    "shared/domain/posts/*.py",
    "shared/migrations/versions/*.py",
)
PASSWORD: Final = "one that only the benchmark knows"  # noqa: S105 - of an instance that is thrown away


def prepare(plan: Plan) -> Path:
    """Return the folder of the generated instance, made now unless it is there already."""
    size = len(plan.entries)
    folder = CACHE / f"{size}-{_fingerprint()}"
    if folder.exists():
        return folder
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="making-", dir=CACHE) as scratch:
        made = Path(scratch) / "instance"
        _generate(plan, made)
        for old in CACHE.glob(f"{size}-*"):
            shutil.rmtree(old)
        made.rename(folder)
    return folder


@contextmanager
def copy_of(prepared: Path) -> Iterator[Path]:
    """Give a copy to sign in to and to measure, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="run-", dir=CACHE) as scratch:
        folder = Path(scratch) / "instance"
        shutil.copytree(prepared, folder)
        yield folder


def _generate(plan: Plan, folder: Path) -> None:
    runtime = Runtime(Settings(instance=folder))
    folder.mkdir()
    database = runtime.database
    event.listen(database.writer, "connect", _trust_the_machine)
    database.upgrade()

    start, end = ("\r", "") if sys.stderr.isatty() else ("", "\n")

    def told(done: int) -> None:
        said = f"{start}generating posts: {done:,} of {len(plan.entries):,}"
        print(said, end=end, file=sys.stderr, flush=True)

    load(plan, runtime, PASSWORD, told)
    database.close()
    print(end=start and "\n", file=sys.stderr)


def _trust_the_machine(connection: Any, _: object) -> None:
    """Do not wait for the disk: a half-made instance is made again."""
    connection.execute("PRAGMA synchronous=OFF")


def _fingerprint() -> str:
    found = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()[:12]
