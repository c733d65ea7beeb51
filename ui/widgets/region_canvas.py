"""A picture on which the regions of a recipe are drawn, moved and resized."""

from dataclasses import dataclass

import numpy as np
from PyQt5.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform
from PyQt5.QtWidgets import QSizePolicy, QWidget

from inspector.frame import Image
from inspector.sketch import LEAST_SIDE, Box
from ui import theme
from ui.widgets.grip import HANDLES, WHOLE, Grip, grip_at, handle, pulled, spanned
from ui.widgets.picture import CHIP, HALO, as_image, fit

Size = tuple[int, int]
"""(width, height) in pixels of the frame."""
STEP, LEAP = 1, 10
"""Pixels of the frame that an arrow key moves by; with Shift."""
ARROWS = {Qt.Key_Left: (-1, 0), Qt.Key_Right: (1, 0), Qt.Key_Up: (0, -1), Qt.Key_Down: (0, 1)}


@dataclass
class _Drag:
    """What is held since where; box: as it was then, None for one that is being drawn."""

    grip: Grip
    x: float
    y: float
    box: Box | None


class RegionCanvas(QWidget):
    """Shows one picture, and each component's region by its name.

    drawn: the region of the chosen component, after a drag or a key; typed: by a key, so that several are one step.
    chosen: the number of a component whose region was pressed. freed: the chosen one shall have no region.
    dragging: the region while it is held, None when that is over.
    """

    drawn = pyqtSignal(object, bool)
    chosen = pyqtSignal(int)
    freed = pyqtSignal()
    dragging = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self.setAttribute(Qt.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Regions on the picture"))
        self._image: Image | None = None
        self._size: Size | None = None
        self._regions: list[tuple[str, Box | None]] = []
        self._current = -1
        self._drag: _Drag | None = None
        self._held: Box | None = None

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    # What is shown

    def set_picture(self, image: Image | None) -> None:
        self._image = None if image is None else np.ascontiguousarray(image)
        self._cancel()

    def set_regions(self, regions: list[tuple[str, Box | None]], current: int, size: Size | None) -> None:
        """Args: regions: name and region of each component; current: the chosen one, -1 for none; size: of the picture
        that they were drawn on, None for the one that is shown.
        """
        self._regions, self._current, self._size = regions, current, size
        if self._drag is None:
            self._held = None
        self.update()

    @property
    def picture_size(self) -> Size | None:
        """(width, height) in pixels of the picture that is shown."""
        return None if self._image is None else (self._image.shape[1], self._image.shape[0])

    @property
    def frame_size(self) -> Size | None:
        """(width, height) of what the regions are drawn on; None where there is neither picture nor size."""
        return self._size or self.picture_size

    @property
    def fits(self) -> bool:
        """Whether the regions are in pixels of the picture that is shown."""
        return None in (self._size, self.picture_size) or self._size == self.picture_size

    def region(self) -> Box | None:
        """That of the chosen component, as it is held now."""
        if self._held is not None:
            return self._held
        return self._regions[self._current][1] if 0 <= self._current < len(self._regions) else None

    @property
    def current_name(self) -> str:
        """Of the chosen component, "" where there is none."""
        return self._regions[self._current][0] if 0 <= self._current < len(self._regions) else ""

    # What a person does

    def _to_screen(self) -> QTransform:
        size = self.frame_size or (4, 3)
        edge = theme.em_of(self) * 0.7  # handles at the picture's edge stay whole
        return fit(size, QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))

    def _on_frame(self, point: QPointF) -> tuple[float, float]:
        mapped = self._to_screen().inverted()[0].map(point)
        return mapped.x(), mapped.y()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        size = self.frame_size
        if event.button() != Qt.LeftButton or size is None or not self.fits:
            return
        x, y = self._on_frame(event.localPos())
        grip = self._grip(x, y)
        if grip is None:
            other = self._other_at(x, y)
            if other is not None:
                self.chosen.emit(other)
                grip = self._grip(x, y)
        region = self.region()
        if grip is not None:
            self._drag = _Drag(grip, x, y, region)
        elif region is None and self._current >= 0:
            self._drag = _Drag(WHOLE, x, y, None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, y = self._on_frame(event.localPos())
        size, drag = self.frame_size, self._drag
        if drag is None or size is None:
            self._show_cursor(x, y)
            return
        if drag.box is None:
            self._held = spanned(QPointF(drag.x, drag.y), QPointF(x, y), size)
        else:
            self._held = pulled(drag.box, drag.grip, (x - drag.x, y - drag.y), size, LEAST_SIDE)
        self.dragging.emit(self._held)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held = self._held
        self._cancel()
        if held is not None:
            self.drawn.emit(held, False)

    def _cancel(self) -> None:
        self._drag = self._held = None
        self.dragging.emit(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, size, region = event.key(), self.frame_size, self.region()
        if key == Qt.Key_Escape and self._drag is not None:
            self._cancel()
        elif key in ARROWS and region is not None and size is not None and self.fits:
            far = LEAP if event.modifiers() & Qt.ShiftModifier else STEP
            grip = Grip(1, 1) if event.modifiers() & Qt.ControlModifier else WHOLE
            dx, dy = ARROWS[Qt.Key(key)]
            self.drawn.emit(pulled(region, grip, (dx * far, dy * far), size, LEAST_SIDE), True)
        elif key in (Qt.Key_Delete, Qt.Key_Backspace) and region is not None:
            self.freed.emit()
        elif key in (Qt.Key_Return, Qt.Key_Enter) and region is None:
            self.draw_first()
        else:
            super().keyPressEvent(event)

    def draw_first(self) -> None:
        """Give the chosen component a region to go on from."""
        if self.frame_size is not None and self._current >= 0 and self.fits:
            width, height = self.frame_size
            self.drawn.emit((width // 4, height // 4, width * 3 // 4, height * 3 // 4), False)

    def _reach(self) -> float:
        """How near to a handle a finger may come down, in pixels of the frame."""
        return theme.em_of(self) * theme.TOUCH / 2 / self._to_screen().m11()

    def _grip(self, x: float, y: float) -> Grip | None:
        region = self.region()
        return None if region is None else grip_at(_rect(region), QPointF(x, y), self._reach())

    def _other_at(self, x: float, y: float) -> int | None:
        """The smallest region there: a large one may lie around it."""
        here = [
            ((box[2] - box[0]) * (box[3] - box[1]), number)
            for number, (_, box) in enumerate(self._regions)
            if box is not None and number != self._current and box[0] <= x <= box[2] and box[1] <= y <= box[3]
        ]
        return min(here)[1] if here else None

    def _show_cursor(self, x: float, y: float) -> None:
        grip = self._grip(x, y) if self.fits else None
        if grip is None:
            drawing = self.region() is None and self._current >= 0 and self.frame_size is not None and self.fits
            self.setCursor(Qt.CrossCursor if drawing else Qt.ArrowCursor)
            return
        shapes = {(0, 0): Qt.SizeAllCursor, (1, 0): Qt.SizeHorCursor, (0, 1): Qt.SizeVerCursor}
        slanted = Qt.SizeFDiagCursor if grip.x == grip.y else Qt.SizeBDiagCursor
        self.setCursor(shapes.get((abs(grip.x), abs(grip.y)), slanted))

    # How it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.PICTURE)
        painter.setRenderHints(QPainter.SmoothPixmapTransform | QPainter.Antialiasing)
        to_screen = self._to_screen()
        if self._image is not None:
            image = as_image(self._image)
            place = fit((image.width(), image.height()), to_screen.mapRect(QRectF(0, 0, *(self.frame_size or (4, 3)))))
            painter.drawImage(place.mapRect(QRectF(0, 0, image.width(), image.height())), image)
        elif self.frame_size is not None:
            painter.setPen(QPen(theme.CALM.mark, 1, Qt.DotLine))
            painter.drawRect(to_screen.mapRect(QRectF(0, 0, *self.frame_size)))
        if self.fits:
            self._paint_regions(painter, to_screen)
        if self.hasFocus():
            painter.setBrush(Qt.NoBrush)
            painter.setPen(QPen(theme.FOCUS, 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_regions(self, painter: QPainter, to_screen: QTransform) -> None:
        for number, (name, box) in enumerate(self._regions):
            if box is not None and number != self._current:
                self._paint_region(painter, to_screen.mapRect(_rect(box)), name, current=False)
        region = self.region()
        if region is not None and 0 <= self._current < len(self._regions):
            place = to_screen.mapRect(_rect(region))
            self._paint_region(painter, place, self.current_name, current=True)
            for grip in HANDLES:
                self._paint_handle(painter, to_screen.map(handle(_rect(region), grip)))

    def _paint_region(self, painter: QPainter, box: QRectF, name: str, current: bool) -> None:
        em = theme.em_of(self)
        width = max(2.0, em * (0.18 if current else 0.11))
        style, color = (Qt.SolidLine, theme.FAULT.mark) if current else (Qt.DashLine, theme.CALM.mark)
        painter.setBrush(Qt.NoBrush)
        for pen in (QPen(HALO, width + 2.0), QPen(color, width, style)):
            pen.setJoinStyle(Qt.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(box)
        painter.setFont(theme.font(self.font(), theme.SMALL, bold=current))
        metrics = QFontMetricsF(painter.font())
        chip = QRectF(0, 0, min(metrics.horizontalAdvance(name) + em * 0.8, self.width()), metrics.height() + em * 0.2)
        above = box.top() - chip.height() - em * 0.7
        chip.moveTo(
            max(0.0, min(box.left(), self.width() - chip.width())), above if above >= 0 else box.top() + em * 0.7
        )
        painter.setPen(Qt.NoPen)
        painter.setBrush(CHIP)
        painter.drawRoundedRect(chip, em * 0.2, em * 0.2)
        painter.setPen(QPen(color))
        painter.drawText(chip, int(Qt.AlignCenter), name)

    def _paint_handle(self, painter: QPainter, point: QPointF) -> None:
        side = theme.em_of(self) * 0.8
        painter.setPen(QPen(HALO, 2))
        painter.setBrush(theme.FAULT.mark)
        painter.drawRect(QRectF(point.x() - side / 2, point.y() - side / 2, side, side))


def _rect(box: Box) -> QRectF:
    return QRectF(QPointF(box[0], box[1]), QPointF(box[2], box[3]))
