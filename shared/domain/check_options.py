"""The rules that texts are checked by, and the level that the owner gives each."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from shared.domain.options import ChoiceOption, setting
from shared.saying import Saying, say


class Level(StrEnum):
    """How much a finding matters: an `error` keeps a text from being published."""

    OFF = "off"
    HINT = "hint"
    WARNING = "warning"
    ERROR = "error"


LEVELS: Final = {
    Level.OFF.value: say("Not checked"),
    Level.HINT.value: say("Hint"),
    Level.WARNING.value: say("Warning"),
    Level.ERROR.value: say("Error, keeps a text from being published"),
}


def _rule(level: Level, title: Saying) -> Any:
    return setting(level.value, ChoiceOption(title=title, group="checks", choices=LEVELS))


@dataclass(frozen=True, kw_only=True)
class CheckOptions:
    """The level of each rule; `check_image_alt` is the rule `image-alt`."""

    check_image_alt: str = _rule(Level.WARNING, say("Images without alternative text"))
    check_heading_skip: str = _rule(Level.WARNING, say("Skipped heading levels"))
    check_broken_link: str = _rule(Level.WARNING, say("Links within the site that lead nowhere"))
    check_duplicate_title: str = _rule(Level.WARNING, say("A title that another text has"))
    check_long_description: str = _rule(Level.HINT, say("Descriptions that search engines cut off"))
    check_empty_link: str = _rule(Level.WARNING, say("Links without words"))
    check_mixed_slug: str = _rule(Level.WARNING, say("Addresses that mix alphabets"))

    def level_of(self, rule: str) -> Level:
        """Return the level of a rule."""
        return Level(getattr(self, f"check_{rule.replace('-', '_')}"))
