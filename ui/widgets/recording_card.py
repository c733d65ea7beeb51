"""One recording in the list, and one that is still to be made."""

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtGui import QIcon, QImage, QKeyEvent, QPixmap
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from inspector.capture.claim import Claim
from inspector.labeling.coach import ENOUGH
from inspector.labeling.collection import Kept
from ui import theme
from ui.durations import clock, moment
from ui.widgets.claim_look import claim_pixmap, in_words
from ui.widgets.deed import Deed
from ui.widgets.line import Line
from ui.widgets.shapes import Sign

THUMB_WIDTH, THUMB_HEIGHT = 5.6, 4.2


class RecordingCard(QFrame):
    """thrown: a person wants it gone."""

    thrown = pyqtSignal()

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.StrongFocus)
        self.kept = kept
        self._picture = QPixmap()
        self.thumb, self.badge = QLabel(), QLabel()
        self.title, self.when = Line(Qt.AlignLeft), QLabel()
        self.when.setObjectName("caption")
        self.much, self.seen = (Line(Qt.AlignLeft, theme.SMALL) for _ in range(2))
        self.bin = Deed(Sign.BIN, self.tr("Delete"), shown=False)
        self.bin.clicked.connect(self.thrown)
        self._arrange()
        self._tell()

    def _arrange(self) -> None:
        self.thumb.setAlignment(Qt.AlignCenter)
        self._head, column, self._row = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(self)
        self._head.addWidget(self.badge)
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.when)
        column.setSpacing(0)
        column.addStretch(1)
        column.addLayout(self._head)
        column.addWidget(self.much)
        column.addWidget(self.seen)
        column.addStretch(1)
        self._row.addWidget(self.thumb)
        self._row.addLayout(column, 1)
        self._row.addWidget(self.bin)

    def _tell(self) -> None:
        words = in_words(self.kept.claim)
        self.title.set_text(words)
        self.much.set_text(self._how_much())
        self.seen.set_text(self._how_seen())
        self.when.setText(moment(self.kept.recording.recorded_at))
        self.setAccessibleName(f"{words}, {self.when.text()}, {self.much.text}, {self.seen.text}")
        self.bin.setAccessibleName(self.tr("Delete %1").replace("%1", words))

    def _how_much(self) -> str:
        recording = self.kept.recording
        if recording.kind == "pictures":
            return self.tr("%1 pictures").replace("%1", str(recording.frames))
        frames = self.tr("%1 frames").replace("%1", str(recording.frames))
        lost = self.tr("%1 lost").replace("%1", str(recording.dropped)) if recording.dropped else ""
        length = clock(recording.seconds) if recording.seconds is not None else ""
        return "  ·  ".join(filter(None, (length, frames, lost)))

    def _how_seen(self) -> str:
        views = self.kept.views
        if views is None:
            return ""
        seen = self.tr("%1 views: few") if views < ENOUGH else self.tr("%1 views: enough")
        return seen.replace("%1", str(views))

    def set_picture(self, picture: QImage) -> None:
        self._picture = QPixmap.fromImage(picture)
        self._show_picture()

    def _show_picture(self) -> None:
        if not self._picture.isNull():
            ratio = self.devicePixelRatioF()
            size = self.thumb.size() * ratio
            fitted = self._picture.scaled(size, Qt.KeepAspectRatio, Qt.SmoothTransformation)
            fitted.setDevicePixelRatio(ratio)
            self.thumb.setPixmap(fitted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key_Delete:
            self.thrown.emit()
        else:
            super().keyPressEvent(event)

    def scale(self, em: int) -> None:
        gap, size = round(em * 0.5), round(em * 1.1)
        self._row.setContentsMargins(gap, gap, 0, gap)
        self._row.setSpacing(round(em * 0.6))
        self._head.setSpacing(round(em * theme.GAP_S))
        self.thumb.setFixedSize(round(em * THUMB_WIDTH), round(em * THUMB_HEIGHT))
        self.badge.setPixmap(claim_pixmap(self.kept.claim, size, self.devicePixelRatioF()))
        self.bin.scale()
        for line in (self.title, self.much, self.seen):
            line.updateGeometry()
        self._show_picture()


class MissingCard(QPushButton):
    """A recording that the recipe still needs; pressing it chooses it."""

    def __init__(self, claim: Claim, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("missing")
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.claim = claim
        words = self.tr("%1: still to record").replace("%1", in_words(claim))
        self.setText(f" {words}")

    def scale(self, em: int) -> None:
        size = round(em * 1.4)
        self.setFixedHeight(round(em * theme.TOUCH))
        self.setIcon(QIcon(claim_pixmap(self.claim, size, self.devicePixelRatioF())))
        self.setIconSize(QSize(size, size))
