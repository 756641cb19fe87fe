"""Make `.venv` and install a hashed requirements file into it; a second run finds nothing to do.

The system's Python runs this, and it may be too old: nothing here needs more than Python 3.7, so
that it can say so.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

VENV = Path(".venv")
PYTHON = str(VENV / "bin" / "python")
OLDEST = (3, 11)
PIP_OPTIONS = ("--quiet", "--quiet", "--disable-pip-version-check", "--require-hashes")
PLUGINS = "[flask.commands]\nroutes = admin.cli.routes:routes\n"
NO_VENV = "the venv module is missing; on Debian: apt-get install python3-venv"


def main() -> int:
    """Install the file named on the command line; returns the exit code."""
    try:
        install(Path(sys.argv[1]))
    except InstallError as error:
        print(f"triptych: {error}", file=sys.stderr)
        return 1
    return 0


class InstallError(RuntimeError):
    """The message says what is missing and how to get it."""


def install(requirements: Path) -> None:
    """Bring `.venv` to what the file says, unless it is there already."""
    stamp = VENV / f".installed-{requirements.name}"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and works(PYTHON):
        announce()
        return
    if sys.version_info < OLDEST:
        have = ".".join(map(str, sys.version_info[:2]))
        raise InstallError(f"Python 3.11 is needed, this is {have}; try make run PYTHON=python3.12")
    if not works(PYTHON):
        make_venv()
    print(f"Installing {requirements} into {VENV}", flush=True)
    if subprocess.call([*pip(), "install", *PIP_OPTIONS, "-r", str(requirements)]) != 0:
        raise InstallError(f"{requirements} could not be installed; pip says why above")
    announce()
    stamp.write_text(wanted)


def announce() -> None:
    """Make the project known in `.venv` as an editable install would, for `flask routes --app`."""
    about = "Metadata-Version: 2.1\nName: triptych\nVersion: 0.1.0\n"
    for packages in VENV.glob("lib/python3*/site-packages"):
        record = packages / "triptych-0.1.0.dist-info"
        record.mkdir(exist_ok=True)
        keep(record / "METADATA", about)
        keep(record / "entry_points.txt", PLUGINS)
        keep(packages / "triptych.pth", f"{Path.cwd()}\n")


def keep(file: Path, text: str) -> None:
    """Write a file unless it says so already: what is installed may be read-only."""
    if not file.exists() or file.read_text() != text:
        file.write_text(text)


def make_venv() -> None:
    """Create the environment, without a pip of its own where Python brings none."""
    own_pip = is_importable("ensurepip")
    if not is_importable("venv") or not (own_pip or is_importable("pip")):
        raise InstallError(NO_VENV)
    shutil.rmtree(VENV, ignore_errors=True)
    options = [] if own_pip else ["--without-pip"]
    if subprocess.call([sys.executable, "-m", "venv", *options, str(VENV)]) != 0:
        raise InstallError(f"{VENV} could not be made; Python says why above")


def pip() -> list[str]:
    """Return the command of the environment's pip, or of this Python's pip aimed at it."""
    if works(PYTHON, "import pip"):
        return [PYTHON, "-m", "pip"]
    if not is_importable("pip"):
        raise InstallError(NO_VENV)
    return [sys.executable, "-m", "pip", "--python", PYTHON]


def works(python: str, code: str = f"import sys; sys.exit(sys.version_info < {OLDEST})") -> bool:
    """Tell whether this Python is there and new enough, or can run the code given."""
    try:
        return subprocess.call([python, "-c", code], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def is_importable(module: str) -> bool:
    """Tell whether the Python that runs this has the module."""
    return importlib.util.find_spec(module) is not None


if __name__ == "__main__":
    sys.exit(main())
