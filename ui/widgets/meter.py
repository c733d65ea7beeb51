"""A small meter: where a value stands, where it is good, and the same in a word."""

from PyQt5.QtCore import QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PyQt5.QtWidgets import QSizePolicy, QWidget

from inspector.labeling.coach import Grade, Level
from ui import theme
from ui.widgets.coach_words import grade_in_words


class Meter(QWidget):
    """Shows a Level. Args: name: what it measures; good: its word where all is well."""

    def __init__(self, name: str, good: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self.setAccessibleName(name)
        self.level = Level()
        self._name, self._good = name, good

    @property
    def word(self) -> str:
        return grade_in_words(self.level.grade, self._good)

    def set_level(self, level: Level) -> None:
        if level != self.level:
            self.level = level
            self.setAccessibleDescription(self.word)
            self.update()

    def sizeHint(self) -> QSize:
        em = theme.em_of(self)
        return QSize(em * 13, round(em * 2.6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        em, bad = theme.em_of(self), self.level.grade not in (Grade.GOOD, Grade.UNKNOWN)
        upper = QRectF(0, 0, self.width(), em * 1.5)
        painter.setFont(theme.font(self.font(), theme.SMALL))
        painter.setPen(QPen(theme.MUTED))
        painter.drawText(upper, int(Qt.AlignLeft | Qt.AlignVCenter), self._name)
        painter.setFont(theme.font(self.font(), theme.SMALL, bold=bad))
        painter.setPen(QPen(theme.TEXT))
        painter.drawText(upper, int(Qt.AlignRight | Qt.AlignVCenter), self.word)
        self._paint_scale(painter, QRectF(0, em * 1.75, self.width(), em * 0.4), em)
        painter.end()

    def _paint_scale(self, painter: QPainter, bar: QRectF, em: int) -> None:
        """The whole scale, the good part of it raised, and a pointer."""
        painter.setPen(Qt.NoPen)
        painter.setBrush(theme.RAISED)
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        if self.level.grade is Grade.UNKNOWN:
            return
        left, right = (bar.left() + bar.width() * edge for edge in (self.level.least, self.level.most))
        painter.setBrush(theme.FAINT)
        painter.drawRoundedRect(QRectF(left, bar.top(), right - left, bar.height()), bar.height() / 2, bar.height() / 2)
        at, half = bar.left() + bar.width() * self.level.value, em * 0.38
        at = min(max(at, half), self.width() - half)
        painter.setBrush(theme.TEXT)
        tip, foot = bar.top() - em * 0.05, bar.bottom() + em * 0.4
        painter.drawPolygon(QPolygonF([QPointF(at, tip), QPointF(at + half, foot), QPointF(at - half, foot)]))
