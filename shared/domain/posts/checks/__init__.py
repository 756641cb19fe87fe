"""Checks of content: the same while writing, before publishing, in `flask lint` and the API."""

from shared.domain.check_options import Level
from shared.domain.posts.checks.checking import check_content, check_post, refuse_errors
from shared.domain.posts.checks.finding import Finding
from shared.domain.posts.checks.rules import CHECKS

__all__ = ["CHECKS", "Finding", "Level", "check_content", "check_post", "refuse_errors"]
