"""Kinds of settings that an owner edits: each knows what is allowed and says so."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any
from zoneinfo import available_timezones

from shared.saying import Saying, say


@dataclass(frozen=True, kw_only=True)
class Option:
    """What there is to say of one setting; `group` is the page that it stands on."""

    title: Saying
    group: str
    help: Saying | None = None

    def refuse(self, value: Any) -> Saying | None:
        """Return what is allowed instead of a value, None where it is allowed."""
        raise NotImplementedError  # each kind has its own rule

    def restore(self, value: Any) -> Any:
        """Return a value as it was before it became JSON."""
        return value


@dataclass(frozen=True, kw_only=True)
class TextOption(Option):
    """Text of `least` to `most` characters; `lines` is the height of its field."""

    least: int = 0
    most: int = 500
    lines: int = 1

    def refuse(self, value: Any) -> Saying | None:
        """Refuse what is too short or too long, blanks at the ends aside."""
        if self.least <= len(value.strip()) and len(value) <= self.most:
            return None
        if self.least:
            return say("Give %(least)s to %(most)s characters.", least=self.least, most=self.most)
        return say("Give at most %(most)s characters.", most=self.most)


@dataclass(frozen=True, kw_only=True)
class NumberOption(Option):
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def refuse(self, value: Any) -> Saying | None:
        """Refuse what is out of bounds."""
        if isinstance(value, int) and self.least <= value <= self.most:
            return None
        return say("Give a number from %(least)s to %(most)s.", least=self.least, most=self.most)


@dataclass(frozen=True, kw_only=True)
class ChoiceOption(Option):
    """One of a few values, each with its words."""

    choices: Mapping[str, str]

    def refuse(self, value: Any) -> Saying | None:
        """Refuse what is not offered."""
        return None if value in self.choices else self._offer()

    def _offer(self) -> Saying:
        return say("Choose one of %(choices)s.", choices=", ".join(self.choices))


@dataclass(frozen=True, kw_only=True)
class SeveralOption(ChoiceOption):
    """Any of a few values, as a tuple in the order in which they are offered."""

    def refuse(self, value: Any) -> Saying | None:
        """Refuse anything that is not offered."""
        return None if set(value) <= set(self.choices) else self._offer()

    def restore(self, value: Any) -> Any:
        """Return the tuple that a list in JSON was, without what is no longer offered."""
        return tuple(name for name in self.choices if name in value)


@dataclass(frozen=True, kw_only=True)
class FlagOption(Option):
    """Yes or no."""

    def refuse(self, value: Any) -> Saying | None:
        """Refuse anything but a truth value."""
        return None if isinstance(value, bool) else say("Answer with yes or no.")


@dataclass(frozen=True, kw_only=True)
class ZoneOption(Option):
    """A time zone by its name in the IANA list."""

    def refuse(self, value: Any) -> Saying | None:
        """Refuse a zone that is not known here."""
        if value in available_timezones():
            return None
        return say("Choose a zone of the IANA list, such as Europe/Zurich.")


def setting(default: Any, option: Option) -> Any:
    """Declare a field of a class of settings."""
    return field(default=default, metadata={"option": option})


def option_of(item: "Field[Any]") -> Option:
    """Return what there is to say of a field."""
    option: Option = item.metadata["option"]
    return option


def options_of(settings: type) -> dict[str, Option]:
    """Return the options of a class of settings by their names."""
    return {item.name: option_of(item) for item in fields(settings)}
