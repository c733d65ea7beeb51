"""The live picture while somebody records, framed so that nobody can mistake what is being recorded."""

import time

from PyQt5.QtCore import QRectF, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from inspector.capture.claim import Claim
from inspector.frame import Frame
from ui import theme
from ui.widgets.claim_look import ClaimLook, claim_look, draw_claim, frame_brush
from ui.widgets.picture import DIM, INK, as_image, fit
from ui.widgets.shapes import Sign, draw_sign


class Viewfinder(QWidget):
    """Shows the newest frame. While it is recorded, a band of the claim's colour, words and shape lies around it.

    took_s: how long it was drawn the last time.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Ignored)
        self.setAttribute(Qt.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Picture of the camera"))
        self.frame: Frame | None = None
        self.claim: Claim | None = None
        self.recording = self.live = False
        self.took_s = 0.0

    def set_frame(self, frame: Frame | None, live: bool) -> None:
        """live: it is of what lies there now; else it is dimmed."""
        if frame is not self.frame or live != self.live:
            self.frame, self.live = frame, live
            self.update()

    def set_claim(self, claim: Claim | None, recording: bool) -> None:
        if (claim, recording) != (self.claim, self.recording):
            self.claim, self.recording = claim, recording
            self.setAccessibleDescription(self.banner)
            self.update()

    @property
    def banner(self) -> str:
        """What stands over the picture."""
        if self.claim is None:
            return ""
        words = claim_look(self.claim).sentence
        return self.tr("Recording: %1").replace("%1", words) if self.recording else words

    def paintEvent(self, event: QPaintEvent) -> None:
        began_s, painter = time.perf_counter(), QPainter(self)
        painter.fillRect(self.rect(), theme.PICTURE)
        place = self._place()
        if self.frame is not None:
            self._paint_frame(painter, place)
        if self.claim is not None:
            self._paint_banner(painter, claim_look(self.claim))
        painter.end()
        self.took_s = time.perf_counter() - began_s

    def _place(self) -> QRectF:
        """Where the picture lies: the frame and its band take nothing of it, whether or not they are there."""
        em, box = theme.em_of(self), QRectF(self.rect())
        inner = box.adjusted(em * 0.6, em * 2.6, -em * 0.6, -em * 0.6)
        if self.frame is None:
            return inner
        size = self.frame.size
        return fit(size, inner).mapRect(QRectF(0, 0, *size))

    def _paint_frame(self, painter: QPainter, place: QRectF) -> None:
        assert self.frame is not None
        painter.setRenderHint(QPainter.SmoothPixmapTransform)
        painter.drawImage(place, as_image(self.frame.image))
        if not self.live:
            painter.fillRect(place, DIM)

    def _paint_banner(self, painter: QPainter, look: ClaimLook) -> None:
        em, box = theme.em_of(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.Antialiasing)
        band = QRectF(box.left(), box.top(), box.width(), em * 2.6)
        if self.recording:
            self._paint_border(painter, box, look, em)
            painter.fillRect(band, look.tone.fill)
        ink = look.tone.ink if self.recording else INK
        badge = QRectF(band.left() + em * 0.7, band.top() + em * 0.4, em * 1.8, em * 1.8)
        fill, sign = (look.tone.ink, look.tone.fill) if self.recording else (look.tone.fill, look.tone.ink)
        draw_claim(painter, look, badge, fill, sign)
        self._paint_words(painter, band.adjusted(em * 3.1, 0, -em * 0.7, 0), look, ink)

    def _paint_border(self, painter: QPainter, box: QRectF, look: ClaimLook, em: int) -> None:
        side, brush = em * 0.6, frame_brush(look, em)
        for edge in (
            QRectF(box.left(), box.top(), side, box.height()),
            QRectF(box.right() - side, box.top(), side, box.height()),
            QRectF(box.left(), box.bottom() - side, box.width(), side),
        ):
            painter.fillRect(edge, brush)

    def _paint_words(self, painter: QPainter, box: QRectF, look: ClaimLook, ink: QColor) -> None:
        em, upright = theme.em_of(self), int(Qt.AlignLeft | Qt.AlignVCenter)
        painter.setPen(QPen(ink))
        painter.setFont(theme.font(self.font(), theme.STRONG, bold=True))
        title = QFontMetricsF(painter.font()).horizontalAdvance(look.title)
        painter.drawText(box, upright, look.title)
        painter.setFont(theme.font(self.font(), theme.STRONG))
        painter.drawText(box.adjusted(title + em * 0.6, 0, 0, 0), upright, look.text)
        if self.recording:
            word = self.tr("RECORDING")
            painter.setFont(theme.font(self.font(), theme.STRONG, bold=True))
            painter.drawText(box, int(Qt.AlignRight | Qt.AlignVCenter), word)
            width = QFontMetricsF(painter.font()).horizontalAdvance(word)
            dot = QRectF(box.right() - width - em * 1.5, box.center().y() - em * 0.5, em, em)
            draw_sign(painter, Sign.RECORD, dot, look.tone.ink)
