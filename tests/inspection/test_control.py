"""The p-chart, worked by hand: 60 rejects of 600 give a mean of 0.1, and the limits of a stretch follow its number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.inspection.records.control import Counted, Side, p_chart
from inspector.inspection.verdict import Verdict
from inspector.shifts import Span
from tests.inspection.inspected import HOUR, NOON


def counted(*pairs: tuple[int, int]) -> list[Counted]:
    """(inspected, rejected), an hour each."""
    spans = [Span(NOON + number * HOUR, NOON + (number + 1) * HOUR) for number in range(len(pairs))]
    return [Counted(span, *pair) for span, pair in zip(spans, pairs, strict=True)]


def test_limits_are_worked_out_for_each_stretch() -> None:
    # 3·sqrt(0.1·0.9/n): 0.09 of 100, 0.045 of 400, 0.18 of 25, 0.1039 of 75
    chart = p_chart(counted((100, 12), (400, 36), (25, 2), (75, 10)))
    assert chart.mean == pytest.approx(0.1)
    assert [(round(p.lower, 4), round(p.upper, 4)) for p in chart.points] == [
        (0.01, 0.19),
        (0.055, 0.145),
        (0.0, 0.28),
        (0.0, 0.2039),
    ]
    assert [p.share for p in chart.points] == pytest.approx([0.12, 0.09, 0.08, 0.1333], abs=1e-4)
    assert chart.outside == ()


def test_points_outside_are_above_or_below() -> None:
    chart = p_chart(counted((100, 40), (100, 2), (400, 18)))
    assert chart.mean == pytest.approx(0.1)
    assert [p.side for p in chart.points] == [Side.ABOVE, Side.INSIDE, Side.BELOW]  # 0.4 > 0.19; 0.045 < 0.055
    assert [p.rejected for p in chart.outside] == [40, 18]


def test_a_stretch_without_inspections_has_no_point() -> None:
    chart = p_chart(counted((10, 1), (0, 0), (10, 1)))
    assert [p.span.start for p in chart.points] == [NOON, NOON + 2 * HOUR]
    assert p_chart(counted((0, 0))).mean is None


def test_a_line_without_rejects_is_inside_of_its_limits() -> None:
    (point,) = p_chart(counted((10, 0))).points
    assert (point.lower, point.upper, point.side) == (0, 0, Side.INSIDE)


def test_whatever_did_not_pass_is_rejected() -> None:
    counts = {Verdict.UNDEFINED: 0, Verdict.OK: 7, Verdict.NOT_OK: 2, Verdict.NOT_DECIDABLE: 1}
    assert Counted.of(Span(NOON, NOON + HOUR), counts)[1:] == (10, 3)


@given(st.lists(st.integers(0, 50).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), max_size=20))
def test_limits_lie_around_the_mean_and_are_shares(pairs: list[tuple[int, int]]) -> None:
    chart = p_chart(counted(*pairs))
    for point in chart.points:
        assert chart.mean is not None
        assert 0 <= point.lower <= chart.mean + 1e-12
        assert chart.mean - 1e-12 <= point.upper <= 1
