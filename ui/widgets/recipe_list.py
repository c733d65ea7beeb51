"""The recipes of the workspace, each with what it looks for and whether it is taught."""

from typing import TYPE_CHECKING

from PyQt5.QtCore import QModelIndex, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFontMetricsF, QPainter, QPen, QStandardItem, QStandardItemModel
from PyQt5.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.translation import translate
from ui.widgets.shapes import Sign, draw_sign

if TYPE_CHECKING:
    from inspector.shelf import Entry

ENTRY = Qt.UserRole + 1


def standing(entry: "Entry") -> tuple[Sign, QColor, str]:
    """Whether a recipe can be used: a sign, its colour and a word."""
    from inspector.shelf import Taught  # whoever has an entry has this already

    if entry.recipe is None:
        one, more = translate("RecipeList", "1 fault"), translate("RecipeList", "%1 faults")
        count = len(entry.problems)
        return Sign.ALARM, theme.WITHOUT.line, more.replace("%1", str(count)) if count > 1 else one
    return {
        Taught.TAUGHT: (Sign.CHECK, theme.WITH.line, translate("RecipeList", "taught")),
        Taught.CHANGED: (
            Sign.QUESTION,
            theme.TONES[Verdict.NOT_DECIDABLE].line,
            translate("RecipeList", "changed since taught"),
        ),
        Taught.NOT_YET: (Sign.RING, theme.MUTED, translate("RecipeList", "not taught yet")),
    }[entry.taught]


class _Row(QStyledItemDelegate):
    """Name; components; sign and word."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, round(option.fontMetrics.height() * 4.1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        entry: Entry = index.data(ENTRY)
        em = theme.em_of(option.widget)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        if option.state & QStyle.State_Selected:
            painter.fillRect(box, theme.RAISED)
            painter.fillRect(QRectF(box.left(), box.top(), em * 0.25, box.height()), theme.TEXT)
        sign, color, word = standing(entry)
        inner = box.adjusted(em * 0.9, em * 0.6, -em * 0.6, -em * 0.6)
        line = inner.height() / 3
        names = (
            ", ".join(c.name for c in entry.recipe.components)
            if entry.recipe
            else translate("RecipeList", "cannot be read")
        )
        for text, row, scale, bold, ink, indent in (
            (entry.name, 0, theme.STRONG, True, theme.TEXT, 0.0),
            (names, 1, theme.SMALL, False, theme.MUTED, 0.0),
            (word, 2, theme.SMALL, False, color, em * 1.3),
        ):
            place = QRectF(inner.left() + indent, inner.top() + row * line, inner.width() - indent, line)
            painter.setFont(theme.font(option.font, scale, bold))
            painter.setPen(QPen(ink))
            told = QFontMetricsF(painter.font()).elidedText(text, Qt.ElideRight, place.width())
            painter.drawText(place, int(Qt.AlignLeft | Qt.AlignVCenter), told)
        mark = QRectF(inner.left(), inner.top() + 2 * line + (line - em * 0.9) / 2, em * 0.9, em * 0.9)
        draw_sign(painter, sign, mark, color)
        painter.restore()


class RecipeList(QListView):
    """chosen: the name of the recipe that a person chose."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Recipes"))
        self.setEditTriggers(QListView.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollPerPixel)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Row(self))
        self._showing = False
        self.selectionModel().currentChanged.connect(self._choose)

    def set_entries(self, entries: "tuple[Entry, ...]", name: str) -> None:
        """Show these, and that one as the chosen one."""
        self._showing = True
        self._model.clear()
        for entry in entries:
            item = QStandardItem(entry.name)
            item.setData(entry, ENTRY)
            item.setData(f"{entry.name}, {standing(entry)[2]}", Qt.AccessibleTextRole)
            self._model.appendRow(item)
        self._showing = False
        self.show_chosen(name)

    def show_chosen(self, name: str) -> None:
        self._showing = True
        found = self._model.findItems(name)
        self.setCurrentIndex(found[0].index() if found else QModelIndex())
        self._showing = False

    def _choose(self, now: QModelIndex, before: QModelIndex) -> None:
        if not self._showing and now.isValid():
            self.chosen.emit(now.data())
