"""What a check says."""

from dataclasses import dataclass

from shared.domain.check_options import Level
from shared.saying import Saying


@dataclass(frozen=True)
class Finding:
    """One thing to mend; `line` counts from 1 in the text, None where it is not of the text."""

    rule: str
    level: Level
    message: Saying
    line: int | None = None
    field: str = "body"
