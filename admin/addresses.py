"""Addresses of the console, each built once: `url_for` takes twenty times as long as looking up."""

from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for


def register_addresses(app: Flask) -> None:
    """Let the templates' `url_for` remember what it built."""
    app.add_template_global(address, "url_for")


def address(endpoint: str, **parts: Any) -> str:
    """Return the path of a view of the console, as `url_for` builds it."""
    return _build(request.script_root, endpoint, *parts.items())


def row_url(endpoint: str, row_id: int) -> str:
    """Return the path of a view whose rule ends in a row's id: a list has many of these."""
    return f"{address(endpoint, id=0).removesuffix('0/')}{row_id}/"


@lru_cache(maxsize=2_048)
def _build(_root: str, endpoint: str, *parts: tuple[str, Any]) -> str:
    """Build a path; it depends on the root that the console is reached below, and on no host."""
    return url_for(endpoint, **dict(parts))
