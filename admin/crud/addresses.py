"""Addresses of rows: built once a request, since a list has many and they differ in a number."""

from typing import cast

from flask import g, url_for


def row_url(endpoint: str, row_id: int) -> str:
    """Return the address of a view whose rule ends in the row's id."""
    return f"{_base(endpoint)}{row_id}/"


def _base(endpoint: str) -> str:
    known = cast("dict[str, str]", g.setdefault("row_urls", {}))
    if endpoint not in known:
        known[endpoint] = url_for(endpoint, id=0).removesuffix("0/")
    return known[endpoint]
