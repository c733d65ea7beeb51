"""Whether rejects are as frequent as ever: a p-chart with limits of its own for each stretch of time. Pure.

Source: D. C. Montgomery, Introduction to Statistical Quality Control, chapter 7, control charts for fraction
nonconforming, variable sample size: p ± 3·sqrt(p(1-p)/n), the lower limit not below 0.
"""

import math
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from inspector.inspection.verdict import Verdict
from inspector.shifts import Span

SIGMAS = 3.0


class Side(Enum):
    """Where a point lies: BELOW and ABOVE are outside of the limits, more than chance explains."""

    BELOW = auto()
    INSIDE = auto()
    ABOVE = auto()


class Counted(NamedTuple):
    """How many were inspected in a stretch of time, and how many of those were rejected: all that did not pass."""

    span: Span
    inspected: int
    rejected: int

    @classmethod
    def of(cls, span: Span, counts: dict[Verdict, int]) -> "Counted":
        inspected = sum(counts.values())
        return cls(span, inspected, inspected - counts.get(Verdict.OK, 0))


class Point(NamedTuple):
    """A stretch in which something was inspected. share: of rejects, 0 to 1, as are the limits."""

    span: Span
    inspected: int
    rejected: int
    share: float
    lower: float
    upper: float

    @property
    def side(self) -> Side:
        if self.share > self.upper:
            return Side.ABOVE
        return Side.BELOW if self.share < self.lower else Side.INSIDE


class Chart(NamedTuple):
    """mean: the share of rejects of all points together; None where nothing was inspected."""

    points: tuple[Point, ...]
    mean: float | None

    @property
    def outside(self) -> tuple[Point, ...]:
        """The points that somebody should look into."""
        return tuple(point for point in self.points if point.side is not Side.INSIDE)


def p_chart(counted: Sequence[Counted]) -> Chart:
    """A point for each stretch in which something was inspected.

    The mean is that of the same points: a line that was bad all the time is calm here. Where few are inspected in a
    stretch, a limit is wide, and one reject of one is inside or outside by chance of the counting.
    """
    some = [one for one in counted if one.inspected]
    inspected, rejected = sum(one.inspected for one in some), sum(one.rejected for one in some)
    if not inspected:
        return Chart((), None)
    mean = rejected / inspected
    return Chart(tuple(_point(one, mean) for one in some), mean)


def _point(one: Counted, mean: float) -> Point:
    reach = SIGMAS * math.sqrt(mean * (1 - mean) / one.inspected)
    return Point(*one, one.rejected / one.inspected, max(0.0, mean - reach), min(1.0, mean + reach))
