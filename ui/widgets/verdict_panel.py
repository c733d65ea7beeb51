"""The verdict, large enough to be read from five metres: colour, shape and word say the same."""

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from inspector.inspection.verdict import Verdict
from inspector.inspection.view import State
from ui import theme
from ui.widgets.look import Look, verdict_look
from ui.widgets.shapes import draw_badge, draw_sign


class VerdictPanel(QWidget):
    """Shows one Look."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Expanding)
        self.look = verdict_look(State.STOPPED, Verdict.UNDEFINED)
        self._tell()

    def set_look(self, look: Look) -> None:
        if look != self.look:
            self.look = look
            self._tell()
            self.update()

    def _tell(self) -> None:
        self.setAccessibleName(self.tr("Verdict"))
        self.setAccessibleDescription(self.look.word)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        box, radius = QRectF(self.rect()), theme.em_of(self) * 0.6
        painter.setPen(Qt.NoPen)
        painter.setBrush(self.look.tone.fill)
        painter.drawRoundedRect(box, radius, radius)
        sign, word = split(box, self.look.loud)
        self._paint_sign(painter, sign)
        painter.setFont(self.word_font())
        painter.setPen(QPen(self.look.tone.ink))
        if self.look.loud:
            metrics = QFontMetricsF(painter.font())
            left = word.center().x() - metrics.horizontalAdvance(self.look.word) / 2
            painter.drawText(QPointF(left, word.center().y() + metrics.capHeight() / 2), self.look.word)
        else:
            painter.drawText(word, int(Qt.AlignHCenter | Qt.AlignTop), self.look.word)
        painter.end()

    def _paint_sign(self, painter: QPainter, box: QRectF) -> None:
        tone = self.look.tone
        if self.look.verdict is not Verdict.UNDEFINED:
            draw_badge(painter, self.look.verdict, box, tone.ink, tone.fill)
        else:
            draw_sign(painter, self.look.sign, box, tone.ink if self.look.loud else theme.FAINT)

    def word_font(self) -> QFont:
        """The largest font whose capitals fit into the word's place; a quiet word stays at the title's size."""
        if not self.look.loud:
            return theme.font(self.font(), theme.TITLE)
        place = split(QRectF(self.rect()), loud=True)[1]
        result = QFont(self.font())
        result.setWeight(QFont.Bold)
        result.setPixelSize(100)
        metrics = QFontMetricsF(result)
        # An umlaut stands above the capitals, where there is room for its dots.
        wide = place.width() * 0.94 / max(metrics.horizontalAdvance(self.look.word), 1.0)
        result.setPixelSize(max(1, int(100 * min(wide, place.height() * 0.84 / metrics.capHeight()))))
        return result


def split(box: QRectF, loud: bool) -> tuple[QRectF, QRectF]:
    """The places of the sign, above, and of the word, below."""
    if not loud:
        side, middle = box.height() * 0.18, box.center()
        sign = QRectF(middle.x() - side / 2, middle.y() - side * 1.25, side, side)
        return sign, QRectF(box.left(), middle.y() + side * 0.25, box.width(), box.height() / 2 - side * 0.25)
    edge = box.height() * 0.06
    inner = box.adjusted(edge, edge, -edge, -edge)
    cut = inner.top() + inner.height() * 0.42
    return QRectF(inner.left(), inner.top(), inner.width(), cut - inner.top()), QRectF(
        inner.left(), cut, inner.width(), inner.bottom() - cut
    )
