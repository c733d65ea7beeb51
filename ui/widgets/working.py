"""What runs for a person who may go on meanwhile: how far it is, how long the rest takes, and a button that ends it."""

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.widgets.underway import Underway


class Working(QWidget):
    """Out of sight until something runs. cancelled: that button, which can be pressed once for each work."""

    cancelled = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.underway, self.button = Underway(), QPushButton(self.tr("Cancel"))
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.underway, 1)
        self._layout.addWidget(self.button)
        self.button.clicked.connect(self._cancel)
        self.hide()

    def begin(self, words: str) -> None:
        """It runs, and nobody knows yet how long."""
        self.button.setEnabled(True)
        self.show_step(words, "", 0, None)
        self.show()

    def show_step(self, words: str, stage: str, done: int, total: int | None) -> None:
        """As `Underway.show_step`."""
        self.underway.show_step(words, stage, done, total)

    def _cancel(self) -> None:
        self.button.setEnabled(False)
        self.cancelled.emit()

    def scale(self, em: int) -> None:
        self._layout.setSpacing(round(em * theme.GAP_M))
        self.button.setFixedWidth(round(em * 9))
        self.underway.scale(em)
