"""A few held-out frames with what is seen in them now, while a training goes on."""

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.course import Sight
from ui.widgets.outlines import Kind, Outline, Still, draw_still
from ui.widgets.picture import fit
from ui.widgets.shapes import draw_badge

COLUMNS = 2
CAPTION = 1.7


class Previews(QWidget):
    """The pictures two by two, each with a line that says what is right or wrong in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self.setAccessibleName(self.tr("Frames that it never learns from, with what it sees in them now"))
        self.sights: tuple[Sight, ...] = ()
        self._images: dict[str, QImage] = {}

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def show_sights(self, sights: Sequence[Sight]) -> None:
        """Their pictures are small, and each is read once."""
        if tuple(sights) == self.sights:
            return
        self.sights = tuple(sights)
        known = self._images
        self._images = {one.picture: known.get(one.picture) or QImage(one.picture) for one in self.sights}
        self.setAccessibleDescription("; ".join(self.caption(one) for one in self.sights))
        self.update()

    def caption(self, sight: Sight) -> str:
        """What is to be seen in one."""
        wrong = sum(not right for *_, right in sight.seen)
        there = len(sight.missed) + len(sight.seen) - wrong
        if not there and not wrong:
            return self.tr("nothing there, nothing seen")
        if not there:
            return self.tr("nothing there, %1 seen").replace("%1", str(wrong))
        found = self.tr("%1 of %2 found").replace("%1", str(there - len(sight.missed))).replace("%2", str(there))
        return found if not wrong else self.tr("%1, %2 wrong").replace("%1", found).replace("%2", str(wrong))

    def places(self) -> list[QRectF]:
        """Of each picture with its line."""
        gap, rows = theme.em_of(self) * theme.GAP_M, max(1, -(-len(self.sights) // COLUMNS))
        width = (self.width() - gap * (COLUMNS - 1)) / COLUMNS
        height = (self.height() - gap * (rows - 1)) / rows
        return [
            QRectF(index % COLUMNS * (width + gap), index // COLUMNS * (height + gap), width, height)
            for index in range(len(self.sights))
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, sight in zip(self.places(), self.sights, strict=True):
            self._paint(painter, place, sight)
        painter.end()

    def _paint(self, painter: QPainter, place: QRectF, sight: Sight) -> None:
        em, image = theme.em_of(self), self._images[sight.picture]
        if image.isNull():
            return
        size = (image.width(), image.height())
        room = place.adjusted(0, 0, 0, -em * CAPTION)
        picture = fit(size, room).mapRect(QRectF(0, 0, *size))
        picture.moveTop(place.top())
        picture.moveLeft(place.left())
        draw_still(painter, image, Still(sight.picture, size, outlines_of(sight)), picture, em, large=False)
        self._paint_caption(painter, QRectF(place.left(), picture.bottom(), place.width(), em * CAPTION), sight)

    def _paint_caption(self, painter: QPainter, box: QRectF, sight: Sight) -> None:
        em = theme.em_of(self)
        verdict = Verdict.OK if sight.right else Verdict.NOT_OK
        tone = theme.TONES[verdict]
        draw_badge(painter, verdict, QRectF(box.left(), box.top() + em * 0.4, em, em), tone.fill, tone.ink)
        painter.setFont(theme.font(self.font(), theme.SMALL))
        painter.setPen(QPen(theme.TEXT))
        words = box.adjusted(em * 1.4, em * 0.1, 0, 0)
        text = QFontMetricsF(painter.font()).elidedText(self.caption(sight), Qt.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignLeft | Qt.AlignVCenter), text)


def outlines_of(sight: Sight) -> tuple[Outline, ...]:
    """Corners round what is right, a line round what is wrong, dashes round what was missed."""
    seen = (Outline(box, Kind.RIGHT if right else Kind.WRONG) for box, _, right in sight.seen)
    return (*(Outline(box, Kind.MISSED) for box in sight.missed), *seen)
