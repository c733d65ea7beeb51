"""What goes wrong most often, as bars that a person can press."""

from typing import TYPE_CHECKING, Any

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QWidget

from ui import theme
from ui.judged import as_told
from ui.translation import translate
from ui.widgets.plot import Plot
from ui.widgets.tip import as_tip

if TYPE_CHECKING:
    from inspector.inspection.records.pareto import Bar, Pareto

ROOM = 1.45
"""Of the longest bar, so that its number has its place behind it."""
THICK = 0.62
LEAST_ROWS = 7
"""So many are drawn as if they were there: a bar alone would be as high as the page."""
LONGEST = 22


class ParetoChart(Plot):
    """The most frequent at the top, each with how often and the share that it makes up with those above it. pressed: a
    bar's component.
    """

    pressed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._words = translate(
            "ParetoChart", "What was not in order: how often, and which share of all it is with those above"
        )
        super().__init__(self._words, parent)
        self.bars: tuple[Bar, ...] = ()
        self.bottom.hide()
        self.plot.scene().sigMouseClicked.connect(self._press)
        self.plot.setCursor(Qt.PointingHandCursor)

    def show_pareto(self, found: "Pareto", about: str) -> None:
        """about: sentences for the caption."""
        self.view.clear()
        self.say(self._words, about)
        self.bars = found.bars
        rows = max(LEAST_ROWS, len(self.bars))
        most = max((bar.times for bar in self.bars), default=1)
        self.view.setRange(xRange=(0, most * ROOM), yRange=(-rows + 0.5, 0.5), padding=0)
        self.left.setTicks([[(-row, _cut(name_of(bar))) for row, bar in enumerate(self.bars)]])
        for row, bar in enumerate(self.bars):
            item = self.graph.BarGraphItem(x0=0, x1=bar.times, y=-row, height=THICK, brush=theme.MUTED, pen=None)
            self.view.addItem(item)
            words = f" {bar.times}   {100 * bar.up_to:.0f} %"
            self.write(words, theme.TEXT, (bar.times, -row), (0, 0.5))
        rest = self.tr("%1 findings are none of these").replace("%1", str(found.rest)) if found.rest else ""
        if rest:
            self.write(rest, theme.MUTED, (0, -rows + 0.5), (0, 1), bold=False)
        told = ", ".join(f"{name_of(bar)} {bar.times}" for bar in self.bars)
        self.plot.setAccessibleDescription(told)
        self.plot.setToolTip(as_tip("\n".join(f"{name_of(bar)}: {as_told(bar.reason)}" for bar in self.bars)))

    def _press(self, event: Any) -> None:
        self.press_at(self.view.mapSceneToView(event.scenePos()).y())

    def press_at(self, height: float) -> None:
        """As a press there, in rows from 0 at the top downwards, below 0."""
        row = round(-height)
        if 0 <= row < len(self.bars):
            self.pressed.emit(self.bars[row].component)

    def scale(self, em: int) -> None:
        super().scale(em)
        self.left.setWidth(round(em * 12))
        self.left.setTextPen(theme.TEXT)


def name_of(bar: "Bar") -> str:
    """What a bar is about, in a few words: a failing pattern that was seen has its own name."""
    said = {
        "missing": translate("ParetoChart", "%1: missing"),
        "extra": translate("ParetoChart", "%1: too many"),
        "doubtful": translate("ParetoChart", "%1: doubtful"),
        "undecided": translate("ParetoChart", "%1: pictures did not agree"),
        "unjudged": translate("ParetoChart", "%1: not judged"),
    }.get(bar.kind)
    if said is not None:
        return said.replace("%1", bar.component)
    return f"{bar.component} {bar.pattern}" if bar.pattern else bar.component


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
