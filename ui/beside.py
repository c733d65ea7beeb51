"""A window beside that of a station, which goes on."""

from collections.abc import Callable

from PyQt5.QtCore import QObject, QTimer, pyqtSlot

from ui.window import Content, Window


class Beside(QObject):
    """The window is made when a person first wants it, and made again once it was closed.

    Args: make: what it shows.
    """

    def __init__(self, make: Callable[[], Content], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self.window: Window | None = None

    @pyqtSlot()
    def show(self) -> None:
        """Bring it to the front."""
        if self.window is None:
            self.window = Window(self._made)
            self.window.finished.connect(self._forget)
            self.window.begin()
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """Close it where it is open, whatever was not saved."""
        if self.window is not None:
            self.window.leave_all_the_same()

    def _made(self) -> Content:
        content = self._make()
        QTimer.singleShot(0, content.enter)
        return content

    @pyqtSlot()
    def _forget(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
