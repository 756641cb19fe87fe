"""Views in words: the gist of a plot, and the names of days."""

from datetime import date

from babel.dates import format_skeleton
from flask import Flask
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from admin.display import grouped
from admin.visits.plot import Plot


def say_gist(plot: Plot) -> str:
    """Return in a sentence or two what the plot shows."""
    days = len(plot.bars)
    said = [
        ngettext(
            "%(count)s view in %(days)s days.",
            "%(count)s views in %(days)s days.",
            plot.total,
            count=grouped(plot.total),
            days=days,
        )
    ]
    if plot.total_before:
        said.append(_say_change(plot.total, plot.total_before, days))
    if plot.total:
        day, count = name_day(plot.most.day), grouped(plot.most.number)
        said.append(_("Most on %(day)s: %(count)s.", day=day, count=count))
    return " ".join(said)


def _say_change(total: int, before: int, days: int) -> str:
    change = round(100 * (total - before) / before)
    if change > 0:
        words = _("%(n)s %% more than in the %(days)s days before.", n=grouped(change), days=days)
    elif change < 0:
        words = _("%(n)s %% fewer than in the %(days)s days before.", n=-change, days=days)
    else:
        words = _("As many as in the %(days)s days before.", days=days)
    return str(words)


def name_day(day: date) -> str:
    """Return a day in the words of the console's language."""
    return format_skeleton("MMMd", day, locale=get_locale())


def register_views_display(app: Flask) -> None:
    """Give the templates what they say of views."""
    app.add_template_filter(name_day, "day_name")
    app.add_template_filter(say_gist, "gist")
