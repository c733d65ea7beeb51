"""A table of a few cells, for looking at: words, small words under them, signs, buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent
from PyQt5.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.shapes import Sign, draw_sign


@dataclass(frozen=True)
class Cell:
    """text, and under it a note in small; a sign before them in the colour of its meaning. strong: it stands out."""

    text: str = ""
    note: str = ""
    sign: Sign | None = None
    color: QColor | None = None
    strong: bool = False


class Mark(QWidget):
    """A sign as high as a line of text."""

    def __init__(self, sign: Sign, color: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign, self._color = sign, color
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Fixed)

    def sizeHint(self) -> QSize:
        side = round(theme.em_of(self) * 1.2)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inset = self.width() * 0.08
        draw_sign(painter, self._sign, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), self._color)
        painter.end()


class Table(QFrame):
    """Rows of cells on a card; a first row of captions and a rule under it. What it shows is replaced as a whole.

    Args: widths: of the columns, in em; 0 for a column that takes what is left.
    """

    def __init__(self, widths: Sequence[float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._widths, self._em = tuple(widths), theme.em_of(self)
        self._inside: QWidget | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.rows: tuple[tuple[Cell, ...], ...] = ()

    def set_rows(self, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """One head for each column."""
        self.rows = tuple(tuple(row) for row in rows)
        if self._inside is not None:
            self._outer.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        for column, head in enumerate(heads):
            self._grid.addWidget(_label(head, "caption"), 0, column, Qt.AlignBottom)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        self._grid.addWidget(rule, 1, 0, 1, len(heads))
        for number, row in enumerate(self.rows, 2):
            for column, cell in enumerate(row):
                self._grid.addWidget(cell_widget(cell), number, column)
        self._outer.addWidget(self._inside)
        self.setAccessibleDescription("; ".join(" ".join(cell.text for cell in row) for row in self.rows))
        self.scale(self._em)

    def scale(self, em: int) -> None:
        self._em = em
        if self._inside is None:
            return
        gap = round(em * theme.GAP_M)
        self._grid.setContentsMargins(round(em * 1.1), gap, round(em * 1.1), gap)
        self._grid.setHorizontalSpacing(round(em * theme.GAP_L))
        self._grid.setVerticalSpacing(round(em * 0.55))
        for column, width in enumerate(self._widths):
            self._grid.setColumnStretch(column, 0 if width else 1)
            self._grid.setColumnMinimumWidth(column, round(em * width))


def _label(text: str, name: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.PlainText)
    label.setWordWrap(True)
    return label


def cell_widget(cell: Cell) -> QWidget:
    """A cell to put into any grid."""
    widget = QWidget()
    across, down = QHBoxLayout(widget), QVBoxLayout()
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(8)
    down.setSpacing(0)
    if cell.sign is not None:
        across.addWidget(Mark(cell.sign, cell.color or theme.TEXT), 0, Qt.AlignTop)
    down.addWidget(_label(cell.text, "strong" if cell.strong else ""))
    if cell.note:
        down.addWidget(_label(cell.note, "caption"))
    across.addLayout(down, 1)
    return widget
