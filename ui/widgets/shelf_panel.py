"""The recipes there are, and what can be done with each as a whole; and what stands there while there is none."""

from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.deed import Deed
from ui.widgets.recipe_list import RecipeList
from ui.widgets.shapes import Sign


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
    """Offers to put back what was thrown away last; hidden where there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.restore = Deed(Sign.UNDO, self.tr("Put it back"), quiet=False)
        self.thrown = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.thrown)
        row.addWidget(self.restore)
        row.addStretch(1)
        self.hide()

    def show_thrown(self, name: str) -> None:
        """Offer that recipe; "" for none."""
        self.thrown.setText(self.tr("“%1” lies in the trash.").replace("%1", name))
        self.setVisible(bool(name))

    def scale(self, em: int) -> None:
        self.restore.scale()


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
