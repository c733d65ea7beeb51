"""The live picture with what was seen in it."""

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QTransform
from PyQt5.QtWidgets import QSizePolicy, QWidget
from PyQt5.sip import voidptr

from inspector.frame import Image
from inspector.inspection.usual import Box, missing_places
from inspector.inspection.verdict import Verdict
from inspector.inspection.view import View
from inspector.recipe import Label, Recipe
from ui import theme
from ui.widgets.shapes import draw_badge

HALO = QColor(10, 12, 14, 170)
CHIP = QColor(16, 18, 20, 200)
INK = QColor("#eceeef")
DIM = QColor(16, 18, 20, 165)


def as_image(image: Image) -> QImage:
    """The same pixels as Qt's image, not copied: it is valid as long as the array, which must be contiguous, lives."""
    height, width = image.shape[:2]
    return QImage(voidptr(image.ctypes.data), width, height, image.strides[0], QImage.Format_BGR888)


def fit(size: tuple[int, int], box: QRectF) -> QTransform:
    """From pixels of a picture of that (width, height) to the box, aspect kept, in its middle."""
    width, height = size
    scale = min(box.width() / width, box.height() / height)
    left, top = box.center().x() - width * scale / 2, box.center().y() - height * scale / 2
    return QTransform(scale, 0, 0, scale, left, top)


def failing(recipe: Recipe | None) -> set[Label]:
    """The labels that must not be seen."""
    components = recipe.components if recipe else ()
    return {Label(c.name, p.name) for c in components for p in c.patterns if not p.passes}


def draw_boxes(
    painter: QPainter,
    view: View,
    to_screen: QTransform,
    recipe: Recipe | None,
    usual: Mapping[str, tuple[Box, ...]] = MappingProxyType({}),
) -> None:
    """What was seen, and where something is missing: its region, and the places where it usually lies. Sizes follow the
    painter's font.
    """
    em = painter.fontInfo().pixelSize()
    wrong = {f.component for f in view.findings if f.verdict is Verdict.NOT_OK}
    for component in recipe.components if recipe else ():
        if component.region is not None and component.name in wrong:
            _draw_region(painter, to_screen.mapRect(_rect(component.region)), em)
    if view.detections is None:
        return
    for missing in missing_places(recipe, usual, view.findings, view.detections) if recipe else ():
        _draw_missing(painter, to_screen.mapRect(_rect(missing.box)), missing.component, em)
    bad, seen = failing(recipe), view.detections
    # The best are drawn last, so that their labels lie on top.
    for index in reversed(range(len(seen))):
        box = to_screen.mapRect(_rect(seen.boxes[index].tolist()))
        label = seen.label(index)
        _draw_box(painter, box, label in bad, em)
        draw_chip(painter, box, caption(label), f"{seen.scores[index]:.2f}", label in bad, em)


def caption(label: Label) -> str:
    """The label as a person says it: "screw on", "tape"."""
    return label.name if label.component in label.name else f"{label.component} {label.name}"


def _rect(box: tuple[float, ...] | list[float]) -> QRectF:
    return QRectF(QPointF(box[0], box[1]), QPointF(box[2], box[3]))


def _draw_box(painter: QPainter, box: QRectF, bad: bool, em: int) -> None:
    """Four corners where all is well, the whole outline where not: a difference that needs no colour."""
    tone = theme.TONES[Verdict.NOT_OK if bad else Verdict.OK]
    path = QPainterPath()
    if bad:
        path.addRect(box)
    else:
        _add_corners(path, box, min(em * 1.1, box.width() / 3, box.height() / 3))
    painter.setBrush(Qt.NoBrush)
    width = max(2.0, em * (0.2 if bad else 0.17))
    for color, extra in ((HALO, 2.0), (tone.mark, 0.0)):
        painter.setPen(QPen(color, width + extra, Qt.SolidLine, Qt.SquareCap, Qt.MiterJoin))
        painter.drawPath(path)


def _add_corners(path: QPainterPath, box: QRectF, arm: float) -> None:
    for x, sx in ((box.left(), arm), (box.right(), -arm)):
        for y, sy in ((box.top(), arm), (box.bottom(), -arm)):
            path.moveTo(x + sx, y)
            path.lineTo(x, y)
            path.lineTo(x, y + sy)


def draw_chip(painter: QPainter, box: QRectF, text: str, score: str, bad: bool, em: int) -> None:
    """The label and, more discreetly, the score, above the box where there is room, else at its upper edge inside."""
    painter.save()
    painter.setFont(theme.font(painter.font(), theme.SMALL, bold=bad))
    metrics = QFontMetricsF(painter.font())
    gap, sign = em * 0.4, (em * 1.1 if bad else 0.0)
    words, number = metrics.horizontalAdvance(text), metrics.horizontalAdvance(score)
    width, height = sign + words + number + gap * 3, metrics.height() + em * 0.2
    limits = QRectF(painter.viewport())
    left = max(limits.left(), min(box.left(), limits.right() - width))
    top = box.top() - height - em * 0.25
    chip = QRectF(left, top if top >= limits.top() else box.top() + em * 0.25, width, height)
    painter.setPen(Qt.NoPen)
    painter.setBrush(CHIP)
    painter.drawRoundedRect(chip, em * 0.2, em * 0.2)
    tone = theme.TONES[Verdict.NOT_OK if bad else Verdict.OK]
    if bad:
        place = QRectF(chip.left() + em * 0.2, chip.top(), em, height)
        draw_badge(painter, Verdict.NOT_OK, place, tone.fill, tone.ink)
    painter.setPen(QPen(tone.mark if bad else INK))
    painter.drawText(chip.adjusted(gap + sign, 0, 0, 0), int(Qt.AlignLeft | Qt.AlignVCenter), text)
    painter.setFont(theme.font(painter.font()))
    painter.setPen(QPen(theme.CALM.mark))
    painter.drawText(chip.adjusted(0, 0, -gap, 0), int(Qt.AlignRight | Qt.AlignVCenter), score)
    painter.restore()


def _draw_region(painter: QPainter, box: QRectF, em: int) -> None:
    painter.setBrush(Qt.NoBrush)
    for color, style, width in ((HALO, Qt.SolidLine, 0.24), (theme.TONES[Verdict.NOT_OK].mark, Qt.DashLine, 0.14)):
        painter.setPen(QPen(color, max(2.0, em * width), style))
        painter.drawRect(box)


def _draw_missing(painter: QPainter, box: QRectF, component: str, em: int) -> None:
    """Dashes around the place and a cross in it, with the name of what should be there."""
    _draw_region(painter, box, em)
    side = min(em * 2.4, box.width() * 0.7, box.height() * 0.7)
    sign = QRectF(0, 0, side, side)
    sign.moveCenter(box.center())
    tone = theme.TONES[Verdict.NOT_OK]
    draw_badge(painter, Verdict.NOT_OK, sign, tone.fill, tone.ink)
    draw_chip(painter, box, component, "", True, em)


class Picture(QWidget):
    """Shows the newest view's frame; dimmed where it is no longer live, so that nobody takes it for the present."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Ignored)
        self.setAttribute(Qt.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Picture of the camera"))
        self._view = View()
        self._recipe: Recipe | None = None
        self._live = False
        self._usual: Mapping[str, tuple[Box, ...]] = {}

    def set_view(
        self,
        view: View,
        recipe: Recipe | None,
        live: bool,
        usual: Mapping[str, tuple[Box, ...]] = MappingProxyType({}),
    ) -> None:
        """live: it shows what lies there now. usual: where each component lies that always lies at the same places."""
        self._view, self._recipe, self._live, self._usual = view, recipe, live, usual
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.PICTURE)
        painter.setFont(theme.font(self.font()))
        cameras = list(self._view.aspects) if len(self._view.aspects) > 1 else [""]
        for camera, place in zip(cameras, side_by_side(QRectF(self.rect()), len(cameras)), strict=True):
            view = self._view.seen_by(camera) if camera else self._view
            if view.frame is not None:
                self._paint_frame(painter, view, view.frame.image, place)
            if camera:
                _draw_name(painter, place, camera)
        painter.end()

    def _paint_frame(self, painter: QPainter, view: View, pixels: Image, room: QRectF) -> None:
        rows = np.ascontiguousarray(pixels)
        image = as_image(rows)
        to_screen = fit((image.width(), image.height()), room)
        place = to_screen.mapRect(QRectF(0, 0, image.width(), image.height()))
        painter.setRenderHints(QPainter.SmoothPixmapTransform | QPainter.Antialiasing)
        painter.drawImage(place, image)
        if self._live:
            draw_boxes(painter, view, to_screen, self._recipe, self._usual)
        else:
            painter.fillRect(place, DIM)


def side_by_side(room: QRectF, count: int) -> list[QRectF]:
    """So many places of one size, in as many columns as rows or one more."""
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    width, height = room.width() / columns, room.height() / rows
    return [
        QRectF(room.left() + width * (index % columns), room.top() + height * (index // columns), width, height)
        for index in range(count)
    ]


def _draw_name(painter: QPainter, place: QRectF, camera: str) -> None:
    """Which camera it is, at the lower edge."""
    em = painter.fontInfo().pixelSize()
    width = QFontMetricsF(painter.font()).horizontalAdvance(camera) + em
    chip = QRectF(place.left() + em * 0.4, place.bottom() - em * 2, width, em * 1.6)
    painter.setPen(Qt.NoPen)
    painter.setBrush(CHIP)
    painter.drawRoundedRect(chip, em * 0.2, em * 0.2)
    painter.setPen(QPen(INK))
    painter.drawText(chip, int(Qt.AlignCenter), camera)
