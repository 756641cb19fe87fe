"""Bring the front-end packages into the repository: fetch, check, unpack, note the version.

Run `make vendor` after changing a version or its integrity here, or anything in scripts/codemirror.
Needs npm; running and testing Triptych does not.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EDITOR_SOURCE = ROOT / "scripts" / "codemirror"
EDITOR = ROOT / "admin" / "static" / "vendor" / "codemirror"


@dataclass(frozen=True)
class Package:
    """A package of the npm registry, what we take of it, and what its archive must hash to."""

    name: str
    version: str
    integrity: str
    folder: str
    files: tuple[str, ...]


PACKAGES = (
    Package(
        "htmx.org",
        "4.0.1",
        "sha512-oF7JgXhDW9UXCy/k1ZYFUQgzu/rm19ORWPSPNL91vPluB2PB9+MV55tyQdH/w7o2EAbTYUG5SDW1R60mdkdqGg==",
        "admin/static/vendor/htmx",
        ("dist/htmx.min.js", "LICENSE"),
    ),
    Package(
        "swagger-ui-dist",
        "5.35.0",
        "sha512-U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAhw0G8CgwrzU4YmXkn/h0wCDNsXdGarTNNHC3sU8yVUQ==",
        "api/static/vendor/swagger-ui",
        (
            "swagger-ui.css",
            "swagger-ui-bundle.js",
            "swagger-ui-bundle.js.LICENSE.txt",
            "LICENSE",
            "NOTICE",
        ),
    ),
    Package(
        "axe-core",
        "4.14.1",
        "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        "tests/e2e/vendor/axe-core",
        ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"),
    ),
)


def main() -> int:
    """Bring in every package and build the editor; returns the exit code."""
    if shutil.which("npm") is None:
        print("vendor: npm is missing; on Debian: apt-get install npm", file=sys.stderr)
        return 1
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            archive = fetch(package, Path(folder))
            check(package, archive)
            unpack(package, archive)
        print(f"{package.folder}: {package.name} {package.version}")
    with tempfile.TemporaryDirectory() as folder:
        build_editor(Path(folder) / "codemirror")
    print(f"{EDITOR.relative_to(ROOT)}: {(EDITOR / 'editor.js').stat().st_size:,} bytes")
    return 0


def fetch(package: Package, folder: Path) -> Path:
    """Download the package's archive into `folder`."""
    _npm("pack", f"{package.name}@{package.version}", "--silent", cwd=folder)
    (archive,) = folder.glob("*.tgz")
    return archive


def check(package: Package, archive: Path) -> None:
    """Stop when the archive is not the one that was reviewed."""
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise SystemExit(f"vendor: {package.name} {package.version} does not match its integrity")


def unpack(package: Package, archive: Path) -> None:
    """Write the wanted files, flat, and a VERSION file; what was there before goes."""
    target = ROOT / package.folder
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with tarfile.open(archive) as tar:
        for name in package.files:
            source = tar.extractfile(f"package/{name}")
            if source is None:
                raise SystemExit(f"vendor: {package.name} has no file {name}")
            (target / Path(name).name).write_bytes(source.read())
    (target / "VERSION").write_text(f"{package.name} {package.version}\n{package.integrity}\n")


def build_editor(folder: Path) -> None:
    """Bundle scripts/codemirror into one ES module, with the licences of what went into it."""
    shutil.copytree(
        EDITOR_SOURCE, folder, ignore=shutil.ignore_patterns("node_modules", "*.test.js")
    )
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", cwd=folder)
    command = "node_modules/.bin/esbuild editor.js --bundle --format=esm --minify --target=es2022"
    options = ("--legal-comments=none", "--metafile=meta.json", "--outfile=out.js")
    subprocess.run([*command.split(), *options, "--log-level=warning"], cwd=folder, check=True)
    shutil.rmtree(EDITOR, ignore_errors=True)
    EDITOR.mkdir(parents=True)
    shutil.copy(folder / "out.js", EDITOR / "editor.js")
    bundled = sorted(_bundled(json.loads((folder / "meta.json").read_text())))
    about = [_about(folder / "node_modules" / name) for name in bundled]
    (EDITOR / "VERSION").write_text("".join(f"{name}\n" for name, _ in about))
    (EDITOR / "LICENSE").write_text("\n".join(f"{name}\n\n{text}\n" for name, text in about))


def _bundled(meta: dict[str, dict[str, object]]) -> set[str]:
    paths = [path.split("/") for path in meta["inputs"] if path.startswith("node_modules/")]
    return {"/".join(path[1 : 3 if path[1].startswith("@") else 2]) for path in paths}


def _about(package: Path) -> tuple[str, str]:
    about = json.loads((package / "package.json").read_text())
    name = f"{about['name']} {about['version']}"
    return name, (package / "LICENSE").read_text().strip()


def _npm(*arguments: str, cwd: Path) -> None:
    done = subprocess.run(["npm", *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"vendor: npm {arguments[0]} failed: {done.stderr.strip()[-300:]}")


if __name__ == "__main__":
    sys.exit(main())
