"""A Jekyll site's `_config.yml`: what of it matters to its content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from admin.transfer.report import TransferError

MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mkdown"})
STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


@dataclass(frozen=True)
class Config:
    """The settings of a Jekyll site; `values` holds all of them."""

    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo | None:
        """The zone of dates that name none, if the site says."""
        name = self.values.get("timezone")
        try:
            return ZoneInfo(name) if name else None
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
            raise TransferError(f"_config.yml: timezone {name!r} is not known") from error

    @property
    def is_ours(self) -> bool:
        """Whether this is an archive of Triptych's: its texts are as they have to be."""
        return "triptych" in self.values

    @property
    def url(self) -> str:
        """Scheme and host of the old site, or nothing."""
        return str(self.values.get("url") or "").rstrip("/")

    @property
    def base(self) -> str:
        """The path below which the old site lay, or nothing."""
        inner = str(self.values.get("baseurl") or "").strip("/")
        return f"/{inner}" if inner else ""

    @property
    def permalink(self) -> str:
        """The pattern of the posts' addresses."""
        own = self.collection("posts").get("permalink") or self.values.get("permalink") or "date"
        return STYLES.get(str(own), str(own))

    @property
    def pretty(self) -> bool:
        """Whether pages, too, lie at addresses that end in a slash."""
        style = str(self.values.get("permalink") or "date")
        return style == "pretty" or (style not in STYLES and style.endswith("/"))

    def collection(self, name: str) -> Mapping[str, Any]:
        """Return the settings of a collection, empty if there are none."""
        found = self.values.get("collections")
        inner = found.get(name) if isinstance(found, dict) else None
        return inner if isinstance(inner, dict) else {}

    def find(self, dotted: str) -> str | None:
        """Return the value of `site.<dotted>` as text; None when it is none."""
        value: Any = self.values
        for part in dotted.split("."):
            value = value.get(part) if isinstance(value, dict | Mapping) else None
        if value is None:
            return "" if dotted in {"url", "baseurl"} else None
        if isinstance(value, bool):
            return str(value).lower()
        return str(value) if isinstance(value, str | int | float) else None

    def defaults(self, path: str, kind: str) -> dict[str, Any]:
        """Return the front matter that the site gives to files of this path and kind."""
        found: dict[str, Any] = {}
        listed = self.values.get("defaults")
        rules = [rule for rule in listed if _fits(rule, path, kind)] if listed else []
        for rule in sorted(rules, key=lambda rule: len(str(rule["scope"].get("path", "")))):
            found |= rule["values"]
        return found


def load_config(folder: Path) -> Config:
    """Read `_config.yml`; a folder without one has Jekyll's own defaults."""
    file = folder / "_config.yml"
    if not file.exists():
        return Config()
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise TransferError(f"_config.yml cannot be read: {reason}") from error
    if not isinstance(values, dict):
        raise TransferError("_config.yml holds no settings")
    config = Config(values)
    config.zone  # noqa: B018 - a wrong zone is told before anything is read
    return config


def _fits(rule: Any, path: str, kind: str) -> bool:
    if not isinstance(rule, dict) or not isinstance(rule.get("values"), dict):
        return False
    scope = rule.get("scope")
    if not isinstance(scope, dict) or scope.get("type", kind) != kind:
        return False
    wanted = str(scope.get("path") or "").strip("/")
    inside = not wanted or path == wanted or path.startswith(f"{wanted}/")
    return inside or ("*" in wanted and fnmatch(path, f"{wanted}*"))
