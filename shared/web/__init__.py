"""The little of Flask that all three applications need: a base to build on, no content."""

from shared.web.context import commit, links, now, runtime, session
from shared.web.factory import base_app
from shared.web.routing import Routes

__all__ = ["Routes", "base_app", "commit", "links", "now", "runtime", "session"]
