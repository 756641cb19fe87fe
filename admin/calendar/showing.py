"""A month as the calendar shows it: weeks of days with what comes and goes on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import Row

from admin.acting import actor, may, zone
from admin.addresses import address, row_url
from admin.calendar.dates import LONG, MONTH, first_weekday, name_date, weekday_names
from admin.calendar.months import Month
from admin.calendar.reading import COUNTED, GOES, read_days
from shared.domain.permissions import Permission
from shared.web import now, session

SHOWN: Final = 4  # of one day in the grid
AHEAD: Final = 7  # days that the dashboard tells of
# The icon and the word for what happens to a post on a day.
STATES: Final = {
    "scheduled": ("clock", _l("Scheduled")),
    "published": ("check", _l("Published")),
    "expired": ("page", _l("Expired")),
    "ends": ("flag", _l("Ends")),
    "ended": ("flag", _l("Ended")),
}


@dataclass(frozen=True)
class Item:
    """Something that comes or goes: a post at a time of the day."""

    id: int
    title: str
    at: datetime
    time: str
    icon: str
    state: str

    @property
    def url(self) -> str:
        """Where the post is written."""
        return row_url("page.edit", self.id)


@dataclass(frozen=True)
class Day:
    """One day: what is shown of it, how much more there is, and what its number leads to."""

    date: date
    name: str
    is_within: bool
    is_today: bool
    is_ahead: bool
    items: Sequence[Item]
    more: int
    is_endless: bool

    @property
    def count(self) -> int:
        """How much comes and goes."""
        return len(self.items) + self.more

    @property
    def counted(self) -> str:
        """The day with how much comes and goes on it."""
        return str(
            ngettext("%(day)s: %(num)s post", "%(day)s: %(num)s posts", self.count, day=self.name)
        )

    @property
    def page_url(self) -> str:
        """The day in the calendar."""
        return f"{address('calendar.index')}?month={Month.of(self.date)}#day-{self.date}"

    @property
    def list_url(self) -> str:
        """The list of the posts that are published on this day."""
        return f"{address('page.index')}?published={self.date}..{self.date}"

    @property
    def is_writable(self) -> bool:
        """Whether a post can be written for this day."""
        return self.is_ahead and may(Permission.POSTS_CREATE)

    @property
    def url(self) -> str:
        """Where the day leads: to a new post while it lies ahead, else to what was published."""
        return f"{address('page.new')}?at={self.date}" if self.is_writable else self.list_url

    @property
    def label(self) -> str:
        """What that is called."""
        pattern = _("New post on %(day)s") if self.is_writable else _("Posts of %(day)s")
        return str(pattern % {"day": self.name})


@dataclass(frozen=True)
class Sheet:
    """A month: its name, the heads of its columns, its weeks, and the days that come next."""

    month: Month
    title: str
    weekdays: Sequence[tuple[str, str]]
    weeks: Sequence[Sequence[Day]]
    coming: Sequence[Day]

    @property
    def is_empty(self) -> bool:
        """Whether nothing comes or goes in this month."""
        return not any(day.count for week in self.weeks for day in week if day.is_within)


def today() -> date:
    """Return the day that it is on the site."""
    return now().astimezone(zone()).date()


def make_sheet(month: Month, *, ahead: int = 0) -> Sheet:
    """Return a month, and so many days from today on, read in one query."""
    first = first_weekday()
    weeks = month.weeks(first)
    known = [day for week in weeks for day in week]
    coming = [today() + timedelta(days=number) for number in range(ahead)]
    while coming and known[-1] < coming[-1]:
        known.append(known[-1] + timedelta(days=1))
    found = read_days(session(), actor(), known, zone())
    days = {day: _day(day, month, found) for day in known}
    return Sheet(
        month=month,
        title=name_date(month.first, MONTH),
        weekdays=weekday_names(first),
        weeks=[[days[day] for day in week] for week in weeks],
        coming=[days[day] for day in coming if days[day].count],
    )


def this_month() -> Sheet:
    """Return the month that it is, with the days that come next, for the dashboard."""
    return make_sheet(Month.of(today()), ahead=AHEAD)


def _day(day: date, month: Month, found: Mapping[date, Sequence[Row[Any]]]) -> Day:
    rows = found[day]
    shown = _in_sight(rows)
    return Day(
        date=day,
        name=name_date(day, LONG),
        is_within=Month.of(day) == month,
        is_today=day == today(),
        is_ahead=day >= today(),
        items=[_item(row) for row in shown],
        more=len(rows) - len(shown),
        is_endless=len(rows) > COUNTED,
    )


def _in_sight(rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Return what is shown of a day: on a crowded one also what ends, which no list tells of."""
    if len(rows) <= SHOWN:
        return rows
    first = sorted(rows, key=lambda row: row.what != GOES)[:SHOWN]
    return sorted(first, key=lambda row: (row.at, row.id))


def _item(row: Row[Any]) -> Item:
    icon, state = STATES[_state(row)]
    return Item(
        id=row.id,
        title=row.title,
        at=row.at,
        time=f"{row.at.astimezone(zone()):%H:%M}",
        icon=icon,
        state=str(state),
    )


def _state(row: Any) -> str:
    if row.what == GOES:
        return "ends" if row.at > now() else "ended"
    if row.published_at > now():
        return "scheduled"
    return "expired" if row.expires_at is not None and row.expires_at <= now() else "published"
