"""A pointer that hides while nobody moves it."""

from PyQt5.QtCore import QEvent, QObject, Qt, QTimer, pyqtSlot
from PyQt5.QtWidgets import QApplication

STILL_MS = 3000
MOVES = (QEvent.MouseMove, QEvent.MouseButtonPress, QEvent.Wheel)


class Pointer(QObject):
    """Hidden after STILL_MS, over the whole program; back with the next move. With `release` it stays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hidden = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STILL_MS)
        self._timer.timeout.connect(self._hide)

    def hold(self) -> None:
        """Hide it whenever it is still."""
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self._timer.start()

    def release(self) -> None:
        """Leave it alone."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        self._timer.stop()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES:
            self._show()
            self._timer.start()
        return False

    @pyqtSlot()
    def _hide(self) -> None:
        if not self.hidden:
            self.hidden = True
            QApplication.setOverrideCursor(Qt.BlankCursor)

    def _show(self) -> None:
        if self.hidden:
            self.hidden = False
            QApplication.restoreOverrideCursor()
