"""The serial number of what is judged, and the one that was scanned for what comes next."""

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui import theme

NONE = "—"


class Serial(QWidget):
    """One line, always there, so that nothing moves when a number comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.setAccessibleName(self.tr("Serial number"))
        self.number = self.next = ""

    def set_numbers(self, number: str, following: str = "") -> None:
        """number: of what is judged, "" where it has none; following: scanned for what comes next."""
        if (number, following) != (self.number, self.next):
            self.number, self.next = number, following
            self.setAccessibleDescription(" ".join(self.words()))
            self.update()

    def words(self) -> tuple[str, str]:
        """The caption and the number."""
        if self.next:
            return self.tr("Next serial number"), self.next
        return self.tr("Serial number"), self.number or NONE

    def sizeHint(self) -> QSize:
        return QSize(0, int(theme.em_of(self) * 2.2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        caption, number = self.words()
        place = QRectF(self.rect())
        painter.setFont(theme.font(self.font(), theme.SMALL))
        painter.setPen(QPen(theme.MUTED))
        painter.drawText(place, int(Qt.AlignLeft | Qt.AlignVCenter), caption)
        taken = QFontMetricsF(painter.font()).horizontalAdvance(caption) + theme.em_of(self) * theme.GAP_M
        painter.setFont(theme.font(self.font(), theme.TITLE, bold=True))
        painter.setPen(QPen(theme.TEXT if number != NONE else theme.FAINT))
        room = place.adjusted(taken, 0, 0, 0)
        # The end of a number tells workpieces apart.
        shown = QFontMetricsF(painter.font()).elidedText(number, Qt.ElideLeft, room.width())
        painter.drawText(room, int(Qt.AlignRight | Qt.AlignVCenter), shown)
        painter.end()
