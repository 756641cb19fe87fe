"""The project's own files, as the guards look at them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("admin", "api", "bench", "frontend", "scripts", "shared")
NOT_OURS = ("vendor", "data", "node_modules")


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is or would be committed, but vendored packages and test input."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(
        path
        for path in sorted(paths)
        if path.is_file() and not set(NOT_OURS) & set(path.relative_to(ROOT).parts)
    )


def with_suffix(*suffixes: str) -> list[Path]:
    """Return the files of some kinds."""
    return [path for path in files() if path.suffix in suffixes]


def source() -> list[Path]:
    """Return the Python files that are not tests."""
    return [path for path in with_suffix(".py") if short(path).split("/")[0] != "tests"]


def short(path: Path) -> str:
    """Return the path as a person would name it."""
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> list[str]:
    """Return the file's lines."""
    return path.read_text(encoding="utf-8").splitlines()
