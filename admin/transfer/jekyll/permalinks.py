"""The addresses that posts and pages had on the old site."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath

from admin.transfer.jekyll.config import MARKDOWN, Config

_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_PLACEHOLDER = re.compile(r":([a-z_]+)")


def slug_of(text: str, *, pretty: bool = False) -> str:
    """Make a slug as Jekyll does, in its `pretty` mode (letter case kept) or its default one."""
    allowed = r"\w.~!$&'()+,;=@" if pretty else r"\w"
    joined = re.sub(rf"[^{allowed}]+", "-", text if pretty else text.replace("_", "-"))
    return joined.strip("-") if pretty else joined.strip("-").lower()


def post_address(
    config: Config, *, name: str, moment: datetime, categories: Iterable[str], slug: str = ""
) -> str:
    """Return the old path of a post; `name` is the title part of its file's name."""
    local = moment.astimezone(config.zone) if config.zone else moment
    listed = list(categories)
    facts = _moment_facts(local) | {
        "title": slug_of(slug or name, pretty=True),
        "slug": slug_of(slug or name),
        "categories": "/".join(dict.fromkeys(item.lower() for item in listed)),
        "slugified_categories": "/".join(dict.fromkeys(slug_of(item) for item in listed)),
        "collection": "posts",
        "name": name,
        "path": name,
    }
    return expand(config.permalink, facts)


def page_address(config: Config, relative: str) -> str:
    """Return the old path of a page that lies at this path of the folder."""
    path = PurePosixPath(relative)
    folder = "" if str(path.parent) == "." else f"/{path.parent}"
    if path.stem == "index":
        return f"{folder}/"
    return f"{folder}/{path.stem}" + ("/" if config.pretty else ".html")


def file_address(config: Config, relative: str) -> str:
    """Return where `{% link %}` led for a file of any kind, as far as that can be known."""
    path = PurePosixPath(relative)
    rendered = path.suffix in MARKDOWN or path.suffix == ".html"
    if not path.parts or not path.parts[0].startswith("_"):
        return page_address(config, relative) if rendered else f"/{relative}"
    name = path.parts[0][1:]
    pattern = config.collection(name).get("permalink")
    ending = ("/" if config.pretty else ":output_ext") if rendered else path.suffix
    inner = str(PurePosixPath(*path.parts[1:]).with_suffix("")) if len(path.parts) > 1 else ""
    facts = {"collection": name, "path": inner, "name": path.stem, "title": path.stem}
    return expand(str(pattern or f"/:collection/:path{ending}"), facts)


def expand(pattern: str, facts: Mapping[str, str]) -> str:
    """Fill the placeholders of a pattern; an unknown one stays as it is."""

    def fill(match: re.Match[str]) -> str:
        word, rest = match[1], ""
        while word:
            if word in known:
                return known[word] + rest
            word, joint, last = word.rpartition("_")
            rest = joint + last + rest
        return match[0]

    known = {"output_ext": ".html"} | dict(facts)
    path = _PLACEHOLDER.sub(fill, pattern)
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    return "/" + "/".join(parts) + ("/" if parts and path.endswith("/") else "")


def same_page(path: str) -> str:
    """Return one form for all paths that a web server answers with the same page."""
    return path.removesuffix("index.html").rstrip("/").removesuffix(".html") or "/"


def _moment_facts(at: datetime) -> dict[str, str]:
    month, day = _MONTHS.split()[at.month - 1], _DAYS.split()[at.weekday()]
    week = at.isocalendar()
    return {
        "year": f"{at.year:04}",
        "short_year": f"{at.year % 100:02}",
        "month": f"{at.month:02}",
        "i_month": str(at.month),
        "short_month": month[:3],
        "long_month": month,
        "day": f"{at.day:02}",
        "i_day": str(at.day),
        "short_day": day[:3],
        "long_day": day,
        "y_day": f"{at.timetuple().tm_yday:03}",
        "week": f"{week.week:02}",
        "w_year": f"{week.year:04}",
        "w_day": str(at.isoweekday()),
        "hour": f"{at.hour:02}",
        "minute": f"{at.minute:02}",
        "second": f"{at.second:02}",
    }
