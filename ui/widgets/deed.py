"""Buttons whose sign says what they do, and choices of a few words side by side."""

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QSize, pyqtSignal
from PyQt5.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.widgets.field import Number
from ui.widgets.shapes import Sign, icon


class Deed(QPushButton):
    """A button with a sign, and words beside it or, without them, in its tool tip."""

    def __init__(self, sign: Sign, words: str, *, shown: bool = True, quiet: bool = True) -> None:
        super().__init__(f" {words}" if shown else "")
        self.setObjectName("quiet" if quiet else "")
        self.setAccessibleName(words)
        self._sign, self._shown = sign, shown
        if not shown:
            self.setToolTip(words)
            self.setProperty("bare", True)
        self.scale()

    def set_sign(self, sign: Sign) -> None:
        self._sign = sign
        self.scale()

    def scale(self) -> None:
        """The font has another size, or the button another state: draw its sign anew."""
        em = theme.em_of(self)
        light = self.objectName() == "primary" and self.isEnabled()
        color = theme.BACKGROUND if light else theme.TEXT if self.isEnabled() else theme.FAINT
        self.setIcon(icon(self._sign, em, color, self.devicePixelRatioF()))
        self.setIconSize(QSize(em, em))
        if not self._shown:
            self.setFixedWidth(round(em * theme.TOUCH))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.EnabledChange, QEvent.FontChange):
            self.scale()


class Segments(QWidget):
    """One of a few, in so many columns, by default side by side. chosen: its number, where a person chose another."""

    chosen = pyqtSignal(int)

    def __init__(self, words: Sequence[str], columns: int | None = None) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons: list[QPushButton] = []
        self.offer(words, columns)
        self._group.buttonClicked[int].connect(self.chosen)

    def offer(self, words: Sequence[str], columns: int | None = None) -> None:
        """Others in their place; none is chosen."""
        columns = columns or len(words)
        for button in self.buttons:
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            button.deleteLater()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self.buttons = [QPushButton(word) for word in words]
        for number, button in enumerate(self.buttons):
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Fixed)
            self._group.addButton(button, number)
            self._grid.addWidget(button, *divmod(number, columns))
        for column in range(min(columns, len(words))):
            self._grid.setColumnStretch(column, max(map(len, words[column::columns])))

    def choose(self, number: int) -> None:
        self.buttons[number].setChecked(True)


class Stepper(QWidget):
    """A whole number between two buttons that a glove can hit. edited: a person made it another."""

    edited = pyqtSignal(int)

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self.number = Number(least, most)
        self.less = Deed(Sign.MINUS, self.tr("One less"), shown=False, quiet=False)
        self.more = Deed(Sign.PLUS, self.tr("One more"), shown=False, quiet=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.less)
        row.addWidget(self.number, 1)
        row.addWidget(self.more)
        self.less.clicked.connect(self.number.stepDown)
        self.more.clicked.connect(self.number.stepUp)
        self.number.valueChanged.connect(self.edited)
        self.setFocusProxy(self.number)

    def setAccessibleName(self, name: str) -> None:
        self.number.setAccessibleName(name)
        super().setAccessibleName(name)

    def show_value(self, value: int) -> None:
        """Show a number that no person has typed here."""
        if self.number.value() != value:
            blocked = self.number.blockSignals(True)
            self.number.setValue(value)
            self.number.blockSignals(blocked)
