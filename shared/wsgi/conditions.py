"""Conditional and range requests (RFC 9110, 13 and 14) for one representation that is at hand."""

import re
from typing import Final
from wsgiref.types import WSGIEnvironment

from werkzeug.http import parse_date

ONE_RANGE: Final = re.compile(r"bytes\s*=\s*([0-9]{0,18})\s*-\s*([0-9]{0,18})\s*", re.IGNORECASE)


def names(given: str, etag: str) -> bool:
    """Tell whether an If-None-Match header names a tag; weak ones compare equal (13.1.2)."""
    if given == etag:
        return True
    tags = (tag.strip().removeprefix("W/") for tag in given.split(","))
    return any(tag in {etag, "*"} for tag in tags)


def is_refused(environ: WSGIEnvironment, etag: str, modified: int) -> bool:
    """Tell whether the request is only for another state than this one: 412 (13.1.1, 13.1.4).

    `modified` is in seconds since 1970.
    """
    given = environ.get("HTTP_IF_MATCH")
    if given is not None:
        return not any(tag.strip() in {etag, "*"} for tag in given.split(","))
    since = parse_date(environ.get("HTTP_IF_UNMODIFIED_SINCE"))
    return since is not None and modified > since.timestamp()


def is_known(environ: WSGIEnvironment, etag: str, modified: int) -> bool:
    """Tell whether the client has this state already: 304 (13.1.2, 13.1.3)."""
    given = environ.get("HTTP_IF_NONE_MATCH")
    if given is not None:
        return names(given, etag)
    since = parse_date(environ.get("HTTP_IF_MODIFIED_SINCE"))
    return since is not None and modified <= since.timestamp()


def find_range(
    environ: WSGIEnvironment, size: int, etag: str, last_modified: str
) -> tuple[int, int] | None:
    """Return the first byte and the length of the range to send; None for the whole.

    Several ranges, other units and what cannot be read are answered with the whole (14.2), and
    so is a range of another state (If-Range, 13.1.5). A length of 0 is out of reach: 416.
    """
    asked = environ.get("HTTP_RANGE")
    if not asked or not size or environ["REQUEST_METHOD"] != "GET":
        return None
    found = ONE_RANGE.fullmatch(asked)
    if found is None or found[1] == found[2] == "":
        return None
    if environ.get("HTTP_IF_RANGE", etag) not in {etag, last_modified}:
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        return size - length, length
    first = int(found[1])
    last = int(found[2]) if found[2] else size - 1
    if last < first and found[2]:
        return None
    return first, max(0, min(last, size - 1) - first + 1)
