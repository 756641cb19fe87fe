"""Numbers in addresses: each is written in one way, so that no page has addresses without end."""

from flask import Flask
from werkzeug.routing import IntegerConverter


class Number(IntegerConverter):
    """A whole number in ASCII digits, without leading zeros."""

    regex = r"(?:0|[1-9][0-9]*)"


def read_numbers(app: Flask) -> None:
    """Have `int` in the rules of an application mean Number; call it before there are rules."""
    app.url_map.converters["int"] = Number
