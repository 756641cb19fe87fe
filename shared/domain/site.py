"""The site's own settings, which its owner edits while it runs."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.check_options import CheckOptions
from shared.domain.comment_options import CommentOptions
from shared.domain.errors import Invalid, NotFound
from shared.domain.menu_options import MENUS, MenuOptions
from shared.domain.options import (
    ChoiceOption,
    FlagOption,
    NumberOption,
    SeveralOption,
    TextOption,
    ZoneOption,
    options_of,
    setting,
)
from shared.domain.permissions import Permission
from shared.domain.work import Work
from shared.models import AuditEvent, Setting
from shared.models.reads import read
from shared.saying import Saying, say

LANGUAGE_NAMES: Final = {
    "en": "English",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "ja": "日本語",
    "ko": "한국어",
    "pt": "Português",
}
LANGUAGES: Final = tuple(LANGUAGE_NAMES)
MEDIA_KIND_NAMES: Final = {
    "image": say("Pictures"),
    "drawing": say("Drawings (SVG)"),
    "audio": say("Sound"),
    "video": say("Films"),
    "pdf": say("PDF"),
    "archive": say("Archives and office files"),
    "text": say("Text files"),
}

# The pages of settings in the console, in their order; each option names its own.
GROUPS: Final[dict[str, Saying]] = {
    "general": say("General"),
    "reading": say("Reading"),
    "writing": say("Writing"),
    "security": say("Security"),
    "media": say("Media"),
    "checks": say("Checks"),
    "comments": say("Comments"),
}


@dataclass(frozen=True, kw_only=True)
class Site(CheckOptions, CommentOptions, MenuOptions):
    """What the site says of itself and how it shows its content."""

    title: str = setting(
        "Triptych", TextOption(title=say("Title"), group="general", least=1, most=100)
    )
    tagline: str = setting(
        "",
        TextOption(title=say("Tagline"), group="general", help=say("A few words below the title.")),
    )
    description: str = setting(
        "",
        TextOption(
            title=say("Description"),
            group="general",
            help=say("For search engines and feeds."),
            lines=3,
        ),
    )
    language: str = setting(
        "en", ChoiceOption(title=say("Language"), group="general", choices=LANGUAGE_NAMES)
    )
    timezone: str = setting(
        "UTC",
        ZoneOption(
            title=say("Time zone"),
            group="general",
            help=say("In which dates are shown, and publishing times are given."),
        ),
    )
    posts_per_page: int = setting(
        10, NumberOption(title=say("Posts on a page"), group="reading", least=1, most=100)
    )
    keep_revisions_days: int = setting(
        90,
        NumberOption(
            title=say("Days for which every version is kept"),
            group="writing",
            help=say(
                "Of older ones the last of each day stays, and what was published or has a name."
            ),
            least=1,
            most=36_500,
        ),
    )
    count_views: bool = setting(
        True,
        FlagOption(
            title=say("Count how often pages are seen"),
            group="reading",
            help=say("A number for each page and day. Nothing about visitors is kept."),
        ),
    )
    media_kinds: tuple[str, ...] = setting(
        tuple(MEDIA_KIND_NAMES),
        SeveralOption(
            title=say("Kinds of files that may be uploaded"),
            group="media",
            choices=MEDIA_KIND_NAMES,
            help=say("What a file is, its bytes say, not its name. Scripts are never taken."),
        ),
    )
    media_max_megabytes: int = setting(
        50, NumberOption(title=say("Largest file, in MB"), group="media", least=1, most=100)
    )
    media_max_megapixels: int = setting(
        60,
        NumberOption(
            title=say("Largest picture, in millions of pixels"),
            group="media",
            least=1,
            most=250,
            help=say("A picture takes four bytes of memory for each pixel while it is read."),
        ),
    )

    second_factor: str = setting(
        "nobody",
        ChoiceOption(
            title=say("Second step at sign-in"),
            group="security",
            help=say("Whoever has none sets one up at the next sign-in."),
            choices={
                "nobody": say("for those who want it"),
                "editors": say("for owners and editors"),
                "everybody": say("for everybody"),
            },
        ),
    )

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the site shows its dates."""
        return ZoneInfo(self.timezone)


OPTIONS: Final = options_of(Site)
_SETTINGS = select(Setting.key, Setting.value).where(Setting.key.in_(list(OPTIONS)))


def load_site(session: Session) -> Site:
    """Return the site's settings, defaults where none were saved."""
    rows = read(session, _SETTINGS, {}, of=("site",))
    return Site(**{key: OPTIONS[key].restore(value["is"]) for key, value in rows})


def save_site(site: Site, *, seen: Site | None = None, work: Work) -> None:
    """Store what was changed since the settings were `seen`; what others changed stays.

    Menus need a permission of their own. Raises Invalid naming each field that is not allowed, or
    that another changed meanwhile.
    """
    stored = asdict(load_site(work.session))
    known = asdict(seen) if seen else stored
    meant = {key: value for key, value in asdict(site).items() if value != known[key]}
    is_menu = bool(meant) and set(meant) <= set(MENUS)
    work.require(Permission.MENUS_EDIT if is_menu else Permission.SETTINGS_EDIT)
    _check(meant)
    changed = {key: value for key, value in meant.items() if value != stored[key]}
    if clashes := [key for key in changed if stored[key] != known[key]]:
        raise Invalid({key: _clash(stored[key]) for key in clashes})
    for key, value in changed.items():
        work.session.merge(Setting(key=key, value={"is": value}, updated_at=work.at))
    if changed:
        changes = {key: {"from": stored[key], "to": value} for key, value in changed.items()}
        work.record("settings.saved", "setting", ", ".join(sorted(changed)), changes=changes)


@dataclass(frozen=True)
class Change:
    """One setting in one save; `before` is None where an early version did not note it."""

    event: AuditEvent
    name: str
    before: Any
    after: Any

    @property
    def can_go_back(self) -> bool:
        """Whether it is known what to go back to."""
        return self.name in OPTIONS and self.before is not None


def list_changes(session: Session, *, before: int | None = None, limit: int = 50) -> list[Change]:
    """Return what was changed in the last `limit` saves, or in those before an event's id."""
    events = select(AuditEvent).where(AuditEvent.action == "settings.saved")
    if before is not None:
        events = events.where(AuditEvent.id < before)
    found = session.scalars(events.order_by(AuditEvent.id.desc()).limit(limit)).all()
    return [change for event in found for change in _changes(event)]


def put_back(event_id: int, name: str, *, work: Work) -> Change:
    """Give a setting the value that it had before a change; raises NotFound."""
    event = work.session.get(AuditEvent, event_id)
    changes = _changes(event) if event else []
    change = next((item for item in changes if item.name == name and item.can_go_back), None)
    if change is None:
        raise NotFound(say("There is no such change of a setting."))
    value = OPTIONS[name].restore(change.before)
    save_site(replace(load_site(work.session), **{name: value}), work=work)
    return change


def _changes(event: AuditEvent) -> list[Change]:
    if event.action != "settings.saved":
        return []
    told = event.data.get("changes")
    if not isinstance(told, dict):  # written before changes named what was there
        return [Change(event, name, None, value) for name, value in event.data.items()]
    return [Change(event, name, item["from"], item["to"]) for name, item in told.items()]


def _clash(value: Any) -> Saying:
    if isinstance(value, tuple) and any(isinstance(item, dict) for item in value):
        return say("Someone changed this menu in the meantime. Save again to replace it.")
    pattern = "Someone set this to “%(value)s” in the meantime. Save again to replace it."
    return say(pattern, value=", ".join(value) if isinstance(value, tuple) else value)


def _check(meant: dict[str, Any]) -> None:
    refused = {name: OPTIONS[name].refuse(value) for name, value in meant.items()}
    if errors := {name: words for name, words in refused.items() if words is not None}:
        raise Invalid(errors)
