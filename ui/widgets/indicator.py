"""The station's state at a glance."""

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from inspector.inspection.view import State
from ui import theme
from ui.widgets.look import Look, state_look
from ui.widgets.shapes import draw_sign


class Indicator(QWidget):
    """A sign and a word, as wide as the longest word so that nothing moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Fixed)
        self.look = state_look(State.STOPPED)
        self.setAccessibleName(self.tr("State of the station"))
        self.setAccessibleDescription(self.look.word)

    def set_look(self, look: Look) -> None:
        if look != self.look:
            self.look = look
            self.setAccessibleDescription(look.word)
            self.update()

    def sizeHint(self) -> QSize:
        em = theme.em_of(self)
        metrics = QFontMetrics(theme.font(self.font(), theme.STRONG, bold=True))
        width = max(metrics.horizontalAdvance(state_look(state).word) for state in State)
        return QSize(int(width + em * 3.6), int(em * theme.TOUCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        em, box, tone = theme.em_of(self), QRectF(self.rect()), self.look.tone
        painter.setPen(Qt.NoPen)
        painter.setBrush(tone.fill if self.look.loud else theme.SURFACE)
        painter.drawRoundedRect(box, em * 0.4, em * 0.4)
        ink = tone.ink if self.look.loud else theme.TEXT
        draw_sign(painter, self.look.sign, QRectF(em * 0.9, box.center().y() - em * 0.6, em * 1.2, em * 1.2), ink)
        painter.setFont(theme.font(self.font(), theme.STRONG, bold=True))
        painter.setPen(QPen(ink))
        painter.drawText(box.adjusted(em * 2.7, 0, 0, 0), int(Qt.AlignLeft | Qt.AlignVCenter), self.look.word)
        painter.end()
