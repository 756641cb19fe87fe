"""What the design asks of a figure, and whether it is reached."""

from dataclasses import dataclass
from typing import Final

REACHED: Final = "reached"


@dataclass(frozen=True)
class Target:
    """A figure that must be at most `value`, or at least with `is_least`; `form` formats misses."""

    value: float
    unit: str = ""
    form: str = ".2f"
    is_least: bool = False

    def __str__(self) -> str:
        sign = "≥" if self.is_least else "≤"
        return f"{sign} {self.value:g} {self.unit}".rstrip()

    def miss(self, found: float) -> str:
        """Say by how much a figure misses this, with an empty string that it does not."""
        over = self.value - found if self.is_least else found - self.value
        return f"{over:{self.form}} {self.unit}".rstrip() if over > 0 else ""


def verdict(*judged: tuple[Target | None, float | None]) -> str:
    """Say whether all targets are reached, else by how much; empty where there is none."""
    pairs = [(t, found) for t, found in judged if t is not None and found is not None]
    missed = [miss for target, found in pairs if (miss := target.miss(found))]
    return "missed by " + ", ".join(missed) if missed else REACHED if pairs else ""
