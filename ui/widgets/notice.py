"""A card over the picture that says what to do next."""

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.stations import Advice


class Notice(QFrame):
    """Shows an Advice; hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.advice: Advice | None = None
        self._title, self._text, self._command = (QLabel(self) for _ in range(3))
        for label, name in ((self._title, "noticeTitle"), (self._text, "noticeText"), (self._command, "noticeCommand")):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextFormat(Qt.PlainText)
            label.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Minimum)
        self._command.setTextInteractionFlags(Qt.TextSelectableByMouse)
        self._layout = QVBoxLayout(self)
        for label in (self._title, self._text, self._command):
            self._layout.addWidget(label)
        self.hide()

    def scale(self, em: int) -> None:
        edge = round(em * theme.GAP_L)
        self._layout.setContentsMargins(edge, edge, edge, edge)
        self._layout.setSpacing(round(em * theme.GAP_M))
        self.setFixedWidth(round(em * 40))

    def set_advice(self, advice: Advice | None) -> None:
        if advice != self.advice:
            self.advice = advice
            self._title.setText(advice.title if advice else "")
            self._text.setText(advice.text if advice else "")
            self._command.setText(advice.command if advice else "")
            self._command.setVisible(bool(advice and advice.command))
            self.setVisible(advice is not None)
            self.setAccessibleName(advice.title if advice else "")
            self.setAccessibleDescription(advice.text if advice else "")
