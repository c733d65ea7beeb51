"""One row that says what is going on, or what was just done: always as high, so that nothing jumps."""

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QFrame, QGridLayout, QProgressBar, QPushButton, QWidget

from ui import theme
from ui.widgets.line import Line


class Strip(QFrame):
    """A sentence, a bar where something runs, and a button where there is something to press. pressed: that button."""

    pressed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.bar, self.button = Line(Qt.AlignLeft, theme.SMALL), QProgressBar(), QPushButton()
        self.button.clicked.connect(self.pressed)
        self._grid = QGridLayout(self)
        self._grid.addWidget(self.line, 0, 0)
        self._grid.addWidget(self.bar, 1, 0)
        self._grid.addWidget(self.button, 0, 1, 2, 1)
        self._grid.setColumnStretch(0, 1)
        self.show_text("")

    def show_text(self, text: str, button: str = "") -> None:
        """Nothing runs."""
        self._show(text, button)
        self.bar.hide()

    def show_work(self, text: str, done: int, total: int | None, button: str) -> None:
        """Something runs; total is None where nobody knows it."""
        self._show(text, button)
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)
        self.bar.show()

    def _show(self, text: str, button: str) -> None:
        self.line.set_text(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))

    def scale(self, em: int) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(round(em * theme.GAP_M))
        self._grid.setVerticalSpacing(round(em * theme.GAP_S))
        self.setFixedHeight(round(em * (theme.TOUCH + 0.2)))
        self.line.updateGeometry()
