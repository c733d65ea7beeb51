"""One section of the settings: cards below each other, which scroll where they do not fit."""

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from inspector.people.role import Deed
from inspector.sheet import Sheet
from inspector.sketch import Fault
from ui import theme
from ui.widgets.settings_form import SettingsForm


class SettingsSection(QScrollArea):
    """edited: a place and its new value. deed: what a person needs to have the right to here; None for nothing."""

    edited = pyqtSignal(tuple, object)
    deed: Deed | None = Deed.SETTINGS

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.forms: list[SettingsForm] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.NoFrame)
        self.setFocusPolicy(Qt.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addStretch(1)
        self.setWidget(self._inside)
        for widget in (self._inside, self.viewport()):
            widget.setAutoFillBackground(False)

    def add(self, part: QWidget, stretch: int = 0) -> None:
        """Below what is there."""
        self.column.insertWidget(self.column.count() - 1, part, stretch)
        if isinstance(part, SettingsForm):
            self.forms.append(part)
            part.edited.connect(self.edited)

    def show_sheet(self, sheet: Sheet, faults: Sequence[Fault], locked: bool) -> None:
        for form in self.forms:
            form.show_sheet(sheet, faults, locked)

    def faulty(self, faults: Sequence[Fault]) -> bool:
        """Whether one of the faults stands here."""
        places = [entry.place for form in self.forms for entry in form.entries]
        roots = [*places, *(form.root for form in self.forms if form.root)]
        return any(fault.place[: len(root)] == root for fault in faults for root in roots)

    def enter(self) -> None:
        """It comes into view."""

    def leave(self) -> None:
        """It goes out of view."""

    def scale(self, em: int) -> None:
        self.column.setSpacing(round(em * theme.GAP_M))
        for form in self.forms:
            form.scale(em)
