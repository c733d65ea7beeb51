"""The figures of the time that is looked at: how many, what goes wrong, and whether that is as ever."""

from typing import TYPE_CHECKING

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.control_chart import ControlChart, words_of
from ui.widgets.deed import Segments
from ui.widgets.nothing import Nothing
from ui.widgets.pareto_chart import ParetoChart
from ui.widgets.tally import Tally

if TYPE_CHECKING:
    from inspector.inspection.records.control import Point
    from inspector.inspection.records.overview import Overview
    from ui.archive import Asked

MOST_OUTSIDE = 3
"""That are told in words."""


class ShiftFigures(QWidget):
    """pressed: a component, by its bar; stretched: the chart is to have a point a shift, or else one an hour."""

    pressed = pyqtSignal(str)
    stretched = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.tally, self.pareto, self.control = Tally(), ParetoChart(), ControlChart()
        self.fine, self.outside = Nothing(), QLabel()
        self.each = Segments((self.tr("Per hour"), self.tr("Per shift")))
        self.each.choose(0)
        self.outside.setWordWrap(True)
        self.outside.setObjectName("caption")
        self._layout, self._row = QVBoxLayout(self), QHBoxLayout()
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.left, right = QStackedWidget(), QVBoxLayout()
        self.left.addWidget(self.pareto)
        self.left.addWidget(self.fine)
        self._head = QHBoxLayout()
        self._head.addWidget(self.tally, 1)
        self._head.addWidget(self.each)
        right.addWidget(self.control, 1)
        right.addWidget(self.outside)
        self._row.addWidget(self.left, 1)
        self._row.addLayout(right, 1)
        self._layout.addLayout(self._head)
        self._layout.addLayout(self._row, 1)
        self.pareto.pressed.connect(self.pressed)
        self.each.chosen.connect(lambda number: self.stretched.emit(number == 1))

    def show_overview(self, found: "Overview", asked: "Asked") -> None:
        """asked: what a person chose above, of which the captions say what it means here."""
        counts = found.counts
        self.tally.set_counts(counts)
        self.left.setCurrentWidget(self.pareto if found.pareto.bars else self.fine)
        if sum(counts.values()):
            self.fine.say(self.tr("All in order"), self.tr("Nothing was found in this time that is not in order."))
        else:
            self.fine.say(
                self.tr("Nothing inspected in this time"), self.tr("Choose a longer time, or take away a filter above.")
            )
        about = self._about(asked)
        self.pareto.show_pareto(found.pareto, about)
        self.control.show_chart(found.chart, about)
        self.outside.setText(" ".join(self._sentences(found)))

    def _about(self, asked: "Asked") -> str:
        """Sentences for the captions: what alone is counted, and what is not looked at."""
        alone = ", ".join(filter(None, (asked.component, asked.serial)))
        told = [self.tr("Of %1 alone.").replace("%1", alone)] if alone else []
        if asked.verdict is not None:
            told.append(self.tr("All verdicts count."))
        return " ".join(told)

    def _sentences(self, found: "Overview") -> list[str]:
        chart = found.chart
        if chart.mean is None:
            return []
        told = [self._sentence(point, found) for point in chart.outside[-MOST_OUTSIDE:]]
        if len(chart.outside) > MOST_OUTSIDE:
            more = self.tr("%1 more are outside.").replace("%1", str(len(chart.outside) - MOST_OUTSIDE))
            told.append(more)
        if not told:
            told.append(self.tr("All points are inside of the limits (mean ± 3 sigmas)."))
        if found.left_out:
            told.append(self.tr("The %1 stretches before these are not shown.").replace("%1", str(found.left_out)))
        return told

    def _sentence(self, point: "Point", found: "Overview") -> str:
        above = self.tr("%1: %2 % rejected, more than %3 %.")
        below = self.tr("%1: %2 % rejected, less than %3 %.")
        is_above = point.share > point.upper
        limit = point.upper if is_above else point.lower
        when, share = words_of(point, found.chart.points), f"{100 * point.share:.1f}"
        words = above if is_above else below
        return words.replace("%1", when).replace("%2", share).replace("%3", f"{100 * limit:.1f}")

    def scale(self, em: int) -> None:
        self._layout.setSpacing(round(em * theme.GAP_M))
        self._row.setSpacing(round(em * theme.GAP_L))
        self._head.setSpacing(round(em * theme.GAP_L))
        self.each.setFixedWidth(round(em * 15))
        for part in (self.pareto, self.control, self.fine):
            part.scale(em)
