"""The site's own settings, which its owner edits while it runs."""

from dataclasses import asdict, dataclass, fields
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.errors import Invalid
from shared.domain.permissions import Permission
from shared.domain.work import Work
from shared.models import Setting
from shared.models.reads import read

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "de", "es", "fr", "ja", "ko", "pt")


@dataclass(frozen=True, kw_only=True)
class Site:
    """What the site says of itself and how it shows its content."""

    title: str = "Triptych"
    tagline: str = ""
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    posts_per_page: int = 10

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the site shows its dates."""
        return ZoneInfo(self.timezone)


_SETTINGS = select(Setting.key, Setting.value).where(
    Setting.key.in_([item.name for item in fields(Site)])
)


def load_site(session: Session) -> Site:
    """Return the site's settings, defaults where none were saved."""
    rows = read(session, _SETTINGS, {}, of=("site",))
    return Site(**{key: value["is"] for key, value in rows})


def save_site(site: Site, *, seen: Site | None = None, work: Work) -> None:
    """Store what was changed since the settings were `seen`; what others changed stays.

    Raises Invalid naming each field that is not allowed, or that another changed meanwhile.
    """
    work.require(Permission.SETTINGS_EDIT)
    _check(site)
    stored = asdict(load_site(work.session))
    known = asdict(seen) if seen else stored
    meant = {key: value for key, value in asdict(site).items() if value != known[key]}
    changed = {key: value for key, value in meant.items() if value != stored[key]}
    if clashes := [key for key in changed if stored[key] != known[key]]:
        said = "Someone set this to “{}” in the meantime. Save again to replace it."
        raise Invalid({key: said.format(stored[key]) for key in clashes})
    for key, value in changed.items():
        work.session.merge(Setting(key=key, value={"is": value}, updated_at=work.at))
    if changed:
        work.record("settings.saved", "setting", ", ".join(sorted(changed)), **changed)


def _check(site: Site) -> None:
    errors = {}
    if not 1 <= len(site.title.strip()) <= 100:
        errors["title"] = "Give 1 to 100 characters."
    for name in ("tagline", "description"):
        if len(getattr(site, name)) > 500:
            errors[name] = "Give at most 500 characters."
    if site.timezone not in available_timezones():
        errors["timezone"] = "Choose a zone of the IANA list, such as Europe/Zurich."
    if site.language not in LANGUAGES:
        errors["language"] = f"Choose one of {', '.join(LANGUAGES)}."
    if not 1 <= site.posts_per_page <= 100:
        errors["posts_per_page"] = "Give a number from 1 to 100."
    if errors:
        raise Invalid(errors)
