"""The public site: posts, pages, lists, search, feeds, media. It sets no cookie."""

from frontend.factory import create_app

__all__ = ["create_app"]
