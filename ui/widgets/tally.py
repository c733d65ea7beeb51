"""How many passed, failed and were unsure in this shift, and the last ten with their pictures."""

from collections import deque
from collections.abc import Iterable, Mapping

from PyQt5.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import NO_COUNTS
from ui import theme
from ui.widgets.shapes import draw_badge

JUDGED = (Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE)


class Tally(QWidget):
    """The counts since a shift began, or since the start of the run where the records cannot tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.setAccessibleName(self.tr("Counts"))
        self._since = ""
        self._counts: Mapping[Verdict, int] = NO_COUNTS

    def set_counts(self, counts: Mapping[Verdict, int], since: str = "") -> None:
        """since: the time of the day when the shift began, "" for the counts of the run."""
        if dict(counts) != dict(self._counts) or since != self._since:
            self._counts, self._since = dict(counts), since
            self.setAccessibleDescription(", ".join(f"{name} {count}" for _, name, count in self.figures()))
            self.update()

    def figures(self) -> list[tuple[Verdict, str, int]]:
        """Each column: the verdict that it counts, its caption, its number. UNDEFINED stands for the total."""
        captions = (self.tr("Passed"), self.tr("Failed"), self.tr("Unsure"))
        counts = [self._counts.get(verdict, 0) for verdict in JUDGED]
        columns = list(zip(JUDGED, captions, counts, strict=True))
        total = self.tr("Since %1").replace("%1", self._since) if self._since else self.tr("Total")
        return [*columns, (Verdict.UNDEFINED, total, sum(counts))]

    def sizeHint(self) -> QSize:
        return QSize(0, int(theme.em_of(self) * 4.4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        figures = self.figures()
        width = self.width() / len(figures)
        for index, (verdict, caption, count) in enumerate(figures):
            self._paint(painter, QRectF(index * width, 0, width, self.height()), verdict, caption, count)
        painter.end()

    def _paint(self, painter: QPainter, box: QRectF, verdict: Verdict, caption: str, count: int) -> None:
        em, tone = theme.em_of(self), theme.TONES[verdict]
        if verdict is not Verdict.UNDEFINED:
            draw_badge(painter, verdict, QRectF(box.left(), em * 3.05, em, em), tone.fill, tone.ink)
            caption_box = QRectF(box.left() + em * 1.4, em * 2.9, box.width() - em * 1.4, em * 1.3)
        else:
            caption_box = QRectF(box.left(), em * 2.9, box.width(), em * 1.3)
        painter.setFont(theme.font(self.font(), theme.FIGURE, bold=True))
        painter.setPen(QPen(theme.TEXT if count else theme.FAINT))
        painter.drawText(QRectF(box.left(), 0, box.width(), em * 2.9), int(Qt.AlignLeft | Qt.AlignVCenter), str(count))
        painter.setFont(theme.font(self.font(), theme.SMALL))
        painter.setPen(QPen(theme.MUTED))
        painter.drawText(caption_box, int(Qt.AlignLeft | Qt.AlignVCenter), caption)


class Recent(QWidget):
    """The last ten inspections with their pictures, the newest at the right. opened: a person wants to see one large,
    with the finger or with the arrow keys and Enter.
    """

    PLACES = 10
    opened = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setAccessibleName(self.tr("Last ten inspections"))
        self.inspections: deque[Inspection] = deque(maxlen=self.PLACES)
        self._images: dict[str, QImage] = {}
        self._at = self.PLACES - 1

    def add(self, inspection: Inspection) -> None:
        if all(other.id != inspection.id for other in self.inspections):
            self.show_all([*self.inspections, inspection])

    def show_all(self, inspections: Iterable[Inspection]) -> None:
        """These, the oldest first, and no others."""
        self.inspections = deque(inspections, maxlen=self.PLACES)
        self._images = {i.id: self._images[i.id] for i in self.inspections if i.id in self._images}
        self.setAccessibleDescription(", ".join(i.verdict.word for i in self.inspections))
        self.update()

    def picture(self, inspection: str, image: QImage) -> None:
        """The small picture of one of them, by its id."""
        if any(known.id == inspection for known in self.inspections):
            self._images[inspection] = image
            self.update()

    def clear(self) -> None:
        self.show_all(())

    def sizeHint(self) -> QSize:
        return QSize(0, int(theme.em_of(self) * 5.4))

    def tiles(self) -> list[QRectF]:
        """The places from left to right."""
        gap = theme.em_of(self) * 0.4
        width = (self.width() - gap * (self.PLACES - 1)) / self.PLACES
        return [QRectF(index * (width + gap), 0, width, self.height()) for index in range(self.PLACES)]

    def at(self, place: int) -> Inspection | None:
        """What is shown there; None for an empty place."""
        index = place - (self.PLACES - len(self.inspections))
        return self.inspections[index] if 0 <= index < len(self.inspections) else None

    # What a person does

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, tile in enumerate(self.tiles()):
            if tile.contains(QPointF(event.pos())):
                self._at = place
                self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key_Left: -1, Qt.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._at = min(max(self._at + step, 0), self.PLACES - 1)
            self.update()
        elif event.key() in (Qt.Key_Return, Qt.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self.update()
        inspection = self.at(self._at)
        if inspection is not None:
            self.opened.emit(inspection)

    # How it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.Antialiasing | QPainter.SmoothPixmapTransform)
        for place, tile in enumerate(self.tiles()):
            self._paint(painter, tile, self.at(place))
            if place == self._at and self.hasFocus():
                painter.setPen(QPen(theme.FOCUS, theme.em_of(self) * 0.2))
                painter.setBrush(Qt.NoBrush)
                painter.drawRoundedRect(tile.adjusted(1, 1, -1, -1), theme.em_of(self) * 0.35, theme.em_of(self) * 0.35)
        painter.end()

    def _paint(self, painter: QPainter, tile: QRectF, inspection: Inspection | None) -> None:
        em, tone = theme.em_of(self), theme.TONES[inspection.verdict if inspection else Verdict.UNDEFINED]
        painter.setPen(Qt.NoPen)
        painter.setBrush(tone.fill)
        painter.drawRoundedRect(tile, em * 0.35, em * 0.35)
        if inspection is None:
            return
        edge, side = em * 0.3, min(em * 1.7, tile.height() * 0.5)
        inner = tile.adjusted(edge, edge, -edge, -edge)
        badge = QRectF(inner.left(), inner.bottom() - side, side, side)
        image = self._images.get(inspection.id)
        if image is None or image.isNull():
            badge.moveCenter(inner.center())
        else:
            self._paint_image(painter, inner, image)
            painter.setPen(Qt.NoPen)
            painter.setBrush(tone.fill)
            painter.drawRoundedRect(badge.adjusted(-edge, -edge * 0.5, edge * 0.5, edge), em * 0.35, em * 0.35)
        draw_badge(painter, inspection.verdict, badge, tone.ink, tone.fill)

    def _paint_image(self, painter: QPainter, place: QRectF, image: QImage) -> None:
        """The middle of the picture, as much as fills the place."""
        scale = max(place.width() / image.width(), place.height() / image.height())
        part = QRectF(0, 0, place.width() / scale, place.height() / scale)
        part.moveCenter(QRectF(image.rect()).center())
        path = QPainterPath()
        path.addRoundedRect(place, theme.em_of(self) * 0.2, theme.em_of(self) * 0.2)
        painter.save()
        painter.setClipPath(path)
        painter.drawImage(place, image, part)
        painter.restore()
