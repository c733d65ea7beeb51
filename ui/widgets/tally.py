"""How many passed, failed and were unsure in this run, and the last ten as tiles."""

from collections import deque
from collections.abc import Mapping

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import NO_COUNTS
from ui import theme
from ui.widgets.shapes import draw_badge

JUDGED = (Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE)


class Tally(QWidget):
    """The counts since the start."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.setAccessibleName(self.tr("Counts of this run"))
        self._counts: Mapping[Verdict, int] = NO_COUNTS

    def set_counts(self, counts: Mapping[Verdict, int]) -> None:
        if dict(counts) != dict(self._counts):
            self._counts = dict(counts)
            self.setAccessibleDescription(", ".join(f"{name} {count}" for _, name, count in self.figures()))
            self.update()

    def figures(self) -> list[tuple[Verdict, str, int]]:
        """Each column: the verdict that it counts, its caption, its number. UNDEFINED stands for the total."""
        captions = (self.tr("Passed"), self.tr("Failed"), self.tr("Unsure"))
        counts = [self._counts.get(verdict, 0) for verdict in JUDGED]
        columns = list(zip(JUDGED, captions, counts, strict=True))
        return [*columns, (Verdict.UNDEFINED, self.tr("Total"), sum(counts))]

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
    """The last ten inspections, the newest at the right."""

    PLACES = 10

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.setAccessibleName(self.tr("Last ten inspections"))
        self.inspections: deque[Inspection] = deque(maxlen=self.PLACES)

    def add(self, inspection: Inspection) -> None:
        self.inspections.append(inspection)
        self.setAccessibleDescription(", ".join(i.verdict.word for i in self.inspections))
        self.update()

    def clear(self) -> None:
        self.inspections.clear()
        self.setAccessibleDescription("")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, int(theme.em_of(self) * 2.4))

    def tiles(self) -> list[QRectF]:
        """The places from left to right."""
        gap = theme.em_of(self) * 0.4
        width = (self.width() - gap * (self.PLACES - 1)) / self.PLACES
        return [QRectF(index * (width + gap), 0, width, self.height()) for index in range(self.PLACES)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        empty = self.PLACES - len(self.inspections)
        verdicts = [Verdict.UNDEFINED] * empty + [inspection.verdict for inspection in self.inspections]
        for tile, verdict in zip(self.tiles(), verdicts, strict=True):
            self._paint(painter, tile, verdict)
        painter.end()

    def _paint(self, painter: QPainter, tile: QRectF, verdict: Verdict) -> None:
        em, tone = theme.em_of(self), theme.TONES[verdict]
        painter.setPen(Qt.NoPen)
        painter.setBrush(tone.fill)
        painter.drawRoundedRect(tile, em * 0.35, em * 0.35)
        if verdict is not Verdict.UNDEFINED:
            inner = tile.adjusted(em * 0.4, em * 0.4, -em * 0.4, -em * 0.4)
            draw_badge(painter, verdict, inner, tone.ink, tone.fill)
