"""The recipes there are, and what can be done with each as a whole; and what stands there while there is none."""

from typing import TYPE_CHECKING

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.durations import moment
from ui.widgets.choice import Choice
from ui.widgets.deed import Deed
from ui.widgets.recipe_list import RecipeList
from ui.widgets.shapes import Sign

if TYPE_CHECKING:
    from inspector.capture.trash import Thrown


class ShelfPanel(QWidget):
    """The list and its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.list = RecipeList()
        self.add = Deed(Sign.PLUS, self.tr("New recipe"), quiet=False)
        self.copy = Deed(Sign.COPY, self.tr("Duplicate"))
        self.remove = Deed(Sign.BIN, self.tr("Delete"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.list, 1)
        for deed in (self.add, self.copy, self.remove):
            self._column.addWidget(deed)

    def scale(self, em: int) -> None:
        self._column.setSpacing(round(em * theme.GAP_S))
        for deed in (self.add, self.copy, self.remove):
            deed.scale()


class TrashLine(QWidget):
    """The recipes in the trash, of which the last one is offered first; hidden where there is none.

    returned: a person wants that one back. emptied: they want all of these gone.
    """

    returned = pyqtSignal(object)
    emptied = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.restore = Deed(Sign.UNDO, self.tr("Put it back"), quiet=False)
        self.empty = Deed(Sign.BIN, self.tr("Empty the trash"))
        self.things: tuple[Thrown, ...] = ()
        self.choice, label = Choice(), QLabel(self.tr("In the trash"))
        self.choice.setAccessibleName(label.text())
        self.choice.setSizeAdjustPolicy(Choice.AdjustToContents)
        label.setObjectName("caption")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (label, self.choice, self.restore, self.empty):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self.restore.clicked.connect(lambda: self.returned.emit(self.things[self.choice.currentIndex()]))
        self.empty.clicked.connect(lambda: self.emptied.emit(self.things))
        self.hide()

    def show_things(self, things: "tuple[Thrown, ...]") -> None:
        """The last one first."""
        self.things = things
        self.choice.clear()
        for thrown in things:
            text = self.tr("%1, deleted %2").replace("%1", thrown.name).replace("%2", moment(thrown.at))
            self.choice.addItem(text)
        self.setVisible(bool(things))

    def scale(self, em: int) -> None:
        self._row.setSpacing(round(em * theme.GAP_M))
        for deed in (self.restore, self.empty):
            deed.scale()


class Welcome(QWidget):
    """What a recipe is, and the button that makes the first."""

    def __init__(self) -> None:
        super().__init__()
        title, text = QLabel(self.tr("No recipe yet")), QLabel()
        title.setObjectName("title")
        text.setWordWrap(True)
        text.setText(
            self.tr(
                "A recipe says what a correctly assembled product shows: which components, how many of each, and "
                "where. The station holds every workpiece against it; two short videos teach each component."
            )
        )
        self.make = QPushButton(self.tr("Make the first recipe"))
        self.make.setObjectName("primary")
        self._inside = QWidget()
        self._words, row = QVBoxLayout(self._inside), QHBoxLayout()
        self._words.setContentsMargins(0, 0, 0, 0)
        for label in (title, text):
            self._words.addWidget(label)
        row.addWidget(self.make)
        row.addStretch(1)
        self._words.addLayout(row)
        column, line = QVBoxLayout(self), QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._inside)
        line.addStretch(1)
        column.addStretch(2)
        column.addLayout(line)
        column.addStretch(3)

    def scale(self, em: int) -> None:
        self._inside.setFixedWidth(round(em * 40))
        self._words.setSpacing(round(em * theme.GAP_L))
