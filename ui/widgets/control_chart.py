"""Whether rejects are as frequent as ever: their share over time, with the limits that the engine gives."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.widgets.plot import Plot, round_numbers

if TYPE_CHECKING:
    from inspector.inspection.records.control import Chart, Point

LABELS = 4
"""Times that are written below the chart."""
DAY_S = 86400.0


class ControlChart(Plot):
    """A dot for each stretch of time; outside of the limits a triangle that shows which way, larger and in colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.plot.setAccessibleName(self.tr("Share of rejects"))

    def show_chart(self, chart: "Chart", about: str) -> None:
        """about: sentences for the caption."""
        self.view.clear()
        points = chart.points
        if not points or chart.mean is None:
            self.say(self.tr("Share of rejects"), about)
            return
        top = 1.12 * max(max(point.upper, point.share) for point in points) or 1.0
        self.view.setRange(xRange=(-0.5, len(points) - 0.5), yRange=(-0.03 * top, top), padding=0)
        self._rule(points, top)
        for heights in ([point.upper for point in points], [point.lower for point in points]):
            self._step(heights, Qt.DashLine)
        self._step([chart.mean] * len(points), Qt.SolidLine)
        shares = [point.share for point in points]
        self.view.addItem(
            self.graph.PlotCurveItem(
                list(range(len(points))), shares, pen=self.pen(theme.TEXT, 0.1, Qt.SolidLine), antialias=True
            )
        )
        self._mark(points)
        words = self.tr("Share of rejects, %1 % in all; dashed: the limits")
        self.say(words.replace("%1", f"{100 * chart.mean:.2f}"), about)
        told = [
            self.tr("%1: %2 of %3")
            .replace("%1", _when(p, chart))
            .replace("%2", str(p.rejected))
            .replace("%3", str(p.inspected))
            for p in points
        ]
        self.plot.setAccessibleDescription("; ".join(told))

    def _rule(self, points: "Sequence[Point]", top: float) -> None:
        heights = round_numbers(top)
        self.left.setTicks([[(height, f"{100 * height:g} %") for height in heights]])
        for height in heights:
            self.view.addItem(self.graph.InfiniteLine(height, angle=0, pen=self.pen(theme.RAISED, 0.07, Qt.SolidLine)))
        each = -(-len(points) // LABELS)
        # From the middle of the first stretch of labels on: at the edge one would be cut.
        written = range(each // 2, len(points), each)
        self.bottom.setTicks([[(number, words_of(points[number], points)) for number in written]])

    def _step(self, heights: Sequence[float], line: Qt.PenStyle) -> None:
        """A limit as long as its stretch."""
        edges = [number - 0.5 for number in range(len(heights) + 1)]
        pen = self.pen(theme.MUTED, 0.09, line)
        self.view.addItem(self.graph.PlotCurveItem(edges, list(heights), stepMode="center", pen=pen, antialias=True))

    def _mark(self, points: "Sequence[Point]") -> None:
        from inspector.inspection.records.control import Side  # whoever has points has this already

        em = theme.em_of(self)
        looks = {
            Side.INSIDE: ("o", theme.TEXT, em * 0.4),
            Side.ABOVE: ("t1", theme.TONES[Verdict.NOT_OK].line, em * 0.95),
            Side.BELOW: ("t", theme.FOCUS, em * 0.95),
        }
        for side, (symbol, color, size) in looks.items():
            here = [(number, point.share) for number, point in enumerate(points) if point.side is side]
            if here:
                x, y = zip(*here, strict=True)
                item = self.graph.ScatterPlotItem(list(x), list(y), symbol=symbol, size=size, brush=color, pen=None)
                self.view.addItem(item)

    def scale(self, em: int) -> None:
        super().scale(em)
        self.left.setWidth(round(em * 3.8))


def words_of(point: "Point", points: "Sequence[Point]") -> str:
    """When a stretch began: the day too where the chart is of several."""
    whole = (points[-1].span.end - points[0].span.start).total_seconds()
    return f"{point.span.start.astimezone():{'%H:%M' if whole <= DAY_S else '%m-%d %H:%M'}}"


def _when(point: "Point", chart: "Chart") -> str:
    return words_of(point, chart.points)
