"""The inspections that were found, the newest first, as many as a person cares to turn over."""

from collections.abc import Sequence
from typing import Any

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QPainter, QPen
from PyQt5.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector.inspection.verdict import Inspection, Verdict
from ui import theme
from ui.engine_words import translated
from ui.widgets.look import word_of
from ui.widgets.shapes import draw_badge

INSPECTION = Qt.UserRole + 1


class Inspections(QAbstractListModel):
    """Grows at its end when somebody comes there. wanted: more, if there are any."""

    wanted = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Inspection] = []
        self._has_more = False

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> Any:
        inspection = self.rows[index.row()]
        if role == INSPECTION:
            return inspection
        return line_of(inspection) if role in (Qt.DisplayRole, Qt.AccessibleTextRole) else None

    def canFetchMore(self, parent: QModelIndex) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: QModelIndex) -> None:
        self._has_more = False  # nobody asks again before it has come
        self.wanted.emit()

    def show(self, rows: Sequence[Inspection], has_more: bool) -> None:
        """These, in the place of all."""
        self.beginResetModel()
        self.rows, self._has_more = list(rows), has_more
        self.endResetModel()

    def add(self, rows: Sequence[Inspection], has_more: bool) -> None:
        """These too, which are older."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()
        self._has_more = has_more


def line_of(inspection: Inspection) -> str:
    """All of a row in one line."""
    parts = (_when(inspection), word_of(inspection.verdict), inspection.serial, translated(inspection.reason))
    return ", ".join(filter(None, parts))


def _when(inspection: Inspection) -> str:
    return f"{inspection.started_at.astimezone():%Y-%m-%d %H:%M:%S}"


class _Row(QStyledItemDelegate):
    """The verdict's badge; when, and the serial number; what was wrong."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, round(theme.em_of(option.widget) * 3.6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        inspection: Inspection = index.data(INSPECTION)
        em, box = theme.em_of(option.widget), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        if option.state & QStyle.State_Selected:
            painter.fillRect(box, theme.RAISED)
            painter.fillRect(QRectF(box.left(), box.top(), em * 0.25, box.height()), theme.TEXT)
        tone = theme.TONES[inspection.verdict]
        badge = QRectF(box.left() + em * 0.8, box.center().y() - em * 0.75, em * 1.5, em * 1.5)
        draw_badge(painter, inspection.verdict, badge, tone.fill, tone.ink)
        words = box.adjusted(em * 3.0, em * 0.5, -em * 0.6, -em * 0.5)
        upper, lower = QRectF(words), QRectF(words)
        upper.setBottom(words.center().y())
        lower.setTop(words.center().y())
        _say(painter, upper, _when(inspection), option, theme.BODY, bold=True)
        _say(painter, upper, inspection.serial, option, theme.SMALL, align=Qt.AlignRight)
        said = translated(inspection.reason) if inspection.verdict is not Verdict.OK else word_of(Verdict.OK)
        _say(painter, lower, said, option, theme.SMALL, faint=True)
        painter.restore()


def _say(
    painter: QPainter,
    box: QRectF,
    text: str,
    option: QStyleOptionViewItem,
    scale: float,
    bold: bool = False,
    faint: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignLeft,
) -> None:
    painter.setFont(theme.font(option.font, scale, bold))
    painter.setPen(QPen(theme.MUTED if faint else theme.TEXT))
    told = QFontMetricsF(painter.font()).elidedText(text, Qt.ElideRight, box.width())
    painter.drawText(box, int(align | Qt.AlignVCenter), told)


class InspectionList(QListView):
    """chosen: the inspection that a person wants to see; more: those that are older than the last one."""

    chosen = pyqtSignal(object)
    more = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Inspections"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.inspections = Inspections(self)
        self.setModel(self.inspections)
        self.setItemDelegate(_Row(self))
        self.inspections.wanted.connect(self.more)
        self.selectionModel().currentChanged.connect(self._choose)

    def show_first(self, rows: Sequence[Inspection], has_more: bool) -> None:
        """These; where the one that was chosen is among them, it stays so, else the newest is."""
        before = self.currentIndex().data(INSPECTION) if self.currentIndex().isValid() else None
        self.inspections.show(rows, has_more)
        ids = [row.id for row in rows]
        if ids:
            self.setCurrentIndex(self.inspections.index(ids.index(before.id) if before and before.id in ids else 0))

    def _choose(self, now: QModelIndex, _: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(now.data(INSPECTION))
