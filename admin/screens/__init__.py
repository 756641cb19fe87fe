"""The screens of the console, one file a model."""

from flask import Flask


def register_screens(app: Flask) -> None:
    """Register every screen."""
