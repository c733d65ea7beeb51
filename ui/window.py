"""The one window of the app."""

from collections.abc import Callable

from PyQt5.QtCore import QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QKeySequence
from PyQt5.QtWidgets import QMainWindow, QShortcut

from ui.bench import Bench
from ui.pages.station import StationPage
from ui.widgets.question import Question

PATIENCE_MS = 3000
"""How long a closed window waits, hidden, for what runs in it before the app leaves without it."""
Content = Bench | StationPage


class Window(QMainWindow):
    """Holds the bench, or the station alone. finished: it is closed and nothing of it runs, or that took too long.

    Args: make: the content; again where a person chose another look or language.
    """

    finished = pyqtSignal()

    def __init__(self, make: Callable[[], Content]) -> None:
        super().__init__()
        self.setWindowTitle("Assembly Inspector")
        self.setMinimumSize(960, 600)
        for key, act in (("F11", self.toggle_full_screen), ("Ctrl+Q", self.close)):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.finished)
        self._make, self._sure, self._anew = make, False, False
        self._hold(make())

    def _hold(self, content: Content) -> None:
        self.content = content
        self.setCentralWidget(content)
        self.question = Question(content)
        content.ended.connect(self._leave)
        if isinstance(content, Bench):
            content.restyled.connect(self._make_anew)

    def begin(self) -> None:
        """Come to the screen."""
        self.showMaximized()

    @pyqtSlot()
    def end(self) -> None:
        """The system ends the program, or whoever started it."""
        self.close()

    @pyqtSlot()
    def toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    @pyqtSlot(str)
    def tell(self, sentence: str) -> None:
        """Say that something went wrong inside the program, while everything else goes on."""
        self.content.tell(sentence)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.content.busy and not self._sure:
            all_the_same, stay = self.tr("Close all the same"), self.tr("Stay")
            self.question.ask(self.content.busy, all_the_same, stay, self.leave_all_the_same)
            event.ignore()
            return
        self.hide()
        self._patience.start(PATIENCE_MS)
        self.content.close_down()
        super().closeEvent(event)

    def leave_all_the_same(self) -> None:
        """Close, whatever is busy or not saved yet."""
        self._sure = True
        self.close()

    @pyqtSlot()
    def _make_anew(self) -> None:
        """For another look or language."""
        if self.content.busy:
            self.tell(self.tr("It changes at the next start, since something runs."))
            return
        self._anew = True
        self.content.close_down()

    @pyqtSlot()
    def _leave(self) -> None:
        if self._anew:
            self._anew = False
            self._hold(self._make())
        elif self.isHidden():
            self.finished.emit()
