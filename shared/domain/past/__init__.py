"""The site as visitors saw it at an instant: what was live, and when that changed."""

from shared.domain.past.moments import Moment, find_beside, list_moments
from shared.domain.past.shadows import show_past
from shared.domain.past.snapshot import StillPreparing, TooMuchChanged

__all__ = [
    "Moment",
    "StillPreparing",
    "TooMuchChanged",
    "find_beside",
    "list_moments",
    "show_past",
]
