"""Check that every relative link in the Markdown documents leads to a file and a heading."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(
    r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]^][^\]]*\]:\s*(\S+)", re.MULTILINE
)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def main() -> int:
    """Print each broken link; returns 1 if there is one."""
    broken = [line for document in documents() for line in broken_links(document)]
    print("\n".join(broken), end="\n" if broken else "", file=sys.stderr)
    return int(bool(broken))


def documents() -> list[Path]:
    """Return the project's own documents: all but the tests' input and the welcome set."""
    listed = subprocess.run(
        ["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    content = ("tests/data/", "admin/transfer/welcome/")
    ours = [name for name in listed.stdout.splitlines() if not name.startswith(content)]
    return [ROOT / name for name in ours if (ROOT / name).exists()]


def broken_links(document: Path) -> list[str]:
    """Describe the links of one document that lead nowhere."""
    text = CODE.sub("", document.read_text(encoding="utf-8"))
    found = []
    for match in LINK.finditer(text):
        target, _, anchor = unquote(match[1] or match[2]).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (document.parent / target).resolve() if target else document
        if not path.exists():
            found.append(f"{document.relative_to(ROOT)}: no file {target}")
        elif anchor and path.suffix == ".md" and anchor not in anchors(path):
            found.append(f"{document.relative_to(ROOT)}: no heading #{anchor} in {path.name}")
    return found


def anchors(document: Path) -> set[str]:
    """Return the anchors that a repository's web page gives to the headings."""
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    return {anchor(heading) for heading in HEADING.findall(text)}


def anchor(heading: str) -> str:
    """Lower case, punctuation dropped, spaces to hyphens."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
    kept = (c for c in plain if c in " -_" or unicodedata.category(c)[0] in "LN")
    return "".join(kept).replace(" ", "-")


if __name__ == "__main__":
    sys.exit(main())
