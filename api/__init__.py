"""The JSON API: an application of its own, documented by its own contract."""

from api.factory import create_app

__all__ = ["create_app"]
