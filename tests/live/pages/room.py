"""Disks without room: a small one that is full, and a server that may not make files longer."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SMALL = "3m"
KIBIBYTE = 1024


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Have a folder on a small file system of its own; only root can."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "none", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def may_mount() -> bool:
    """Tell whether this process may mount, which root may not in every container."""
    command = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Take the last byte of a small disk until the block ends."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (KIBIBYTE * 64, KIBIBYTE, 1):
            while _is_room(file.fileno(), size):
                pass
    try:
        yield
    finally:
        filler.unlink()


def _is_room(file: int, size: int) -> bool:
    try:
        return os.write(file, bytes(size)) == size
    except OSError:
        return False


@contextmanager
def limited(server: int) -> Iterator[None]:
    """Let no process of a server write beyond the first 1,024 bytes of any file."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    processes = [server, *map(int, children)]
    kind = resource.RLIMIT_FSIZE
    before = [resource.prlimit(process, kind) for process in processes]
    for process, (_, most) in zip(processes, before, strict=True):
        resource.prlimit(process, kind, (KIBIBYTE, most))
    try:
        yield
    finally:
        for process, limits in zip(processes, before, strict=True):
            resource.prlimit(process, kind, limits)
