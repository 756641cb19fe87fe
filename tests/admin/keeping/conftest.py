"""A browser at the console of the test's own."""

from tests.admin.test_editor_browser import address, chromium, context, page, said

__all__ = ["address", "chromium", "context", "page", "said"]
