"""`make install`: compile the console's catalogues; a second run finds nothing to do."""

import sys
from pathlib import Path

from scripts.words import FOLDER, compile_all


def main(folder: Path = FOLDER) -> int:
    """Compile what is newer than its compiled form; without it the console speaks English."""
    try:
        made = compile_all(folder)
    except OSError as error:
        print(f"triptych: the console stays in English: {error.strerror}", file=sys.stderr)
        return 0
    if made:
        print(f"Compiled {made} catalogue{'s' if made > 1 else ''}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
