"""What gunicorn.conf.py expects of whatever it serves."""

import math

from shared.time_limit import TimeLimit


class Hosted:
    """An application that needs no warming up and has no limit of time."""

    def __init__(self) -> None:
        self.time_limit = TimeLimit(math.inf, str)

    def warm_up(self) -> None:
        """Do nothing."""
