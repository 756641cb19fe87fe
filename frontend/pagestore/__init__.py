"""Finished pages, always fresh: kept in front of Flask, dropped by what the database stamps."""

from frontend.pagestore.keeping import keep_pages
from frontend.pagestore.rendering import KEPT, OUTAGE

__all__ = ["KEPT", "OUTAGE", "keep_pages"]
