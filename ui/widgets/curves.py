"""The curves of a training, as pyqtgraph draws them.

Each has its name at its end, in its own colour and kind of line. pyqtgraph is loaded with the first of them: it takes
half a second that a station does not have.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.course import Course, Exam

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


class Chart(QWidget):
    """A caption, and curves over steps. share: they are shares of one, and are drawn up to it. again: what is written
    where a round of hard negatives begins, "" for nothing.
    """

    def __init__(self, caption: str, share: bool = False, again: str = "", parent: QWidget | None = None) -> None:
        import pyqtgraph

        super().__init__(parent)
        self._graph, self._share, self._again = pyqtgraph, share, again
        label = QLabel(caption)
        label.setObjectName("caption")
        # Without pyqtgraph's PlotItem, which brings menus that nobody opens here.
        self.plot = pyqtgraph.GraphicsLayoutWidget()
        self.plot.setBackground(theme.BACKGROUND)
        self.plot.setFocusPolicy(Qt.NoFocus)
        self.plot.setAccessibleName(caption)
        self.plot.ci.layout.setContentsMargins(0, 0, 0, 0)
        self.plot.ci.layout.setSpacing(0)
        self.view = pyqtgraph.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        self.left, self.bottom = pyqtgraph.AxisItem("left"), pyqtgraph.AxisItem("bottom")
        for part, row, column in ((self.left, 0, 0), (self.view, 0, 1), (self.bottom, 1, 1)):
            self.plot.ci.addItem(part, row, column)
        self.left.linkToView(self.view)
        self.bottom.linkToView(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(label)
        layout.addWidget(self.plot, 1)

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
            pen = self._pen(curve.color, 0.16, curve.line)
            self.view.addItem(self._graph.PlotCurveItem(list(x), list(y), pen=pen, antialias=True))
            # A curve of one point would be a name and nothing else.
            end_of_it = {"size": theme.em_of(self) * 0.5, "brush": curve.color, "pen": None}
            self.view.addItem(self._graph.ScatterPlotItem(x[-1:], y[-1:], **end_of_it))
        self._name(drawn, top)
        self.plot.setAccessibleDescription(", ".join(f"{curve.name} {curve.points[-1][1]:.2f}" for curve in drawn))

    def _rule(self, end: int, top: float) -> None:
        """A few round numbers at each side, and a faint line across for each height."""
        heights = (0.0, 0.5, 1.0) if self._share else (*_round_numbers(top),)
        texts = [f"{100 * y:.0f} %" if self._share else f"{y:g}" for y in heights]
        self.left.setTicks([list(zip(heights, texts, strict=True))])
        self.bottom.setTicks([[(step, f"{step:g}") for step in _round_numbers(end)]])
        for height in heights:
            pen = self._pen(theme.RAISED, 0.07, Qt.SolidLine)
            self.view.addItem(self._graph.InfiniteLine(height, angle=0, pen=pen))

    def _draw_round(self, step: int, top: float) -> None:
        self.view.addItem(self._graph.InfiniteLine(step, pen=self._pen(theme.FAINT, 0.07, Qt.SolidLine)))
        self._write(self._again, theme.MUTED, (step, top * 1.1), (0, 0), bold=False)

    def _name(self, curves: Sequence[Curve], top: float) -> None:
        """Each at the end of its curve, moved apart where two would touch."""
        ends = sorted(((curve.points[-1], curve) for curve in curves), key=lambda pair: pair[0][1])
        heights = apart([y for (_, y), _ in ends], top * APART, top)
        for height, ((x, y), curve) in zip(heights, ends, strict=True):
            value = f"{100 * y:.0f} %" if self._share else f"{y:.2f}"
            self._write(f" {curve.name} {value}", curve.color, (x, height), (0, 0.5))

    def _write(
        self, words: str, color: QColor, place: tuple[float, float], anchor: tuple[float, float], bold: bool = True
    ) -> None:
        text = self._graph.TextItem(words, color=color, anchor=anchor)
        text.setFont(theme.font(self.font(), theme.SMALL, bold=bold))
        text.setPos(*place)
        self.view.addItem(text)

    def _pen(self, color: QColor, width: float, line: Qt.PenStyle) -> Any:
        return self._graph.mkPen(color, width=max(1.0, theme.em_of(self) * width), style=line)

    def scale(self, em: int) -> None:
        font = theme.font(self.font(), theme.SMALL)
        for axis in (self.left, self.bottom):
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=round(em * 0.4))
            axis.setTextPen(theme.MUTED)
            axis.setPen(None)
        self.left.setWidth(round(em * 3.4))
        self.bottom.setHeight(round(em * 1.8))


def apart(heights: Sequence[float], least: float, top: float) -> list[float]:
    """Heights, ascending, moved so that they are that far from each other and the highest is not above the top."""
    placed = list(heights)
    for index in range(1, len(placed)):
        placed[index] = max(placed[index], placed[index - 1] + least)
    placed[-1:] = [min(height, top) for height in placed[-1:]]
    for index in range(len(placed) - 2, -1, -1):
        placed[index] = min(placed[index], placed[index + 1] - least)
    return placed


def _round_numbers(top: float) -> list[float]:
    """0 and up to four more up to the top, as a person would count them."""
    rough = max(top, 1e-6) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    each = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [round(each * number, 9) for number in range(int(top / each) + 1)]


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
