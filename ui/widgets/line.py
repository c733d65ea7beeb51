"""One line of text that is cut short rather than pushing its neighbours about."""

from PyQt5.QtCore import QSize, Qt
from PyQt5.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.tip import as_tip


class Line(QWidget):
    """Text at a step of the type scale; the whole of it stands in the tool tip."""

    def __init__(self, align: Qt.AlignmentFlag, scale: float = theme.BODY, color: QColor = theme.TEXT) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.text = ""
        self._align, self._scale, self._color = align, scale, color

    def set_text(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.setToolTip(as_tip(text))
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        around = self.contentsMargins()
        return QSize(0, int(theme.em_of(self) * 1.6) + around.top() + around.bottom())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(self.font(), self._scale))
        painter.setPen(QPen(self._color))
        place = self.contentsRect()
        one_line = "  ".join(self.text.splitlines())
        text = QFontMetrics(painter.font()).elidedText(one_line, Qt.ElideRight, place.width())
        painter.drawText(place, int(self._align | Qt.AlignVCenter), text)
        painter.end()
