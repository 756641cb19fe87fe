"""Find Chromium and a Chinese font for the browser tests, or install Debian's as root."""

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
APT = ("apt-get", "--quiet", "--quiet", "--option", "Dpkg::Use-Pty=0")


def main() -> int:
    """Install what is missing; returns 1 after saying how to do it by hand."""
    missing = missing_packages()
    if not missing:
        return 0
    by_hand = f"apt-get install --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"triptych: the browser tests need Chromium; as root: {by_hand}", file=sys.stderr)
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
    """Return the Debian packages to install; a browser from elsewhere will do too."""
    missing = [] if any(map(shutil.which, BROWSERS)) else ["chromium"]
    if shutil.which("dpkg-query"):
        status = ["dpkg-query", "--show", "--showformat=${Status}", "fonts-noto-cjk"]
        found = subprocess.run(status, capture_output=True, text=True, check=False)
        if not found.stdout.startswith("install ok"):
            missing.append("fonts-noto-cjk")
    return missing


if __name__ == "__main__":
    sys.exit(main())
