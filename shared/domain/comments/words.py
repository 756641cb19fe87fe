"""What a comment says: cleaned of what no page shows, and checked."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from shared.saying import Saying, say

MOST_OF_A_NAME: Final = 80
MOST_OF_A_BODY: Final = 5_000
# What no page can hold, and what turns the direction of the text around it.
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)
_ADDRESS: Final = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,189}")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a visitor sent; `is_caught` tells that a field was filled which people do not see."""

    name: str
    email: str = ""
    body: str
    parent_id: int | None = None
    origin: str = ""
    is_caught: bool = False

    def cleaned(self) -> "Said":
        """Return it without what no page shows."""
        return Said(
            name=" ".join(_CONTROL.sub("", self.name).split()),
            email=_CONTROL.sub("", self.email).strip().lower(),
            body=_CONTROL.sub("", self.body.replace("\r\n", "\n").replace("\r", "\n")).strip(),
            parent_id=self.parent_id,
            origin=self.origin,
            is_caught=self.is_caught,
        )


def find_errors(said: Said) -> dict[str, Saying]:
    """Return by field what is wrong with the words themselves."""
    errors: dict[str, Saying] = {}
    if not _is_seen(said.name):
        errors["name"] = say("Give a name.")
    elif len(said.name) > MOST_OF_A_NAME:
        errors["name"] = say("Give at most %(most)s characters.", most=MOST_OF_A_NAME)
    if said.email and not _ADDRESS.fullmatch(said.email):
        errors["email"] = say("Give a whole address, or none.")
    if not _is_seen(said.body):
        errors["body"] = say("Write something first.")
    elif len(said.body) > MOST_OF_A_BODY:
        errors["body"] = say("Give at most %(most)s characters.", most=f"{MOST_OF_A_BODY:,}")
    return errors


def _is_seen(text: str) -> bool:
    """Tell whether anything in a text can be seen: a letter, number, mark or symbol."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)
