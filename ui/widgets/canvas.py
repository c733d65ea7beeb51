"""A picture seen through a lens: nearer, farther, and pushed aside."""

from typing import TYPE_CHECKING

import numpy as np
from PyQt5.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, pyqtSlot
from PyQt5.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent, QWheelEvent
from PyQt5.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from ui import theme
from ui.widgets.lens import Lens
from ui.widgets.picture import as_image

if TYPE_CHECKING:
    from inspector.frame import Image

SMOOTH_MS = 120
"""How long the picture may look rough after it was pushed or zoomed, which must not wait for a good one."""
ZOOM = 1.25
SHARP = 3.0
"""From this many pixels of the screen a pixel of the picture, its pixels are shown as they are."""


class Canvas(QWidget):
    """Paints a picture once for each lens that it is seen through; what lies on it is painted over a copy of that.

    size_of_picture: (width, height) in pixels, of the last one.

    The wheel zooms at the pointer; the middle button, or the left one with the space bar, pushes; two fingers do both.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Ignored)
        self.setAttribute(Qt.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.PinchGesture)
        self.lens, self.size_of_picture = Lens(), (1, 1)
        self._image: QImage | None = None
        self._pixels: Image | None = None
        self._shown: QPixmap | None = None
        self._space, self._rough = False, False
        self._pushed_from: tuple[QPointF, Lens] | None = None
        self._smooth = QTimer(self)
        self._smooth.setSingleShot(True)
        self._smooth.timeout.connect(self._make_good)

    @property
    def has_picture(self) -> bool:
        return self._image is not None

    def show_picture(self, image: "Image | None") -> None:
        """Another picture, or none yet; one of the same size is seen through the same lens."""
        self._pixels = None if image is None else np.ascontiguousarray(image)
        self._image = None if self._pixels is None else as_image(self._pixels)
        if self._image is None:
            return
        before, self.size_of_picture = self.size_of_picture, (self._image.width(), self._image.height())
        if self.size_of_picture != before:
            self.lens = Lens.fitted(self.size_of_picture, QRectF(self.rect()))
        # Whoever leafs through pictures sees each at once, and the one where they stop well.
        if self._smooth.isActive():
            self._show_rough()
        else:
            self._show_smooth()
            self._smooth.start(SMOOTH_MS)

    def forget(self) -> None:
        """No picture, and the next one is seen whole."""
        self._image, self._pixels, self.size_of_picture = None, None, (1, 1)
        self._show_smooth()

    def fit(self) -> None:
        """The whole picture."""
        self.look_through(Lens.fitted(self.size_of_picture, QRectF(self.rect())))

    def zoom(self, steps: float, at: QPointF | None = None) -> None:
        """Nearer by so many steps, or farther where below 0, at a point of the screen: else in the middle."""
        place = QRectF(self.rect())
        self.look_through(self.lens.zoomed(ZOOM**steps, at or self.middle(), self.size_of_picture, place))

    def middle(self) -> QPointF:
        """Where it is zoomed without a pointer."""
        return QRectF(self.rect()).center()

    def look_through(self, lens: Lens) -> None:
        if lens != self.lens:
            self.lens = lens
            self._show_rough()

    def _show_rough(self) -> None:
        self._render(smooth=False)
        self._smooth.start(SMOOTH_MS)
        self.update()

    @pyqtSlot()
    def _make_good(self) -> None:
        if self._rough:
            self._show_smooth()

    def _show_smooth(self) -> None:
        self._smooth.stop()
        self._render(smooth=True)
        self.update()

    def _render(self, smooth: bool) -> None:
        self._rough = not smooth
        ratio = self.devicePixelRatioF()
        shown = QPixmap(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        shown.setDevicePixelRatio(ratio)
        shown.fill(theme.PICTURE)
        if self._image is not None:
            self._render_picture(shown, self._image, smooth)
        self._shown = shown

    def _render_picture(self, shown: QPixmap, image: QImage, smooth: bool) -> None:
        ratio = shown.devicePixelRatioF()
        place, scale = self.lens.to_screen((0, 0, *self.size_of_picture)), self.lens.scale * ratio
        if smooth and scale < 1:
            width, height = round(place.width() * ratio), round(place.height() * ratio)
            image = image.scaled(width, height, transformMode=Qt.SmoothTransformation)
        painter = QPainter(shown)
        painter.setRenderHint(QPainter.SmoothPixmapTransform, smooth and 1 <= scale < SHARP)
        painter.drawImage(place, image)
        painter.end()

    def paint_picture(self, painter: QPainter) -> None:
        """As far as the painter is not clipped."""
        if self._shown is None:
            self._render(smooth=True)
        assert self._shown is not None
        painter.drawPixmap(0, 0, self._shown)

    # What a person does

    @property
    def pushing(self) -> bool:
        """Whether the picture is held, or will be with the next press."""
        return self._space or self._pushed_from is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MiddleButton or (event.button() == Qt.LeftButton and self._space):
            self._pushed_from = (event.localPos(), self.lens)
            self.show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pushed_from is not None:
            start, lens = self._pushed_from
            self.look_through(lens.moved(event.localPos() - start, self.size_of_picture, QRectF(self.rect())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pushed_from = None
        self.show_cursor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.has_picture:
            self.zoom(event.angleDelta().y() / 120, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._space = self._space or event.key() == Qt.Key_Space
        self.show_cursor()
        if event.key() != Qt.Key_Space:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.show_cursor()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        # A key that pushes the picture here is a shortcut of the window elsewhere.
        if event.type() == QEvent.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key_Space:
            event.accept()
            return True
        if isinstance(event, QGestureEvent):
            self._pinch(event)
            return True
        return super().event(event)

    def _pinch(self, event: QGestureEvent) -> None:
        pinch = event.gesture(Qt.PinchGesture)
        if not (isinstance(pinch, QPinchGesture) and self.has_picture):
            return
        event.accept(pinch)
        self.give_up_press()
        at, before = (self.mapFromGlobal(point.toPoint()) for point in (pinch.centerPoint(), pinch.lastCenterPoint()))
        place = QRectF(self.rect())
        lens = self.lens.moved(QPointF(at - before), self.size_of_picture, place)
        self.look_through(lens.zoomed(pinch.scaleFactor(), QPointF(at), self.size_of_picture, place))

    def give_up_press(self) -> None:
        """A second finger came: what the first one began is nothing."""
        self._pushed_from = None

    def show_cursor(self) -> None:
        """The pointer says what a press would do."""
        shape = self.cursor_shape()
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def cursor_shape(self) -> Qt.CursorShape:
        if self._pushed_from is not None:
            return Qt.ClosedHandCursor
        return Qt.OpenHandCursor if self._space else Qt.ArrowCursor

    def resizeEvent(self, event: QResizeEvent) -> None:
        before, place, size = event.oldSize(), QRectF(self.rect()), self.size_of_picture
        whole = before.isEmpty() or self.lens == Lens.fitted(size, QRectF(0, 0, before.width(), before.height()))
        self.lens = Lens.fitted(size, place) if whole else self.lens.zoomed(1.0, place.center(), size, place)
        self._show_rough()
        super().resizeEvent(event)
