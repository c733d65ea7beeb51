"""What goes wrong most often: findings that are not OK, gathered by what they are about. Pure."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from inspector.inspection.records.wanted import Cause
from inspector.inspection.verdict import Kind

MOST = 10
"""Bars that a person takes in at one look."""
OF_NO_PATTERN = frozenset((Kind.MISSING, Kind.EXTRA, Kind.DOUBTFUL, Kind.UNDECIDED, Kind.UNJUDGED))
"""A component is missing, in whichever of its patterns it should have been."""


class Bar(NamedTuple):
    """Findings of one component that say the same, whatever the numbers in their words.

    reason: what most of them said. times: how often; up_to: the share of all findings that this bar and those before
    it make up, 0 to 1.
    """

    component: str
    pattern: str | None
    kind: str
    reason: str
    times: int
    up_to: float


class Pareto(NamedTuple):
    """The most frequent first. rest: how many findings are in none of the bars."""

    bars: tuple[Bar, ...]
    rest: int


NOTHING = Pareto((), 0)


def pareto(causes: Sequence[Cause], most: int = MOST) -> Pareto:
    """So many bars at most; what is as frequent comes in the order of its names."""
    times, reasons = Counter[tuple[str, str | None, str]](), dict[tuple[str, str | None, str], Cause]()
    for cause in causes:
        about = cause.component, None if cause.kind in OF_NO_PATTERN else cause.pattern, cause.kind
        times[about] += cause.times
        if about not in reasons or cause.times > reasons[about].times:
            reasons[about] = cause
    ordered = sorted(times, key=lambda about: (-times[about], about[0], about[1] or "", about[2]))
    total, seen, bars = times.total(), 0, []
    for about in ordered[:most]:
        seen += times[about]
        bars.append(Bar(*about, reasons[about].reason, times[about], seen / total))
    return Pareto(tuple(bars), total - seen)
