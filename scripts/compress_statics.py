"""`make install`: compress the static files of the three apps; a second run finds nothing to do."""

import sys
from collections.abc import Iterator
from pathlib import Path

from shared.settings import APPS
from shared.wsgi.static_files import list_names, type_of
from shared.wsgi.static_forms import FOLDER, make_forms

ROOT = Path(__file__).parent.parent


def main(root: Path = ROOT, forms: Path = FOLDER) -> int:
    """Bring the compressed forms to what the files say; without them Triptych serves as well."""
    try:
        made = make_forms(forms, static_files(root))
    except OSError as error:
        print(f"triptych: static files stay uncompressed: {error.strerror}", file=sys.stderr)
        return 0
    if made:
        print(f"Compressed {made} static files", flush=True)
    return 0


def static_files(root: Path) -> Iterator[tuple[bytes, str]]:
    """Return the bytes and the media type of every static file of the apps."""
    for app in APPS:
        folder = root / app / "static"
        for name in sorted(list_names(folder)):
            yield (folder / name).read_bytes(), type_of(name)


if __name__ == "__main__":
    sys.exit(main())
