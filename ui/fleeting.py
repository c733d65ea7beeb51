"""A sentence that goes by itself after a while: of what happened, where nobody has to do anything for it to be over."""

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

STAYS_MS = 30_000


class Fleeting(QObject):
    """said: emitted with a sentence on any thread. changed: `text`, "" for none, is another."""

    said = pyqtSignal(str)
    changed = pyqtSignal()

    def __init__(self, parent: QObject, stays_ms: int = STAYS_MS) -> None:
        super().__init__(parent)
        self.text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(stays_ms)
        self._timer.timeout.connect(self._forget)
        self.said.connect(self._take)

    @pyqtSlot(str)
    def _take(self, sentence: str) -> None:
        self.text = sentence
        self._timer.start()
        self.changed.emit()

    @pyqtSlot()
    def _forget(self) -> None:
        self.text = ""
        self.changed.emit()
