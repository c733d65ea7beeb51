"""Who is to be registered, or whose PIN is to be another: a name, a role, a PIN typed twice."""

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from inspector.errors import InputError
from inspector.people.pin import MOST_DIGITS, refuse_weak
from inspector.people.register import LONGEST_NAME
from inspector.people.role import Role
from ui import theme
from ui.translation import translate
from ui.widgets.choice import Choice
from ui.widgets.field import Field


def role_in_words(role: Role) -> str:
    return {
        Role.OPERATOR: translate("PersonForm", "Operator"),
        Role.TECHNICIAN: translate("PersonForm", "Technician"),
        Role.ENGINEER: translate("PersonForm", "Engineer"),
    }[role]


class PersonForm(QFrame):
    """made: with a name, a role and a PIN that are in order. given_up: nothing shall be done."""

    made = pyqtSignal(str, object, str)
    given_up = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title, self.name, self.role = QLabel(), QLineEdit(), Choice()
        self.pin, self.again = QLineEdit(), QLineEdit()
        self.title.setObjectName("strong")
        self.name.setMaxLength(LONGEST_NAME)
        for role in Role:
            self.role.addItem(role_in_words(role), role)
        for line in (self.pin, self.again):
            line.setEchoMode(QLineEdit.Password)
            line.setMaxLength(MOST_DIGITS)
        self.fields = (
            Field(self.tr("Name"), self.name),
            Field(self.tr("Role"), self.role),
            Field(self.tr("PIN"), self.pin, self.tr("6 digits at least")),
            Field(self.tr("The same PIN again"), self.again),
        )
        self.make, self.leave = QPushButton(), QPushButton(self.tr("Cancel"))
        self.make.setObjectName("primary")
        self.leave.setObjectName("quiet")
        self._column, self._grid, row = QVBoxLayout(self), QGridLayout(), QHBoxLayout()
        for number, field in enumerate(self.fields):
            self._grid.addWidget(field, *divmod(number, 2))
        self._column.addWidget(self.title)
        self._column.addLayout(self._grid)
        for part in (self.make, self.leave):
            row.addWidget(part)
        row.addStretch(1)
        self._column.addLayout(row)
        for line in (self.name, self.pin, self.again):
            line.textEdited.connect(lambda _: self._check())
            line.returnPressed.connect(self._make)
        self.make.clicked.connect(self._make)
        self.leave.clicked.connect(self._give_up)
        self.hide()

    def ask(self, name: str = "", first: bool = False) -> None:
        """Whose: "" for somebody new. first: nobody is registered yet, and who is first is an engineer."""
        is_new = not name
        self.title.setText(
            self.tr("Register somebody") if is_new else self.tr("Another PIN for %1").replace("%1", name)
        )
        self.make.setText(self.tr("Register") if is_new else self.tr("Set the PIN"))
        self.name.setText(name)
        self.name.setEnabled(is_new)
        self.fields[1].setVisible(is_new)
        self.role.setCurrentIndex(len(Role) - 1 if first else 0)
        self.role.setEnabled(not first)
        self.fields[1].say("", self.tr("Who is first is an engineer") if first else "")
        self.pin.clear()
        self.again.clear()
        for field in self.fields[2:]:
            field.say("")
        self._check()
        self.show()
        (self.name if is_new else self.pin).setFocus()

    @pyqtSlot()
    def _check(self) -> None:
        weak = ""
        try:
            refuse_weak(self.pin.text())
        except InputError as error:
            weak = str(error)
        other = self.pin.text() != self.again.text()
        self.fields[2].say(weak if self.pin.text() and len(self.pin.text()) >= len(self.again.text()) > 0 else "")
        self.fields[3].say(self.tr("These are two different PINs.") if other and self.again.text() else "")
        self.make.setEnabled(bool(self.name.text().strip()) and not weak and not other)

    @pyqtSlot()
    def _make(self) -> None:
        if self.make.isEnabled():
            pin = self.pin.text()
            self._forget()
            self.made.emit(self.name.text().strip(), self.role.currentData(), pin)

    @pyqtSlot()
    def _give_up(self) -> None:
        self._forget()
        self.given_up.emit()

    def _forget(self) -> None:
        """No PIN stays in a field."""
        self.pin.clear()
        self.again.clear()
        self.hide()

    def scale(self, em: int) -> None:
        edge, gap = round(em * theme.GAP_L), round(em * theme.GAP_M)
        self._column.setContentsMargins(edge, gap, edge, gap)
        self._column.setSpacing(gap)
        self._grid.setHorizontalSpacing(edge)
