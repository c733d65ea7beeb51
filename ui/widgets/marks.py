"""How boxes look while they are edited: what each is of, whether it only waits, and what is grabbed."""

from collections.abc import Collection
from dataclasses import dataclass

from PyQt5.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPen

from inspector.inspection.verdict import Verdict
from inspector.recipe import Label
from ui import theme
from ui.widgets.grip import HANDLES, handle
from ui.widgets.picture import HALO, INK, caption, draw_chip

CHIP = QRectF(-0.5, -2.0, 18.0, 2.5)
"""Where a chip lies beside its box's upper left corner, in em, at the most."""


@dataclass(frozen=True)
class Look:
    """How a label is drawn: lookalikes with dots between their dashes, what waits for a person with dashes alone."""

    color: QColor
    style: Qt.PenStyle
    bad: bool


def look_of(label: Label, failing: Collection[Label], waits: bool) -> Look:
    """failing: the labels that must not be seen at a station."""
    bad = label in failing
    verdict = Verdict.NOT_DECIDABLE if label.lookalike else Verdict.NOT_OK if bad else Verdict.OK
    style = Qt.DashLine if waits else Qt.DashDotLine if label.lookalike else Qt.SolidLine
    return Look(theme.TONES[verdict].mark, style, bad)


def name_of(label: Label) -> str:
    """The label as a person says it; a lookalike's is of what it looks like."""
    if label.lookalike:
        return QCoreApplication.translate("Marks", "looks like %1").replace("%1", label.component)
    return caption(label)


def draw_mark(painter: QPainter, box: QRectF, label: Label, look: Look, score: str, chosen: bool) -> None:
    """One box with its label, and its handles where it is chosen. Sizes follow the painter's font."""
    em = painter.fontInfo().pixelSize()
    width = max(2.0, em * (0.19 if chosen else 0.14))
    painter.setBrush(Qt.NoBrush)
    for color, extra, style in ((HALO, 2.0, Qt.SolidLine), (look.color, 0.0, look.style)):
        painter.setPen(QPen(color, width + extra, style, Qt.FlatCap, Qt.MiterJoin))
        painter.drawRect(box)
    draw_chip(painter, box, name_of(label), score, look.bad, em)
    if chosen:
        _draw_handles(painter, box, em * 0.38)


def _draw_handles(painter: QPainter, box: QRectF, half: float) -> None:
    """Those of the edges' middles are left out where they would touch those of the corners."""
    roomy = (box.width() > half * 8, box.height() > half * 8)
    painter.setPen(QPen(HALO, 1.5))
    painter.setBrush(INK)
    for grip in HANDLES:
        if (grip.x or roomy[0]) and (grip.y or roomy[1]):
            middle = handle(box, grip)
            painter.drawRect(QRectF(middle - QPointF(half, half), middle + QPointF(half, half)))


def room_of(box: QRectF, em: float) -> QRectF:
    """All that a mark may cover: outline, handles, and a chip above or, where there is no room, inside."""
    chip = QRectF(CHIP.left() * em, CHIP.top() * em, CHIP.width() * em, (CHIP.height() + 2.5) * em)
    return box.adjusted(-em, -em, em, em).united(chip.translated(box.topLeft()))


def draw_crosshair(painter: QPainter, at: QPointF, place: QRectF) -> None:
    """Two lines through a point, over the whole place."""
    for color, width in ((HALO, 3.0), (INK, 1.0)):
        painter.setPen(QPen(color, width))
        painter.drawLine(QPointF(at.x(), place.top()), QPointF(at.x(), place.bottom()))
        painter.drawLine(QPointF(place.left(), at.y()), QPointF(place.right(), at.y()))
