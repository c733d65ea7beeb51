"""What is asked of whoever stands at the station: beside the live verdict, never in its way, and not for long."""

from PyQt5.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QHideEvent, QKeyEvent
from PyQt5.QtWidgets import QFrame, QWidget

from ui import theme

PATIENCE_MS = 30_000


class Aside(QFrame):
    """Hidden until it comes; then it lies over a part of the page, and goes when nobody touches it for a while.

    gone: it went, by itself or because somebody sent it away. Nothing waits for it.

    Args: over: the part of the page that it lies over.
    """

    gone = pyqtSignal()

    def __init__(self, over: QWidget, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__(over.parentWidget() or over)
        self.setObjectName("notice")
        self.setFocusPolicy(Qt.StrongFocus)
        self._over = over
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(patience_ms)
        self._patience.timeout.connect(self.go)
        over.installEventFilter(self)
        self.hide()

    def come(self) -> None:
        """Show it, and let the keys go to it."""
        self._place()
        self.show()
        self.raise_()
        self.setFocus()
        self.touch()

    def touch(self) -> None:
        """Somebody uses it: it stays."""
        self._patience.start()

    @pyqtSlot()
    def go(self) -> None:
        """Take it away."""
        self._patience.stop()
        if not self.isHidden():
            self.hide()
            self.gone.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        self._patience.stop()
        super().hideEvent(event)

    def wanted(self, room: QSize) -> QSize:
        """How large it is, where there is so much room."""
        return room

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.touch()
        if event.key() == Qt.Key_Escape:
            self.go()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        room = self._over.geometry() if self._over is not self.parentWidget() else self._over.rect()
        em = theme.em_of(self.parentWidget())
        self.scale(em)
        size = self.wanted(room.size()).boundedTo(room.size())
        place = QRect(room.topLeft(), size)
        place.moveCenter(room.center())
        self.setGeometry(place)

    def scale(self, em: int) -> None:
        """The font size is now so many pixels: margins, spacings and fixed sizes follow."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() in (QEvent.Resize, QEvent.Move) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
