"""A card over the picture that says what to do next."""

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.stations import Advice


class Notice(QFrame):
    """Shows an Advice; hidden where there is none. pressed: its button was.

    Args: slim: small, for what is said beside the work and not in its place.
    """

    pressed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None, slim: bool = False) -> None:
        super().__init__(parent)
        self._slim = slim
        self.setObjectName("notice")
        self.advice: Advice | None = None
        self._title, self._text, self._command = (QLabel(self) for _ in range(3))
        names = ("strong", "") if slim else ("noticeTitle", "noticeText")
        for label, name in zip((self._title, self._text, self._command), (*names, "noticeCommand"), strict=True):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextFormat(Qt.PlainText)
            label.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Minimum)
        self._command.setTextInteractionFlags(Qt.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.pressed)
        self._layout = QVBoxLayout(self)
        for label in (self._title, self._text, self._command):
            self._layout.addWidget(label)
        self._layout.addWidget(self.button, 0, Qt.AlignLeft)
        self.hide()

    def scale(self, em: int) -> None:
        edge = round(em * (theme.GAP_M if self._slim else theme.GAP_L))
        self._layout.setContentsMargins(edge, edge, edge, edge)
        self._layout.setSpacing(round(em * (theme.GAP_S if self._slim else theme.GAP_M)))
        self.setFixedWidth(round(em * 40))

    def set_advice(self, advice: Advice | None) -> None:
        if advice != self.advice:
            self.advice = advice
            self._title.setText(advice.title if advice else "")
            self._text.setText(advice.text if advice else "")
            self._command.setText(advice.command if advice else "")
            self._command.setVisible(bool(advice and advice.command))
            self.button.setText(advice.button if advice else "")
            self.button.setVisible(bool(advice and advice.button))
            self.setVisible(advice is not None)
            self.setAccessibleName(advice.title if advice else "")
            self.setAccessibleDescription(advice.text if advice else "")
