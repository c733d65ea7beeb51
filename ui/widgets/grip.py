"""Where a box is grabbed, and what it becomes when it is pulled there. Pure."""

from typing import NamedTuple

from PyQt5.QtCore import QPointF, QRectF

XYXY = tuple[float, float, float, float]
LEAST = 2.0
"""Pixels that a side keeps, however it is pulled, where nobody wants it to keep more."""


class Grip(NamedTuple):
    """-1 is the left or upper edge, 1 the right or lower one, 0 neither; (0, 0) is the whole box."""

    x: int
    y: int


WHOLE = Grip(0, 0)
HANDLES = tuple(Grip(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if (x, y) != (0, 0))


def handle(box: QRectF, grip: Grip) -> QPointF:
    """Where the handle of a grip lies on a box."""
    return QPointF(box.center().x() + grip.x * box.width() / 2, box.center().y() + grip.y * box.height() / 2)


def grip_at(box: QRectF, point: QPointF, reach: float) -> Grip | None:
    """Where the point grabs the box; None where it does not.

    reach: how far from an edge it may lie, as a finger needs it; inside, at most a third of the box, so that its middle
    is left to move it by.
    """
    if not box.adjusted(-reach, -reach, reach, reach).contains(point):
        return None
    x = _edge(point.x(), box.left(), box.right(), min(reach, box.width() / 3))
    y = _edge(point.y(), box.top(), box.bottom(), min(reach, box.height() / 3))
    return Grip(x, y)


def _edge(value: float, low: float, high: float, inner: float) -> int:
    if value < low + inner:
        return -1
    return 1 if value > high - inner else 0


def pulled(box: XYXY, grip: Grip, by: tuple[float, float], size: tuple[float, float], least: float = LEAST) -> XYXY:
    """The box pulled by so many pixels of the picture of that (width, height), whole ones, and never out of it.

    least: pixels that a side keeps.
    """
    if grip == WHOLE:
        (xmin, xmax), (ymin, ymax) = _pushed(box[0], box[2], by[0], size[0]), _pushed(box[1], box[3], by[1], size[1])
    else:
        xmin, xmax = _pulled(box[0], box[2], grip.x, by[0], size[0], least)
        ymin, ymax = _pulled(box[1], box[3], grip.y, by[1], size[1], least)
    return xmin, ymin, xmax, ymax


def _pushed(low: float, high: float, by: float, most: float) -> tuple[float, float]:
    step = min(max(round(by), -low), most - high)
    return low + step, high + step


def _pulled(low: float, high: float, edge: int, by: float, most: float, least: float) -> tuple[float, float]:
    if edge < 0:
        low = min(max(float(round(low + by)), 0.0), high - least)
    elif edge > 0:
        high = max(min(float(round(high + by)), most), low + least)
    return low, high


def spanned(one: QPointF, other: QPointF, size: tuple[float, float]) -> XYXY | None:
    """The box between two points of a picture of that (width, height), on whole pixels; None where nothing of it lies
    in the picture.
    """
    xmin, xmax = _spanned(one.x(), other.x(), size[0])
    ymin, ymax = _spanned(one.y(), other.y(), size[1])
    return (xmin, ymin, xmax, ymax) if xmax - xmin >= LEAST and ymax - ymin >= LEAST else None


def _spanned(one: float, other: float, most: float) -> tuple[float, float]:
    low, high = sorted((one, other))
    return float(max(round(low), 0)), float(min(round(high), most))
