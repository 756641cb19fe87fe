"""Find what the tests drive besides Python, or install Debian's as root.

Chromium and a Chinese font for the browser tests, nginx and Caddy for `deploy/`.
"""

import os
import shutil
import subprocess
import sys

# Debian's package: the programs that will do, wherever they come from.
PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "nginx": ("nginx",),
    "caddy": ("caddy",),
}
FONT = "fonts-noto-cjk"
APT = ("apt-get", "--quiet", "--quiet", "--option", "Dpkg::Use-Pty=0")


def main() -> int:
    """Install what is missing; returns 1 after saying how to do it by hand."""
    missing = missing_packages()
    if not missing:
        return 0
    by_hand = f"apt-get install --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(
            f"triptych: the tests need {' and '.join(missing)}; as root: {by_hand}", file=sys.stderr
        )
        return 1
    print(f"Installing {' and '.join(missing)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "--yes", "--no-install-recommends", *missing)):
        done = subprocess.run(
            [*APT, *command], env=environment, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            print(f"triptych: this failed: {by_hand}", file=sys.stderr)
            return 1
    return 0


def missing_packages() -> list[str]:
    """Return the Debian packages to install."""
    missing = [name for name, programs in PROGRAMS.items() if not any(map(find_program, programs))]
    if shutil.which("dpkg-query"):
        status = ["dpkg-query", "--show", "--showformat=${Status}", FONT]
        found = subprocess.run(status, capture_output=True, text=True, check=False)
        if not found.stdout.startswith("install ok"):
            missing.append(FONT)
    return missing


def find_program(name: str) -> str | None:
    """Return where a program is, also one for administrators only, which PATH may leave out."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")


if __name__ == "__main__":
    sys.exit(main())
