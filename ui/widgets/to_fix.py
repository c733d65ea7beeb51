"""What is wrong and what to do about it, as large as there is room for: read at arm's length and beyond."""

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.remedies import Remedy
from ui.widgets.shapes import draw_badge
from ui.widgets.tip import as_tip

HEAD, DEED, PAD = 1.0, 0.62, 0.45
"""The height of letters of the fault and of what to do, and the room around them, in units of the first."""
ROW = HEAD * 1.25 + DEED * 1.3 + PAD * 2
LARGEST, SMALLEST = 2.4, 1.0
"""A unit, in em."""
MOST = 5
"""So many are told; of the rest how many there are."""


class ToFix(QWidget):
    """A row for each remedy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Ignored)
        self.setAccessibleName(self.tr("What to fix"))
        self.remedies: tuple[Remedy, ...] = ()

    def set_remedies(self, remedies: Sequence[Remedy]) -> None:
        if tuple(remedies) != self.remedies:
            self.remedies = tuple(remedies)
            said = "; ".join(f"{r.component} {r.fault}. {r.deed}" for r in self.remedies)
            self.setAccessibleDescription(said)
            self.setToolTip(as_tip("\n".join(said.split("; "))))
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    @property
    def rows(self) -> int:
        """How many rows there are, with the one that tells of the rest."""
        return min(len(self.remedies), MOST)

    def unit(self) -> float:
        """The height of a fault's letters, in pixels: all rows fit, and the longest word as well."""
        em = theme.em_of(self)
        unit = min(em * LARGEST, self.height() / max(1, self.rows) / (ROW + 0.25))
        for remedy in self.remedies[:MOST]:
            words = QFontMetricsF(self._font(100, bold=True)).horizontalAdvance(self._head(remedy))
            unit = min(unit, 100 * (self.width() - unit * 3.2) / max(words, 1.0))
        return max(em * SMALLEST * 0.8, unit)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, unit = QPainter(self), self.unit()
        painter.setRenderHint(QPainter.Antialiasing)
        for row, remedy in enumerate(self.remedies[: self.rows]):
            place = QRectF(0, row * unit * (ROW + 0.25), self.width(), unit * ROW)
            rest = len(self.remedies) - MOST + 1 if row == MOST - 1 else 1
            self._paint(painter, place, remedy, unit, rest)
        painter.end()

    def _paint(self, painter: QPainter, place: QRectF, remedy: Remedy, unit: float, rest: int) -> None:
        tone = theme.TONES[remedy.verdict]
        inset = unit * 0.06
        painter.setPen(QPen(tone.fill, unit * 0.12))
        painter.setBrush(theme.RAISED)
        painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), unit * 0.35, unit * 0.35)
        sign = QRectF(place.left() + unit * 0.5, place.center().y() - unit * 0.8, unit * 1.6, unit * 1.6)
        draw_badge(painter, remedy.verdict, sign, tone.fill, tone.ink)
        head, deed = self._head(remedy), remedy.deed
        if rest > 1:
            head, deed = self.tr("and %1 more").replace("%1", str(rest)), ""
        words = place.adjusted(unit * 2.6, unit * PAD, -unit * 0.4, -unit * PAD)
        painter.setPen(QPen(theme.TEXT))
        self._write(painter, words, head, self._font(unit, bold=True), Qt.AlignTop if deed else Qt.AlignVCenter)
        painter.setPen(QPen(tone.line))
        self._write(painter, words, deed, self._font(unit * DEED), Qt.AlignBottom)

    def _write(self, painter: QPainter, place: QRectF, text: str, font: QFont, upright: Qt.AlignmentFlag) -> None:
        painter.setFont(font)
        text = QFontMetricsF(font).elidedText(text, Qt.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignLeft | upright), text)

    def _head(self, remedy: Remedy) -> str:
        return f"{remedy.component} {remedy.fault}"

    def _font(self, pixels: float, bold: bool = False) -> QFont:
        result = QFont(self.font())
        result.setPixelSize(max(1, int(pixels)))
        result.setWeight(QFont.Bold if bold else QFont.Normal)
        return result
