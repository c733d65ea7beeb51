"""What every page of the bench is."""

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtWidgets import QWidget

from ui.desk import Desk


class Page(QWidget):
    """One page of the bench. told: a sentence for the foot of the window. ended: after `close_down`, when nothing of it
    runs any more.
    """

    told = pyqtSignal(str)
    ended = pyqtSignal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WA_StyledBackground)
        self.desk = desk

    def minimumSizeHint(self) -> QSize:
        """The window's size decides on the font's, and not the other way round."""
        return QSize(0, 0)

    def enter(self) -> None:
        """It comes into view."""

    def leave(self) -> None:
        """It goes out of view: what only eyes need may pause."""

    @property
    def busy(self) -> str:
        """What runs here and would be lost by closing, in words; "" for nothing."""
        return ""

    def close_down(self) -> None:
        """End threads and children without waiting for them; `ended` follows."""
        self.ended.emit()

    def scale(self, em: int) -> None:
        """The window's font size is now so many pixels: margins, spacings and fixed sizes follow."""
