"""The figures of a span of time: how many passed, what went wrong, and whether that is as ever."""

from collections.abc import Sequence
from typing import NamedTuple

from inspector.inspection.records.control import Chart, Counted, p_chart
from inspector.inspection.records.pareto import Pareto, pareto
from inspector.inspection.records.records import Records
from inspector.inspection.verdict import Verdict
from inspector.shifts import HOUR, Span, hours

ALL_CAUSES = 2000
"""Findings differ by the numbers in their reasons: so many of them are gathered into bars, those beyond are rare."""
MOST_POINTS = 400
"""Of a chart: more are closer to each other than can be told apart."""


class Overview(NamedTuple):
    """span: what it is about; counts: inspections by verdict; left_out: stretches before the chart's first one, which
    are too many to show.
    """

    span: Span
    counts: dict[Verdict, int]
    pareto: Pareto
    chart: Chart
    left_out: int


def overview(
    records: Records, span: Span, stretches: Sequence[Span], component: str | None = None, serial: str | None = None
) -> Overview:
    """All of it is of one component, by its own verdicts, and of one serial number, where they are named.

    stretches: in order, each a point of the chart, as `hours` or `Shifts.within` give them.
    """
    shown = stretches[-MOST_POINTS:]
    return Overview(
        span,
        _counts(records, span, component, serial),
        pareto(records.causes(span.start, span.end, ALL_CAUSES, component, serial)),
        p_chart(_counted(records, shown, component, serial)),
        len(stretches) - len(shown),
    )


def _counts(records: Records, span: Span, component: str | None, serial: str | None) -> dict[Verdict, int]:
    (whole,) = records.tally(*span, span.end - span.start, component, serial)
    return whole.counts


def _counted(records: Records, stretches: Sequence[Span], component: str | None, serial: str | None) -> list[Counted]:
    """One question for stretches of an hour; shifts, which are not all of one length, are asked one by one."""
    if not stretches:
        return []
    span = Span(stretches[0].start, stretches[-1].end)
    if stretches == hours(span):
        buckets = records.tally(*span, HOUR, component, serial)
        return [Counted.of(each, bucket.counts) for each, bucket in zip(stretches, buckets, strict=True)]
    return [Counted.of(each, _counts(records, each, component, serial)) for each in stretches]
