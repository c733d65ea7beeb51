"""A name for a new recipe, checked with every letter."""

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from inspector.sketch import name_fault
from ui import theme
from ui.widgets.field import Field


class NameForm(QFrame):
    """made: with a name that is free and allowed. given_up: nothing shall be made."""

    made = pyqtSignal(str)
    given_up = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._taken: Sequence[str] = ()
        self.title, self.name = QLabel(), QLineEdit()
        self.title.setObjectName("strong")
        self.title.setWordWrap(True)
        self.name.setMaxLength(80)
        self.field = Field(self.tr("Name"), self.name)
        self.make, self.leave = QPushButton(self.tr("Make the recipe")), QPushButton(self.tr("Cancel"))
        self.make.setObjectName("primary")
        self.leave.setObjectName("quiet")
        self._column, row = QVBoxLayout(self), QHBoxLayout()
        self._column.addWidget(self.title)
        self._column.addWidget(self.field)
        row.addWidget(self.make)
        row.addWidget(self.leave)
        row.addStretch(1)
        self._column.addLayout(row)
        self.name.textEdited.connect(self._check)
        self.name.returnPressed.connect(self._make)
        self.make.clicked.connect(self._make)
        self.leave.clicked.connect(self.given_up)

    def ask(self, title: str, name: str, taken: Sequence[str]) -> None:
        """Begin with that name. taken: those of all recipes."""
        self._taken = taken
        self.title.setText(title)
        self.name.setText(name)
        self._check()
        # An empty field is no mistake yet.
        if not name:
            self.field.say("", self.tr("Letters, digits, '-', '_' and '.'"))
        self.name.selectAll()
        self.name.setFocus()

    @pyqtSlot()
    def _check(self) -> None:
        fault = name_fault(self.name.text().strip(), self._taken)
        self.field.say(fault, self.tr("Letters, digits, '-', '_' and '.'"))
        self.make.setEnabled(not fault)

    @pyqtSlot()
    def _make(self) -> None:
        self._check()
        if self.make.isEnabled():
            self.made.emit(self.name.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def scale(self, em: int) -> None:
        edge = round(em * theme.GAP_L)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(round(em * theme.GAP_M))
