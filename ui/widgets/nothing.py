"""What stands where there is nothing to show yet: what is missing, and what to do next."""

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import theme


class Nothing(QWidget):
    """A title and a sentence in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.text = QLabel(), QLabel()
        self.title.setObjectName("title")
        self._layout = QVBoxLayout(self)
        self._layout.addStretch(2)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignHCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.PlainText)
            self._layout.addWidget(label)
        self._layout.addStretch(3)

    def say(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.text.setText(text)

    def scale(self, em: int) -> None:
        self._layout.setSpacing(round(em * theme.GAP_M))
        self._layout.setContentsMargins(round(em * 6), 0, round(em * 6), 0)
