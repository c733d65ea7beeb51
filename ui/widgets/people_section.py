"""Who is registered at the station, and who may do what."""

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector.people.role import Deed, Role
from inspector.people.staff import Known
from inspector.sheet import Sheet
from inspector.sketch import Fault
from ui import theme
from ui.widgets.choice import Choice
from ui.widgets.deed import Deed as Button
from ui.widgets.person_form import PersonForm, role_in_words
from ui.widgets.settings_section import SettingsSection
from ui.widgets.shapes import Sign


class PeopleSection(SettingsSection):
    """What a person wants done. added: name, role, PIN. repinned: name, PIN. given: name, role. removed, unlocked:
    name.
    """

    added = pyqtSignal(str, object, str)
    repinned = pyqtSignal(str, str)
    given = pyqtSignal(str, object)
    removed = pyqtSignal(str)
    unlocked = pyqtSignal(str)
    deed = Deed.PEOPLE

    def __init__(self) -> None:
        super().__init__("")
        self.title = self.tr("People")
        self.card, self.says, self.form = QFrame(), QLabel(), PersonForm()
        self.card.setObjectName("card")
        self.says.setWordWrap(True)
        self.says.setTextFormat(Qt.PlainText)
        self.new = QPushButton(self.tr("Register somebody …"))
        self.new.clicked.connect(self._ask_new)
        self.form.made.connect(self._make)
        self.form.given_up.connect(self._show)
        self._known: tuple[Known, ...] = ()
        self._locked, self._pin_of = True, ""
        self._rows: QWidget | None = None
        self.roles: dict[str, Choice] = {}
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self._column, row = QVBoxLayout(self.card), QHBoxLayout()
        row.addWidget(self.says, 1)
        row.addWidget(self.new)
        self._column.addLayout(row)
        self.add(self.form)
        self.add(self.card)

    def show_people(self, known: Sequence[Known]) -> None:
        """All that are registered."""
        self._known = tuple(known)
        nobody = self.tr("Nobody is registered, so everybody may do everything. Register the first engineer.")
        self.says.setText(self.tr("%1 registered").replace("%1", str(len(known))) if known else nobody)
        self._show()

    def show_sheet(self, sheet: Sheet, faults: Sequence[Fault], locked: bool) -> None:
        if locked != self._locked:
            self._locked = locked
            self._show()

    @pyqtSlot()
    def _show(self) -> None:
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows, self.roles, self.buttons = QWidget(), {}, {}
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for number, one in enumerate(self._known):
            for column, part in enumerate(self._row(one)):
                grid.addWidget(part, number, column)
        self._column.addWidget(self._rows)
        self.new.setEnabled(not self._locked)

    def _row(self, one: Known) -> list[QWidget]:
        since = self.tr("since %1").replace("%1", one.since)
        waits = self.tr("has to wait after wrong PINs: %1 s").replace("%1", f"{one.wait_s:.0f}")
        name = QLabel(f"{one.name}    {waits if one.wait_s else since}")
        name.setTextFormat(Qt.PlainText)
        role = Choice()
        role.setAccessibleName(self.tr("Role of %1").replace("%1", one.name))
        for each in Role:
            role.addItem(role_in_words(each), each)
        role.setCurrentIndex(list(Role).index(one.role))
        role.activated.connect(lambda _: self.given.emit(one.name, role.currentData()))
        self.roles[one.name] = role
        pin = Button(Sign.LOCK, self.tr("PIN …"))
        unlock = Button(Sign.CLOCK, self.tr("End the pause"))
        remove = Button(Sign.BIN, self.tr("Remove %1").replace("%1", one.name), shown=False)
        pin.clicked.connect(lambda: self._ask_pin(one.name))
        unlock.clicked.connect(lambda: self.unlocked.emit(one.name))
        remove.clicked.connect(lambda: self.removed.emit(one.name))
        for key, button in (("pin", pin), ("unlock", unlock), ("remove", remove)):
            self.buttons[one.name, key] = button
            button.setEnabled(not self._locked)
        role.setEnabled(not self._locked)
        unlock.setEnabled(not self._locked and one.wait_s > 0)
        return [name, role, pin, unlock, remove]

    @pyqtSlot()
    def _ask_new(self) -> None:
        self._pin_of = ""
        self.form.ask(first=not self._known)

    def _ask_pin(self, name: str) -> None:
        self._pin_of = name
        self.form.ask(name)

    @pyqtSlot(str, object, str)
    def _make(self, name: str, role: Role, pin: str) -> None:
        if self._pin_of:
            self.repinned.emit(name, pin)
        else:
            self.added.emit(name, role, pin)

    def scale(self, em: int) -> None:
        super().scale(em)
        edge, gap = round(em * theme.GAP_L), round(em * theme.GAP_M)
        self._column.setContentsMargins(edge, gap, edge, gap)
        self._column.setSpacing(gap)
        self.form.scale(em)
