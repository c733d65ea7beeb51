"""A recording's timeline: how each of its frames stands, and which one is looked at."""

from collections.abc import Sequence

from PyQt5.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from inspector.labeling.reel import Standing
from ui import theme
from ui.durations import clock
from ui.widgets.standing_look import standing_look

HEIGHT, HEAD, FOOT = 4.4, 0.9, 1.2
"""In em: of all, of what points at the frame, of the times below."""
WIDEST = 2.0
"""Of a frame's bar, in em, at the most."""
TALL = {
    Standing.BOXES: 1.0,
    Standing.EMPTY: 1.0,
    Standing.IGNORED: 0.4,
    Standing.UNLABELED: 0.12,
    Standing.WAITING: 0.7,
    Standing.DOUBTFUL: 0.7,
    Standing.CONTRADICTING: 1.0,
}
"""How high a bar is, of the room that it has: what is done reaches up, what nobody knows lies flat."""
HOLLOW = (Standing.EMPTY, Standing.WAITING)
DIM = 0.28


class Timeline(QWidget):
    """A bar a frame: its colour, its height and whether it is filled say how the frame stands.

    chosen: another frame, by a press, a drag, or a key. stepped: the wheel turned by so many frames.
    """

    chosen = pyqtSignal(int)
    stepped = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setAccessibleName(self.tr("Timeline of the recording"))
        self.standings: tuple[Standing, ...] = ()
        self.index = 0
        self.wanted: Standing | None = None
        self._times: tuple[float, ...] = ()
        self._turned = 0

    def show_frames(self, standings: Sequence[Standing], times: Sequence[float]) -> None:
        """How the frames stand, and their seconds from the start."""
        self.standings, self._times = tuple(standings), tuple(times)
        self._tell()

    def show_index(self, index: int) -> None:
        """Which frame is looked at."""
        self.index = index
        self._tell()

    def show_wanted(self, wanted: Standing | None) -> None:
        """Only frames that stand so are stepped through: all others are pale."""
        self.wanted = wanted
        self.update()

    def _tell(self) -> None:
        if self.index < len(self.standings):
            self.setAccessibleDescription(f"{self.index + 1}: {standing_look(self.standings[self.index]).word}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, round(theme.em_of(self) * HEIGHT))

    def place(self, index: int) -> QRectF:
        """Where a frame's bar may be."""
        em, count = theme.em_of(self), max(1, len(self.standings))
        step = self.width() / count
        width = min(step, em * WIDEST)
        left = step * index + (step - width) / 2
        return QRectF(left, em * HEAD, width, self.height() - em * (HEAD + FOOT))

    def index_at(self, x: float) -> int:
        """The frame under a point."""
        return max(0, min(len(self.standings) - 1, int(x * len(self.standings) / max(1, self.width()))))

    # What a person does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.standings and event.button() == Qt.LeftButton:
            self.chosen.emit(self.index_at(event.localPos().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.standings and event.buttons() & Qt.LeftButton:
            index = self.index_at(event.localPos().x())
            if index != self.index:
                self.chosen.emit(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y() or event.angleDelta().x()
        steps, self._turned = int(self._turned / 120), self._turned - 120 * int(self._turned / 120)
        if steps:
            self.stepped.emit(-steps)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key_Left: -1, Qt.Key_Right: 1, Qt.Key_PageUp: -10, Qt.Key_PageDown: 10}
        ends: dict[int, int] = {Qt.Key_Home: 0, Qt.Key_End: len(self.standings) - 1}
        if event.key() in steps:
            self.stepped.emit(steps[event.key()])
        elif event.key() in ends and self.standings:
            self.chosen.emit(ends[event.key()])
        else:
            super().keyPressEvent(event)

    # How it is painted

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        em = theme.em_of(self)
        ground = QRectF(0, em * HEAD, self.width(), self.height() - em * (HEAD + FOOT))
        painter.setPen(QPen(theme.FOCUS, max(2.0, em * 0.13)) if self.hasFocus() else Qt.NoPen)
        painter.setBrush(theme.SURFACE)
        painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), em * 0.3, em * 0.3)
        if self.standings:
            self._paint_head(painter)
            for index, standing in enumerate(self.standings):
                self._paint_bar(painter, self.place(index), standing)
            painter.setOpacity(1.0)
            self._paint_times(painter)
        painter.end()

    def _paint_bar(self, painter: QPainter, place: QRectF, standing: Standing) -> None:
        em = theme.em_of(self)
        painter.setOpacity(1.0 if self.wanted in (None, standing) else DIM)
        gap, edge = min(place.width() * 0.16, em * 0.2), em * 0.3
        room = place.adjusted(gap, edge, -gap, -edge)
        bar = room.adjusted(0, room.height() * (1 - TALL[standing]), 0, 0)
        if standing is Standing.CONTRADICTING:
            bar.setBottom(room.bottom() - room.height() * 0.3)
        color = theme.FAINT if standing is Standing.UNLABELED else standing_look(standing).tone.line
        if standing in HOLLOW and bar.width() > 3:
            width = max(1.0, min(em * 0.13, bar.width() / 4))
            painter.setBrush(Qt.NoBrush)
            painter.setPen(QPen(color, width))
            painter.drawRect(bar.adjusted(width / 2, width / 2, -width / 2, -width / 2))
        else:
            painter.fillRect(bar, color)
        side = min(room.width(), room.height() * 0.18)
        if standing is Standing.DOUBTFUL:
            self._paint_dot(painter, room.center().x(), room.top() + side / 2, side, color)
        elif standing is Standing.CONTRADICTING:
            self._paint_dot(painter, room.center().x(), room.bottom() - side / 2, side, color)

    def _paint_dot(self, painter: QPainter, x: float, y: float, side: float, color: QColor) -> None:
        """Above the bar of a doubt; below that of a contradiction, as in an exclamation mark."""
        painter.setPen(Qt.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(QRectF(x - side / 2, y - side / 2, side, side))

    def _paint_head(self, painter: QPainter) -> None:
        """A pointer from above, and a lighter ground, under the frame that is looked at."""
        em, place = theme.em_of(self), self.place(self.index)
        painter.setPen(Qt.NoPen)
        painter.setBrush(theme.BORDER)
        painter.drawRect(place if place.width() > 3 else place.adjusted(-1.5, 0, 1.5, 0))
        painter.setBrush(theme.TEXT)
        middle, half = place.center().x(), em * 0.5
        tip = QPointF(middle, place.top())
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-half, -em * 0.75), tip + QPointF(half, -em * 0.75)]))

    def _paint_times(self, painter: QPainter) -> None:
        em = theme.em_of(self)
        row = QRectF(0, self.height() - em * FOOT, self.width(), em * FOOT)
        painter.setFont(theme.font(self.font(), theme.SMALL))
        painter.setPen(QPen(theme.MUTED))
        painter.drawText(row, int(Qt.AlignLeft | Qt.AlignBottom), clock(self._times[0], tenths=True))
        painter.drawText(row, int(Qt.AlignRight | Qt.AlignBottom), clock(self._times[-1], tenths=True))
        now = self.tr("Frame %1 of %2    %3").replace("%1", str(self.index + 1)).replace("%2", str(len(self.standings)))
        painter.setPen(QPen(theme.TEXT))
        now = now.replace("%3", clock(self._times[self.index], tenths=True))
        painter.drawText(row, int(Qt.AlignHCenter | Qt.AlignBottom), now)
