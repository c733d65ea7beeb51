"""Which frames are stepped through, with how many of each there are; and so the key to the timeline's bars."""

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from inspector.labeling.reel import Standing
from ui import theme
from ui.widgets.shapes import draw_sign
from ui.widgets.standing_look import standing_look

ORDER = (
    None,
    Standing.CONTRADICTING,
    Standing.DOUBTFUL,
    Standing.WAITING,
    Standing.UNLABELED,
    Standing.BOXES,
    Standing.EMPTY,
    Standing.IGNORED,
)
"""What there is still to do comes first."""


class FilterButton(QPushButton):
    """A count, and under it the word for what is counted."""

    def __init__(self, standing: Standing | None) -> None:
        super().__init__()
        self.standing, self.count = standing, 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.TabFocus)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.word = self.tr("All") if standing is None else standing_look(standing).word
        self.show_count(0)

    def show_count(self, count: int) -> None:
        self.count = count
        self.setAccessibleName(f"{self.word}: {count}")
        self.update()

    def sizeHint(self) -> QSize:
        em = theme.em_of(self)
        return QSize(round(em * 5), round(em * theme.TOUCH))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        em, box = theme.em_of(self), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = theme.FOCUS if self.hasFocus() else theme.TEXT if self.isChecked() else theme.RAISED
        painter.setPen(QPen(edge, max(2.0, em * 0.13) if self.hasFocus() or self.isChecked() else 1))
        painter.setBrush(theme.RAISED if self.isChecked() or self.underMouse() else theme.SURFACE)
        painter.drawRoundedRect(box, em * 0.4, em * 0.4)
        upper, lower = QRectF(box), QRectF(box)
        upper.setBottom(box.top() + em * 1.75)
        lower.setTop(box.top() + em * 1.65)
        self._paint_count(painter, upper)
        painter.setFont(theme.font(self.font(), theme.SMALL))
        painter.setPen(QPen(theme.TEXT if self.isChecked() else theme.MUTED))
        painter.drawText(lower, int(Qt.AlignHCenter | Qt.AlignTop), self.word)
        painter.end()

    def _paint_count(self, painter: QPainter, place: QRectF) -> None:
        em, text = theme.em_of(self), str(self.count)
        painter.setFont(theme.font(self.font(), theme.STRONG, bold=True))
        words = painter.fontMetrics().horizontalAdvance(text)
        sign = 0.0 if self.standing is None else em * 1.4
        left = place.center().x() - (sign + words) / 2
        if self.standing is not None:
            look = standing_look(self.standing)
            ink = look.tone.line if self.count else theme.FAINT
            draw_sign(painter, look.sign, QRectF(left, place.center().y() - em * 0.5, em, em), ink)
        painter.setPen(QPen(theme.TEXT if self.count else theme.FAINT))
        words_place = QRectF(left + sign, place.top(), words + 2, place.height())
        painter.drawText(words_place, int(Qt.AlignLeft | Qt.AlignVCenter), text)


class Filters(QWidget):
    """One of them is chosen. wanted: how the frames stand that are stepped through, None for all."""

    wanted = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons = {standing: FilterButton(standing) for standing in ORDER}
        self._row, group = QHBoxLayout(self), QButtonGroup(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for standing, button in self.buttons.items():
            group.addButton(button)
            self._row.addWidget(button, 1)
            button.clicked.connect(lambda _, standing=standing: self.wanted.emit(standing))
        self.buttons[None].setChecked(True)

    def scale(self, em: int) -> None:
        self._row.setSpacing(round(em * theme.GAP_S / 2))

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """How the frames stand that are counted."""
        for standing, button in self.buttons.items():
            button.show_count(len(standings) if standing is None else standings.count(standing))
