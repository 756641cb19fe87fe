"""A plot of numbers by day, as the figures of an SVG; words and looks are the template's.

The drawing is 100 high and 10 wide for a day, and is stretched to its place: so it holds no text.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

STEP: Final = 10
HEIGHT: Final = 100
GAP: Final = 2
_TOPS: Final = (4, 6, 8, 10, 12, 16, 20, 24, 30)


@dataclass(frozen=True)
class Bar:
    """One day: its number and that of the period before, and where it stands in the drawing."""

    day: date
    number: int
    before: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Plot:
    """Days of a period beside as many before them."""

    bars: tuple[Bar, ...]
    top: int

    @property
    def width(self) -> int:
        """The width of the drawing, which is `HEIGHT` high."""
        return STEP * len(self.bars)

    @property
    def total(self) -> int:
        """The sum of the period."""
        return sum(bar.number for bar in self.bars)

    @property
    def total_before(self) -> int:
        """The sum of the period before."""
        return sum(bar.before for bar in self.bars)

    @property
    def most(self) -> Bar:
        """The day with the highest number, the last of them."""
        return max(self.bars, key=lambda bar: (bar.number, bar.day))

    @property
    def ticks(self) -> tuple[int, int, int]:
        """The numbers beside the drawing, from its top to its foot."""
        return self.top, self.top // 2, 0

    @property
    def labelled(self) -> tuple[Bar, Bar, Bar]:
        """The days that are named below the drawing: first, middle, last."""
        return self.bars[0], self.bars[(len(self.bars) - 1) // 2], self.bars[-1]

    @property
    def line(self) -> str:
        """The period before as a path: through the middle of each day."""
        points = [f"{bar.x + bar.width / 2:g} {_y(bar.before, self.top):g}" for bar in self.bars]
        return "M" + " L".join(points)


def make_plot(numbers: list[tuple[date, int]], before: list[int]) -> Plot:
    """Draw numbers by day, with those of as many days before them."""
    top = round_up(max(*(number for _, number in numbers), *before))
    bars = []
    for place, ((day, number), earlier) in enumerate(zip(numbers, before, strict=True)):
        y = _y(number, top)
        x = place * STEP + GAP / 2
        bars.append(Bar(day, number, earlier, x, y, STEP - GAP, round(HEIGHT - y, 2)))
    return Plot(tuple(bars), top)


def round_up(number: int) -> int:
    """Return the next of 4, 6, 8, 10, 12, 16, 20, 24, 30, 40, 60, 80, 100, 120 and so on.

    All of them have a half.
    """
    power = 1
    while True:
        for step in _TOPS:
            if number <= step * power:
                return step * power
        power *= 10


def _y(number: int, top: int) -> float:
    return round(HEIGHT * (1 - number / top), 2)
