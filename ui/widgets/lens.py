"""Which part of a picture is seen, and how large. Pure."""

from dataclasses import dataclass

from PyQt5.QtCore import QPointF, QRectF

LARGEST = 32.0
"""Pixels of the screen that one pixel of the picture may fill."""


@dataclass(frozen=True)
class Lens:
    """scale: pixels of the screen a pixel of the picture. left, top: where the picture's own corner lies on the widget;
    it may lie outside.
    """

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @classmethod
    def fitted(cls, size: tuple[int, int], place: QRectF) -> "Lens":
        """The whole picture of that (width, height), in the middle of the place."""
        scale = min(place.width() / size[0], place.height() / size[1])
        return cls(scale).held(size, place)

    def zoomed(self, factor: float, at: QPointF, size: tuple[int, int], place: QRectF) -> "Lens":
        """Nearer by that factor, with what lies under the point of the screen staying there; never smaller than the
        whole picture.
        """
        least = Lens.fitted(size, place).scale
        scale = max(least, min(self.scale * factor, max(LARGEST, least)))
        there = self.to_picture(at)
        return Lens(scale, at.x() - there.x() * scale, at.y() - there.y() * scale).held(size, place)

    def moved(self, by: QPointF, size: tuple[int, int], place: QRectF) -> "Lens":
        """Pushed aside by so many pixels of the screen."""
        return Lens(self.scale, self.left + by.x(), self.top + by.y()).held(size, place)

    def held(self, size: tuple[int, int], place: QRectF) -> "Lens":
        """With no empty border where the picture is larger than the place, and in its middle where it is smaller."""
        left = _held(self.left, size[0] * self.scale, place.left(), place.width())
        return Lens(self.scale, left, _held(self.top, size[1] * self.scale, place.top(), place.height()))

    def to_picture(self, point: QPointF) -> QPointF:
        """A point of the screen in pixels of the picture."""
        return QPointF((point.x() - self.left) / self.scale, (point.y() - self.top) / self.scale)

    def to_screen(self, xyxy: tuple[float, float, float, float]) -> QRectF:
        """A box of the picture on the screen."""
        xmin, ymin, xmax, ymax = (value * self.scale for value in xyxy)
        return QRectF(self.left + xmin, self.top + ymin, xmax - xmin, ymax - ymin)


def _held(start: float, length: float, first: float, room: float) -> float:
    if length <= room:
        return first + (room - length) / 2
    return min(first, max(start, first + room - length))
