"""The curves of a training, as pyqtgraph draws them.

Each has its name at its end, in its own colour and kind of line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor
from PyQt5.QtWidgets import QVBoxLayout, QWidget

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.course import Course, Exam
from ui.widgets.plot import Plot, round_numbers

Points = Sequence[tuple[float, float]]
ROOM = 1.55
"""Of the width that the steps take, so that a curve's name has its place behind its end."""
APART = 0.11
"""Of the height, that two names keep from each other."""
MOST_POINTS = 600


@dataclass(frozen=True)
class Curve:
    """name: as it stands at its end; line: how it is drawn, so that it is known without its colour."""

    name: str
    color: QColor
    line: Qt.PenStyle
    points: Points


class Chart(Plot):
    """Curves over steps. share: they are shares of one, and are drawn up to it. again: what is written where a round of
    hard negatives begins, "" for nothing.
    """

    def __init__(self, caption: str, share: bool = False, again: str = "", parent: QWidget | None = None) -> None:
        super().__init__(caption, parent)
        self._share, self._again = share, again

    def show_curves(self, curves: Sequence[Curve], end: int, rounds: Sequence[int]) -> None:
        """end: the last step that there will be; rounds: where a round of hard negatives began."""
        self.view.clear()
        drawn = [curve for curve in curves if curve.points]
        top = 1.0 if self._share else max((y for curve in drawn for _, y in curve.points), default=1.0)
        self.view.setRange(xRange=(0, max(end, 1) * ROOM), yRange=(-0.05 * top, top * 1.1), padding=0)
        self._rule(end, top)
        for step in rounds:
            self._draw_round(step, top)
        for curve in drawn:
            x, y = zip(*_thinned(curve.points), strict=True)
            pen = self.pen(curve.color, 0.16, curve.line)
            self.view.addItem(self.graph.PlotCurveItem(list(x), list(y), pen=pen, antialias=True))
            # A curve of one point would be a name and nothing else.
            end_of_it = {"size": theme.em_of(self) * 0.5, "brush": curve.color, "pen": None}
            self.view.addItem(self.graph.ScatterPlotItem(x[-1:], y[-1:], **end_of_it))
        self._name(drawn, top)
        self.plot.setAccessibleDescription(", ".join(f"{curve.name} {curve.points[-1][1]:.2f}" for curve in drawn))

    def _rule(self, end: int, top: float) -> None:
        """A few round numbers at each side, and a faint line across for each height."""
        heights = (0.0, 0.5, 1.0) if self._share else (*round_numbers(top),)
        texts = [f"{100 * y:.0f} %" if self._share else f"{y:g}" for y in heights]
        self.left.setTicks([list(zip(heights, texts, strict=True))])
        self.bottom.setTicks([[(step, f"{step:g}") for step in round_numbers(end)]])
        for height in heights:
            pen = self.pen(theme.RAISED, 0.07, Qt.SolidLine)
            self.view.addItem(self.graph.InfiniteLine(height, angle=0, pen=pen))

    def _draw_round(self, step: int, top: float) -> None:
        self.view.addItem(self.graph.InfiniteLine(step, pen=self.pen(theme.FAINT, 0.07, Qt.SolidLine)))
        self.write(self._again, theme.MUTED, (step, top * 1.1), (0, 0), bold=False)

    def _name(self, curves: Sequence[Curve], top: float) -> None:
        """Each at the end of its curve, moved apart where two would touch."""
        ends = sorted(((curve.points[-1], curve) for curve in curves), key=lambda pair: pair[0][1])
        heights = apart([y for (_, y), _ in ends], top * APART, top)
        for height, ((x, y), curve) in zip(heights, ends, strict=True):
            value = f"{100 * y:.0f} %" if self._share else f"{y:.2f}"
            self.write(f" {curve.name} {value}", curve.color, (x, height), (0, 0.5))


def apart(heights: Sequence[float], least: float, top: float) -> list[float]:
    """Heights, ascending, moved so that they are that far from each other and the highest is not above the top."""
    placed = list(heights)
    for index in range(1, len(placed)):
        placed[index] = max(placed[index], placed[index - 1] + least)
    placed[-1:] = [min(height, top) for height in placed[-1:]]
    for index in range(len(placed) - 2, -1, -1):
        placed[index] = min(placed[index], placed[index + 1] - least)
    return placed


def _thinned(points: Points) -> Points:
    """At most so many, the last among them: more than there are pixels are drawn for nothing."""
    every = -(-len(points) // MOST_POINTS)
    return [*points[:-1:every], points[-1]]


class Curves(QWidget):
    """What a training gets wrong, and what it would do on frames that it never learns from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.errors = Chart(
            self.tr("How wrong it is, over the steps: should fall"), again=self.tr("from here also what fooled it")
        )
        self.seen = Chart(self.tr("On frames that it never learns from"), share=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.errors, 1)
        self._layout.addWidget(self.seen, 1)

    def show_course(self, course: Course) -> None:
        told, fresh = self.tr("learned from"), self.tr("never seen")
        found, alarm = self.tr("found"), self.tr("loudest false one")
        passed, doubt = theme.TONES[Verdict.OK].line, theme.TONES[Verdict.NOT_OK].line
        errors = (
            Curve(told, theme.MUTED, Qt.SolidLine, course.losses),
            Curve(fresh, theme.FOCUS, Qt.DashLine, _points(course.exams, "loss")),
        )
        seen = (
            Curve(found, passed, Qt.SolidLine, _points(course.exams, "recall")),
            Curve(alarm, doubt, Qt.DotLine, _points(course.exams, "loudest")),
        )
        self.errors.show_curves(errors, course.end, course.rounds)
        self.seen.show_curves(seen, course.end, course.rounds)

    def scale(self, em: int) -> None:
        self._layout.setSpacing(round(em * theme.GAP_S))
        self.errors.scale(em)
        self.seen.scale(em)


def _points(exams: Sequence[Exam], name: str) -> Points:
    return [(exam.step, value) for exam in exams if (value := getattr(exam, name)) is not None]
