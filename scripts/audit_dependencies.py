"""Look every pinned dependency up among the published vulnerabilities.

A vulnerability, or a package that the service leaves out, fails. pip-audit itself reports success
when it could look up nothing at all; here one loud line then says that nothing was audited, as on
a machine without a network, and REQUIRE_AUDIT=1 makes that a failure too.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

UNREACHABLE = re.compile(r"connect|timed? ?out|max retries|name resolution|ssl", re.IGNORECASE)
LEFT_OUT = re.compile(r"could not be audited: (\S+)")


def main() -> int:
    """Audit the requirements file named on the command line; returns the exit code."""
    file = sys.argv[1]
    options = ["--strict", "--disable-pip", "--require-hashes", "--progress-spinner=off"]
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", *options, "--format=json", f"--requirement={file}"],
        capture_output=True,
        text=True,
        check=False,
    )
    required = bool(os.environ.get("REQUIRE_AUDIT"))
    line, code = judge(done.stdout, done.stderr, pinned(Path(file)), required=required)
    print(f"audit: {line}", file=sys.stderr if code or "NOT AUDITED" in line else sys.stdout)
    return code


def judge(answer: str, complaint: str, names: list[str], *, required: bool) -> tuple[str, int]:
    """Return the line to print and the exit code for what pip-audit printed."""
    if answer.lstrip().startswith("{"):
        return judge_answer(json.loads(answer)["dependencies"])
    left_out = LEFT_OUT.search(complaint)
    # Packages are asked for in order: a service that lacks the first one has none of them.
    if UNREACHABLE.search(complaint) or (left_out and left_out[1] == names[0]):
        return f"NOT AUDITED: no advisory service answers for {len(names)} packages", int(required)
    if left_out:
        return f"the service leaves out {left_out[1]}", 1
    return f"pip-audit failed: {complaint.strip()[-300:]}", 1


def judge_answer(dependencies: list[dict[str, object]]) -> tuple[str, int]:
    """Return the line and the exit code for pip-audit's answer about each package."""
    left_out = [str(item["name"]) for item in dependencies if "vulns" not in item]
    if left_out or not dependencies:
        return f"the service leaves out {', '.join(left_out) or 'everything'}", 1
    vulnerable = [f"{item['name']} {item['version']}" for item in dependencies if item["vulns"]]
    if vulnerable:
        return f"known vulnerabilities (see pip-audit): {', '.join(vulnerable)}", 1
    return f"{len(dependencies)} packages, none with a known vulnerability", 0


def pinned(file: Path) -> list[str]:
    """Return the names pinned in a requirements file, in its order."""
    return re.findall(r"^([\w.-]+)==", file.read_text(encoding="utf-8"), re.MULTILINE)


if __name__ == "__main__":
    sys.exit(main())
