"""Some settings as fields on a card: what each means below it, and what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from inspector.sheet import Sheet
from inspector.sketch import Fault
from inspector.yaml_lines import Place
from ui import theme
from ui.widgets.choice import Choice
from ui.widgets.field import Field, Remark


@dataclass(frozen=True)
class Entry:
    """One field. read: its value as a person typed it, show: another one."""

    place: Place
    field: Field
    widget: QWidget
    read: Callable[[], Any]
    show: Callable[[Any], None]


class SettingsForm(QFrame):
    """edited: a person typed another value at a place. switched: they switch the whole on or off, where that can be.

    Args: root: the place that all of it is part of; columns: fields side by side.
    """

    edited = pyqtSignal(tuple, object)
    switched = pyqtSignal(bool)

    def __init__(self, title: str, root: Place = (), columns: int = 2, can_switch: bool = False) -> None:
        super().__init__()
        self.setObjectName("card")
        self.root, self.entries = root, list[Entry]()
        self._columns, self.remark = columns, Remark()
        self.remark.keeps_place = False
        self.switch = QCheckBox(title) if can_switch else None
        self._layout, self.body = QVBoxLayout(self), QWidget()
        self._grid = QGridLayout(self.body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.switch or _head(title))
        if self.switch is not None:
            self.switch.clicked.connect(self.switched)
        self._layout.addWidget(self.body)
        self._layout.addWidget(self.remark)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    # What it is made of

    def text(self, key: str, caption: str, hint: str = "", secret: bool = False, empty: str | None = None) -> QLineEdit:
        """A line. empty: what it stands for where nothing is said."""
        line = QLineEdit()
        if secret:
            line.setEchoMode(QLineEdit.Password)
        self._add(key, Field(caption, line, hint), line, lambda: line.text().strip() or empty, _typed(line))
        line.textEdited.connect(lambda _: self._tell(line))
        return line

    def number(self, key: str, caption: str, hint: str = "") -> QLineEdit:
        """A number; what is none is told by the settings' own checks."""
        line = QLineEdit()
        line.setMaxLength(20)
        self._add(key, Field(caption, line, hint), line, lambda: _number(line.text()), _typed(line))
        line.textEdited.connect(lambda _: self._tell(line))
        return line

    def words(self, key: str, caption: str, hint: str = "") -> QLineEdit:
        """Several in one line, with commas between them."""
        line = QLineEdit()
        self._add(key, Field(caption, line, hint), line, lambda: _several(line.text()), _typed_several(line))
        line.textEdited.connect(lambda _: self._tell(line))
        return line

    def flag(self, key: str, caption: str, words: str, hint: str = "") -> QCheckBox:
        box = QCheckBox(words)
        self._add(key, Field(caption, box, hint), box, box.isChecked, lambda value: box.setChecked(bool(value)))
        box.clicked.connect(lambda _: self._tell(box))
        return box

    def choice(self, key: str, caption: str, values: Sequence[tuple[Any, str]], hint: str = "") -> Choice:
        """One of several, each with its word."""
        choice = Choice()
        choice.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        for value, word in values:
            choice.addItem(word, value)

        def show(value: Any) -> None:
            if choice.findData(value) < 0:
                choice.addItem(str(value), value)
            choice.setCurrentIndex(choice.findData(value))

        self._add(key, Field(caption, choice, hint), choice, choice.currentData, show)
        choice.activated.connect(lambda _: self._tell(choice))
        return choice

    def _add(
        self, key: str, field: Field, widget: QWidget, read: Callable[[], Any], show: Callable[[Any], None]
    ) -> None:
        row, column = divmod(len(self.entries), self._columns)
        self.entries.append(Entry((*self.root, *key.split(".")), field, widget, read, show))
        self._grid.addWidget(field, row, column, Qt.AlignTop)

    def _tell(self, widget: QWidget) -> None:
        entry = next(entry for entry in self.entries if entry.widget is widget)
        self.edited.emit(entry.place, entry.read())

    # What is shown

    def show_sheet(self, sheet: Sheet, faults: Sequence[Fault], locked: bool) -> None:
        """The values; a field that is being typed in is left alone where it says the same. Its faults at each."""
        is_on = self.switch is None or sheet.at(self.root) is not None
        if self.switch is not None:
            self.switch.setChecked(is_on)
            self.switch.setEnabled(not locked)
        self.body.setVisible(is_on)
        for entry in self.entries:
            value = sheet.at(entry.place)
            if is_on and entry.read() != value:
                entry.show(value)
            entry.widget.setEnabled(not locked)
            entry.field.say(" ".join(fault.text for fault in faults if _is_of(fault, entry.place)))
        if self.switch is not None:
            known = [entry.place for entry in self.entries]
            here = [fault for fault in faults if _is_of(fault, self.root)]
            others = [fault.text for fault in here if not any(_is_of(fault, place) for place in known)]
            self.remark.say("", " ".join(others))

    def scale(self, em: int) -> None:
        edge, gap = round(em * theme.GAP_L), round(em * theme.GAP_M)
        self._layout.setContentsMargins(edge, gap, edge, gap)
        self._layout.setSpacing(gap)
        self._grid.setHorizontalSpacing(edge)
        self._grid.setVerticalSpacing(round(em * theme.GAP_S))


def _head(title: str) -> QLabel:
    label = QLabel(title)
    label.setObjectName("strong")
    return label


def _is_of(fault: Fault, place: Place) -> bool:
    return fault.place[: len(place)] == place


def _number(text: str) -> int | float | str | None:
    plain = text.strip().replace(",", ".")
    if not plain:
        return None
    try:
        return int(plain)
    except ValueError:
        pass
    try:
        return float(plain)
    except ValueError:
        return plain


def _several(text: str) -> list[str]:
    return [part for part in (part.strip() for part in text.split(",")) if part]


def _typed(line: QLineEdit) -> Callable[[Any], None]:
    def show(value: Any) -> None:
        line.setText("" if value is None else f"{value:g}" if isinstance(value, float) else str(value))

    return show


def _typed_several(line: QLineEdit) -> Callable[[Any], None]:
    return lambda values: line.setText(", ".join(values))
