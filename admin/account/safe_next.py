"""Where to go after signing in: only ever to a page of this console."""

import re
from urllib.parse import unquote, urlsplit

from flask import request, url_for
from werkzeug.urls import iri_to_uri

_ODD = re.compile(r"[\x00-\x20\x7f\\]")


def here() -> str:
    """Return the path and query of the request at hand, prefix included."""
    path = request.script_root + request.path
    query = request.query_string.decode("utf-8", "replace")
    return iri_to_uri(f"{path}?{query}" if query else path)


def is_safe(target: str, *, root: str) -> bool:
    """Tell whether a browser that is sent to `target` stays on this host and below `root`."""
    if not target.startswith(f"{root}/") or target.startswith("//") or _ODD.search(target):
        return False
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return False
    # Browsers take %2e for a dot when they resolve `..`, and would leave the console.
    path = unquote(parts.path)
    return "\\" not in path and "//" not in path and not {".", ".."} & set(path.split("/"))


def next_or_home(target: str | None) -> str:
    """Return `target` where it is safe, else the dashboard."""
    if target and is_safe(target, root=request.script_root):
        return target
    return url_for("dashboard.index")
