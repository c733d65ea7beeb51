"""The one window of the app."""

from PyQt5.QtCore import QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QKeySequence
from PyQt5.QtWidgets import QMainWindow, QShortcut

from ui.bridge import Phase
from ui.pages.station import StationPage

PATIENCE_MS = 3000
"""How long a closed window waits, hidden, for its station to end before the app leaves without it."""


class Window(QMainWindow):
    """Holds the page. finished: it is closed and its station is gone, or took too long."""

    finished = pyqtSignal()

    def __init__(self, page: StationPage) -> None:
        super().__init__()
        self.setWindowTitle("Assembly Inspector")
        self.page = page
        self.setCentralWidget(page)
        self.setMinimumSize(960, 600)
        for key, act in (("Space", page.toggle), ("F11", self.toggle_full_screen), ("Ctrl+Q", self.close)):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        page.bridge.changed.connect(self._leave)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.finished)
        page.start.setFocus()

    @pyqtSlot()
    def toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    @pyqtSlot(str)
    def tell(self, sentence: str) -> None:
        """Say that something went wrong inside the program, while everything else goes on."""
        self.page.tell(sentence)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.hide()
        self.page.bridge.close()
        self._leave()
        self._patience.start(PATIENCE_MS)
        super().closeEvent(event)

    @pyqtSlot()
    def _leave(self) -> None:
        if self.isHidden() and self.page.bridge.phase is Phase.IDLE:
            self.finished.emit()
