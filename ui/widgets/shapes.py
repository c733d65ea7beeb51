"""The signs of the app, drawn as vectors so that they are sharp at any size and never depend on a font."""

import math
from enum import Enum, auto

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from inspector.inspection.verdict import Verdict

STROKE = 0.15


class Sign(Enum):
    """What can be said with a sign."""

    CHECK = auto()
    CROSS = auto()
    QUESTION = auto()
    ALARM = auto()
    PLAY = auto()
    STOP = auto()
    RING = auto()
    ARC = auto()
    PLUS = auto()
    MINUS = auto()
    UP = auto()
    DOWN = auto()
    UNDO = auto()
    REDO = auto()
    BIN = auto()
    COPY = auto()
    LEFT = auto()
    RIGHT = auto()
    FIT = auto()
    BOX = auto()
    DASHED = auto()
    NOTHING = auto()
    DOT = auto()
    RECORD = auto()
    ALIKE = auto()
    TAKE_IN = auto()
    SLIDERS = auto()
    STAR = auto()
    LENS = auto()
    SOUND = auto()
    LOCK = auto()
    CLOCK = auto()


SIGNS = {
    Verdict.UNDEFINED: Sign.RING,
    Verdict.OK: Sign.CHECK,
    Verdict.NOT_OK: Sign.CROSS,
    Verdict.NOT_DECIDABLE: Sign.QUESTION,
}


def square(box: QRectF, scale: float = 1.0) -> QRectF:
    """The largest square in the middle of a box, times a scale."""
    side = min(box.width(), box.height()) * scale
    return QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)


def draw_sign(painter: QPainter, sign: Sign, box: QRectF, color: QColor) -> None:
    """Draw a sign into the middle of a box."""
    place = square(box)
    painter.save()
    painter.setRenderHint(QPainter.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width(), place.height())
    if sign in FILLED:
        painter.fillPath(_path(sign), color)
    else:
        painter.setPen(QPen(color, STROKE, Qt.SolidLine, Qt.RoundCap, Qt.RoundJoin))
        painter.setBrush(Qt.NoBrush)
        painter.drawPath(_path(sign))
    painter.restore()


FILLED = {Sign.ALARM, Sign.PLAY, Sign.STOP, Sign.DOT, Sign.RECORD, Sign.STAR}


def _path(sign: Sign) -> QPainterPath:
    """The sign in the unit square."""
    path = QPainterPath()
    match sign:
        case Sign.CHECK:
            _polyline(path, (0.13, 0.54), (0.39, 0.80), (0.87, 0.24))
        case Sign.CROSS:
            _polyline(path, (0.19, 0.19), (0.81, 0.81))
            _polyline(path, (0.81, 0.19), (0.19, 0.81))
        case Sign.QUESTION:
            path.arcMoveTo(QRectF(0.27, 0.08, 0.46, 0.46), 170)
            path.arcTo(QRectF(0.27, 0.08, 0.46, 0.46), 170, -230)
            path.quadTo(0.5, 0.56, 0.5, 0.66)
            _dot(path)
        case Sign.ALARM:
            path.setFillRule(Qt.OddEvenFill)
            _polyline(path, (0.5, 0.06), (1.0, 0.94), (0.0, 0.94), (0.5, 0.06))
            path.addRoundedRect(QRectF(0.44, 0.36, 0.12, 0.3), 0.06, 0.06)
            path.addEllipse(QRectF(0.435, 0.72, 0.13, 0.13))
        case Sign.PLAY:
            _polyline(path, (0.22, 0.1), (0.88, 0.5), (0.22, 0.9), (0.22, 0.1))
        case Sign.STOP:
            path.addRoundedRect(QRectF(0.14, 0.14, 0.72, 0.72), 0.08, 0.08)
        case Sign.RING:
            path.addEllipse(QRectF(0.18, 0.18, 0.64, 0.64))
        case Sign.ARC:
            path.arcMoveTo(QRectF(0.18, 0.18, 0.64, 0.64), 90)
            path.arcTo(QRectF(0.18, 0.18, 0.64, 0.64), 90, -250)
        case Sign.BOX | Sign.DASHED | Sign.NOTHING | Sign.DOT:
            _draw_standing(path, sign)
        case Sign.RECORD:
            path.addEllipse(QRectF(0.12, 0.12, 0.76, 0.76))
        case _:
            _draw_deed(path, sign)
    return path


def _draw_standing(path: QPainterPath, sign: Sign) -> None:
    """The signs of what is known of a frame."""
    match sign:
        case Sign.BOX:
            path.addRect(QRectF(0.16, 0.16, 0.68, 0.68))
        case Sign.DASHED:
            for x, sx in ((0.16, 1), (0.84, -1)):
                for y, sy in ((0.16, 1), (0.84, -1)):
                    _polyline(path, (x + sx * 0.2, y), (x, y), (x, y + sy * 0.2))
        case Sign.NOTHING:
            path.addEllipse(QRectF(0.16, 0.16, 0.68, 0.68))
            _polyline(path, (0.26, 0.74), (0.74, 0.26))
        case Sign.DOT:
            path.addEllipse(QRectF(0.34, 0.34, 0.32, 0.32))


def _draw_deed(path: QPainterPath, sign: Sign) -> None:
    """The signs of what a button does."""
    match sign:
        case Sign.PLUS:
            _polyline(path, (0.5, 0.16), (0.5, 0.84))
            _polyline(path, (0.16, 0.5), (0.84, 0.5))
        case Sign.MINUS:
            _polyline(path, (0.16, 0.5), (0.84, 0.5))
        case Sign.UP:
            _polyline(path, (0.16, 0.66), (0.5, 0.32), (0.84, 0.66))
        case Sign.DOWN:
            _polyline(path, (0.16, 0.34), (0.5, 0.68), (0.84, 0.34))
        case Sign.LEFT:
            _polyline(path, (0.64, 0.14), (0.3, 0.5), (0.64, 0.86))
        case Sign.RIGHT:
            _polyline(path, (0.36, 0.14), (0.7, 0.5), (0.36, 0.86))
        case Sign.STAR:
            points = [_on_circle(0.46 if index % 2 == 0 else 0.2, index * 36 - 90) for index in range(11)]
            _polyline(path, points[0], *points[1:])
        case Sign.UNDO:
            _polyline(path, (0.36, 0.12), (0.14, 0.34), (0.36, 0.56))
            path.moveTo(0.16, 0.34)
            path.lineTo(0.6, 0.34)
            path.arcTo(QRectF(0.37, 0.34, 0.48, 0.5), 90, -180)
            path.lineTo(0.36, 0.84)
        case Sign.REDO:
            _polyline(path, (0.64, 0.12), (0.86, 0.34), (0.64, 0.56))
            path.moveTo(0.84, 0.34)
            path.lineTo(0.4, 0.34)
            path.arcTo(QRectF(0.15, 0.34, 0.48, 0.5), 90, 180)
            path.lineTo(0.64, 0.84)
        case Sign.BIN:
            _polyline(path, (0.12, 0.26), (0.88, 0.26))
            _polyline(path, (0.38, 0.25), (0.38, 0.12), (0.62, 0.12), (0.62, 0.25))
            _polyline(path, (0.22, 0.28), (0.28, 0.88), (0.72, 0.88), (0.78, 0.28))
        case Sign.LENS:
            path.addEllipse(QRectF(0.12, 0.12, 0.54, 0.54))
            _polyline(path, (0.6, 0.6), (0.88, 0.88))
        case Sign.CLOCK:
            path.addEllipse(QRectF(0.12, 0.12, 0.76, 0.76))
            _polyline(path, (0.5, 0.28), (0.5, 0.52), (0.68, 0.62))
        case Sign.FIT:
            for x, sx in ((0.12, 1), (0.88, -1)):
                for y, sy in ((0.18, 1), (0.82, -1)):
                    _polyline(path, (x + sx * 0.22, y), (x, y), (x, y + sy * 0.22))
        case Sign.COPY:
            path.addRoundedRect(QRectF(0.12, 0.12, 0.5, 0.5), 0.06, 0.06)
            _polyline(path, (0.76, 0.38), (0.88, 0.38), (0.88, 0.88), (0.38, 0.88), (0.38, 0.76))
        case Sign.ALIKE:
            for height in (0.36, 0.66):
                path.moveTo(0.12, height)
                path.cubicTo(0.36, height - 0.24, 0.64, height + 0.24, 0.88, height)
        case Sign.TAKE_IN:
            _polyline(path, (0.5, 0.1), (0.5, 0.62))
            _polyline(path, (0.28, 0.42), (0.5, 0.64), (0.72, 0.42))
            _polyline(path, (0.14, 0.66), (0.14, 0.88), (0.86, 0.88), (0.86, 0.66))
        case Sign.SOUND:
            _polyline(path, (0.12, 0.38), (0.28, 0.38), (0.5, 0.18), (0.5, 0.82), (0.28, 0.62), (0.12, 0.62))
            path.lineTo(0.12, 0.38)
            for reach in (0.16, 0.34):
                path.arcMoveTo(QRectF(0.5 - reach, 0.5 - reach, reach * 2, reach * 2), 50)
                path.arcTo(QRectF(0.5 - reach, 0.5 - reach, reach * 2, reach * 2), 50, -100)
        case Sign.LOCK:
            path.addRoundedRect(QRectF(0.18, 0.46, 0.64, 0.44), 0.06, 0.06)
            path.moveTo(0.3, 0.46)
            path.lineTo(0.3, 0.32)
            path.arcTo(QRectF(0.3, 0.1, 0.4, 0.44), 180, -180)
            path.lineTo(0.7, 0.46)
        case Sign.SLIDERS:
            for height, knob in ((0.24, 0.66), (0.5, 0.34), (0.76, 0.6)):
                _polyline(path, (0.1, height), (0.9, height))
                _polyline(path, (knob, height - 0.1), (knob, height + 0.1))


def _polyline(path: QPainterPath, first: tuple[float, float], *rest: tuple[float, float]) -> None:
    path.moveTo(*first)
    for point in rest:
        path.lineTo(*point)


def _on_circle(radius: float, degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return 0.5 + radius * math.cos(angle), 0.52 + radius * math.sin(angle)


def _dot(path: QPainterPath) -> None:
    path.moveTo(0.5, 0.9)
    path.lineTo(0.5, 0.901)


def draw_badge(painter: QPainter, verdict: Verdict, box: QRectF, fill: QColor, ink: QColor) -> None:
    """A verdict's sign on its own silhouette: disc, octagon, diamond; an empty ring where nothing was judged."""
    place = square(box)
    painter.save()
    painter.setRenderHint(QPainter.Antialiasing)
    if verdict is Verdict.UNDEFINED:
        painter.setPen(QPen(fill, place.width() * 0.06))
        painter.drawEllipse(square(box, 0.86))
    else:
        painter.fillPath(silhouette(verdict, place), fill)
        draw_sign(painter, SIGNS[verdict], square(box, 0.52 if verdict is Verdict.NOT_DECIDABLE else 0.62), ink)
    painter.restore()


def silhouette(verdict: Verdict, place: QRectF) -> QPainterPath:
    """The outline of a verdict's badge in a square."""
    path = QPainterPath()
    if verdict is Verdict.OK:
        path.addEllipse(place)
    else:
        corners, turn = (8, math.pi / 8) if verdict is Verdict.NOT_OK else (4, 0.0)
        radius, middle = place.width() / 2, place.center()
        angles = [turn + index * 2 * math.pi / corners for index in range(corners + 1)]
        path.addPolygon(QPolygonF([middle + QPointF(math.cos(a), math.sin(a)) * radius for a in angles]))
    return path


def icon(sign: Sign, size: int, color: QColor, ratio: float) -> QIcon:
    """A sign as a button's icon, size in logical pixels."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.transparent)
    painter = QPainter(pixmap)
    draw_sign(painter, sign, QRectF(0, 0, size, size), color)
    painter.end()
    result = QIcon()
    for mode in (QIcon.Normal, QIcon.Disabled):
        result.addPixmap(pixmap, mode)
    return result
