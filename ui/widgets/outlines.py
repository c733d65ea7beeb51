"""Boxes on a still picture: what is right, what is wrong, what was missed, and what hardly counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QTransform

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.widgets.picture import CHIP, HALO, INK


class Kind(Enum):
    """What an outline says: corners for what is right, a whole line for what is wrong, dashes for what was not seen,
    dots for what scores too little to count.
    """

    RIGHT = auto()
    WRONG = auto()
    MISSED = auto()
    FAINT = auto()


LINES = {Kind.RIGHT: Qt.SolidLine, Kind.WRONG: Qt.SolidLine, Kind.MISSED: Qt.DashLine, Kind.FAINT: Qt.DotLine}


@dataclass(frozen=True)
class Outline:
    """box: xyxy in pixels of the picture; text: beside it, "" for nothing."""

    box: tuple[float, ...]
    kind: Kind
    text: str = ""


@dataclass(frozen=True)
class Still:
    """A picture with what is drawn on it. size: (width, height) in whose pixels the outlines are. caption: a line under
    a small one; text: the sentence beside a large one; wrong: whether it shows a mistake.
    """

    picture: str
    size: tuple[int, int]
    outlines: tuple[Outline, ...] = ()
    caption: str = ""
    text: str = ""
    wrong: bool = False


def color_of(kind: Kind) -> QColor:
    """As it is drawn on a picture."""
    if kind is Kind.FAINT:
        return theme.CALM.mark
    verdicts = {Kind.RIGHT: Verdict.OK, Kind.WRONG: Verdict.NOT_OK, Kind.MISSED: Verdict.NOT_DECIDABLE}
    return theme.TONES[verdicts[kind]].mark


def draw_still(painter: QPainter, image: QImage, still: Still, place: QRectF, em: float, large: bool) -> None:
    """The picture into a place of its own aspect, its outlines over it. large: with their texts, and with what hardly
    counts.
    """
    painter.save()
    painter.setClipRect(place)
    painter.setRenderHints(QPainter.SmoothPixmapTransform | QPainter.Antialiasing)
    painter.drawImage(place, image)
    width, height = still.size
    to_screen = QTransform(place.width() / width, 0, 0, place.height() / height, place.left(), place.top())
    draw_outlines(painter, [one for one in still.outlines if large or one.kind is not Kind.FAINT], to_screen, em)
    if large:
        for outline in (one for one in still.outlines if one.text):
            _draw_text(painter, outline, to_screen.mapRect(_rect(outline.box)), place, em)
    painter.restore()


def draw_outlines(painter: QPainter, outlines: Sequence[Outline], to_screen: QTransform, em: float) -> None:
    """The lines alone. em: the size that they follow, in pixels."""
    painter.setBrush(Qt.NoBrush)
    for outline in outlines:
        box, path = to_screen.mapRect(_rect(outline.box)), QPainterPath()
        if outline.kind is Kind.RIGHT:
            _add_corners(path, box, min(em * 1.1, box.width() / 3, box.height() / 3))
        else:
            path.addRect(box)
        width = max(1.5, em * 0.14)
        for color, extra, line in ((HALO, 1.6, Qt.SolidLine), (color_of(outline.kind), 0.0, LINES[outline.kind])):
            painter.setPen(QPen(color, width + extra, line, Qt.FlatCap, Qt.MiterJoin))
            painter.drawPath(path)


def _rect(box: Sequence[float]) -> QRectF:
    return QRectF(QPointF(box[0], box[1]), QPointF(box[2], box[3]))


def _add_corners(path: QPainterPath, box: QRectF, arm: float) -> None:
    for x, sx in ((box.left(), arm), (box.right(), -arm)):
        for y, sy in ((box.top(), arm), (box.bottom(), -arm)):
            path.moveTo(x + sx, y)
            path.lineTo(x, y)
            path.lineTo(x, y + sy)


def _draw_text(painter: QPainter, outline: Outline, box: QRectF, limits: QRectF, em: float) -> None:
    """Above the box where there is room, else at its upper edge inside; of what was missed below, for what was seen in
    its place has its own words above.
    """
    painter.setFont(theme.font(painter.font(), theme.BODY))
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(outline.text) + em * 0.8, metrics.height() + em * 0.15
    left = max(limits.left(), min(box.left(), limits.right() - width))
    top = box.top() - height - em * 0.2
    if outline.kind is Kind.MISSED:
        top = min(box.bottom() + em * 0.2, limits.bottom() - height)
    chip = QRectF(left, top if top >= limits.top() else box.top() + em * 0.2, width, height)
    painter.setPen(Qt.NoPen)
    painter.setBrush(CHIP)
    painter.drawRoundedRect(chip, em * 0.2, em * 0.2)
    painter.setPen(QPen(INK if outline.kind is Kind.RIGHT else color_of(outline.kind)))
    painter.drawText(chip, int(Qt.AlignCenter), outline.text)
