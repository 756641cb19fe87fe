"""Where the forms of a picture lie: in a folder beside it, named by what they are."""

from typing import Final

# Raised when the same picture gives other bytes, since a form's address is kept for good.
VERSION: Final = 1
CODINGS: Final = ("avif", "webp")  # a browser takes the first that it knows


def forms_folder(file: str) -> str:
    """Return the folder of a file's forms; its name carries the hash of the file's content."""
    return f"{file.rpartition('/')[0]}/forms"


def form_path(file: str, width: int, coding: str) -> str:
    """Return the path of a form on the site."""
    digest = file.split("/")[-2]
    return f"{forms_folder(file)}/{width}-{VERSION}.{digest}.{coding}"
