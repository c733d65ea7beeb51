"""A place to draw charts in, as pyqtgraph draws them. That is loaded with the first of them: it takes half a second
that a station does not have.
"""

import math
from typing import Any

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor, QFont
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import theme


class Plot(QWidget):
    """A caption, a view to put items into, and an axis at its left and below it."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        import pyqtgraph

        super().__init__(parent)
        self.graph = pyqtgraph
        self.caption = QLabel(caption)
        self.caption.setObjectName("caption")
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
        layout.addWidget(self.caption)
        layout.addWidget(self.plot, 1)

    def say(self, caption: str, about: str) -> None:
        """The caption, and after it in sentences what the chart is about, "" for all."""
        self.caption.setWordWrap(True)
        self.caption.setText(f"{caption}. {about}" if about else caption)

    def write(
        self, words: str, color: QColor, place: tuple[float, float], anchor: tuple[float, float], bold: bool = True
    ) -> None:
        """Words at a place of the view. anchor: which part of them is there, (0, 0) for the upper left corner."""
        text = self.graph.TextItem(words, color=color, anchor=anchor)
        text.setFont(theme.font(self.font(), theme.SMALL, bold=bold))
        text.setPos(*place)
        self.view.addItem(text)

    def pen(self, color: QColor, width: float, line: Qt.PenStyle) -> Any:
        """width: in em."""
        return self.graph.mkPen(color, width=max(1.0, theme.em_of(self) * width), style=line)

    def scale(self, em: int) -> None:
        font = QFont(self.font())
        font.setPixelSize(round(em * theme.SMALL))  # the style sheet may not have come so far as here
        for axis in (self.left, self.bottom):
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=round(em * 0.4))
            axis.setTextPen(theme.MUTED)
            axis.setPen(None)
        self.left.setWidth(round(em * 3.4))
        self.bottom.setHeight(round(em * 1.8))


def round_numbers(top: float) -> list[float]:
    """0 and up to four more up to the top, as a person would count them."""
    rough = max(top, 1e-6) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    each = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [round(each * number, 9) for number in range(int(top / each) + 1)]
