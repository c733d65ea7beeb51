"""What is wrong with a file that cannot be read, line by line."""

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from inspector.errors import Problem
from ui import theme
from ui.widgets.field import Remark


class FaultList(QScrollArea):
    """The faults of one file, and where it lies."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        card, self.title, self.advice, self.path = QFrame(), QLabel(), QLabel(), QLabel()
        card.setObjectName("card")
        self.title.setObjectName("strong")
        self.path.setObjectName("noticeCommand")
        self.path.setTextInteractionFlags(Qt.TextSelectableByMouse)
        self.advice.setText(self.tr("Mend the file in a text editor; it is read again by itself."))
        for label in (self.title, self.advice, self.path):
            label.setWordWrap(True)
            label.setTextFormat(Qt.PlainText)
        self.remarks: list[Remark] = []
        self._column, self._faults = QVBoxLayout(card), QVBoxLayout()
        for widget in (self.title, self.advice):
            self._column.addWidget(widget)
        self._column.addLayout(self._faults)
        self._column.addWidget(self.path)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(card)
        around.addStretch(1)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def show_faults(self, name: str, path: Path, problems: Sequence[Problem]) -> None:
        self.title.setText(self.tr("“%1” cannot be read").replace("%1", name))
        # A path has no spaces to wrap at.
        self.path.setText(str(path).replace("/", "/\u200b"))
        for remark in self.remarks:
            remark.hide()
            remark.deleteLater()
        self.remarks = []
        for problem in problems:
            line = self.tr("Line %1: ").replace("%1", str(problem.line)) if problem.line else ""
            remark = Remark()
            self._faults.addWidget(remark)
            remark.say("", f"{line}{problem.text}")
            self.remarks.append(remark)

    def scale(self, em: int) -> None:
        edge = round(em * theme.GAP_L)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(round(em * theme.GAP_M))
        self._faults.setSpacing(round(em * theme.GAP_S))
