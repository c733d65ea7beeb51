"""Who did what, and whether the log of it is as it was written."""

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from inspector.people.entry import Entry
from inspector.people.role import Deed
from inspector.people.staff import Log
from inspector.sheet import Sheet
from inspector.sketch import Fault
from ui import theme
from ui.engine_words import translated
from ui.widgets.field import Remark
from ui.widgets.settings_section import SettingsSection
from ui.widgets.tip import as_tip


class AuditSection(SettingsSection):
    """wanted: a person wants to see the log; True: looked at whether each entry is as it was written."""

    wanted = pyqtSignal(bool)
    deed = Deed.AUDIT

    def __init__(self) -> None:
        super().__init__("")
        self.title = self.tr("Audit log")
        self.card, self.head, self.found = QFrame(), QLabel(), Remark()
        self.card.setObjectName("card")
        self.check = QPushButton(self.tr("Check the log"))
        self.check.clicked.connect(lambda _: self.wanted.emit(True))
        self.head.setObjectName("caption")
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.PlainText)
        self.head.setTextInteractionFlags(Qt.TextSelectableByMouse)
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels([self.tr("When"), self.tr("Who"), self.tr("Deed"), self.tr("Of what")])
        self.table.setEditTriggers(QTableWidget.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectRows)
        self.table.setAccessibleName(self.title)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignLeft | Qt.AlignVCenter)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.Stretch)
        self._column, row = QVBoxLayout(self.card), QHBoxLayout()
        row.addWidget(self.found, 1)
        row.addWidget(self.check)
        for part in (row, self.table, self.head):
            if isinstance(part, QHBoxLayout):
                self._column.addLayout(part)
            else:
                self._column.addWidget(part)
        self.add(self.card, 1)
        self.column.setStretch(self.column.count() - 1, 0)
        self._locked = True

    def show_sheet(self, sheet: Sheet, faults: Sequence[Fault], locked: bool) -> None:
        if locked:
            self.table.setRowCount(0)
            self.head.clear()
            self.found.say(self.tr("What it holds is for engineers alone."))
        elif self._locked:
            self.wanted.emit(False)
        self._locked = locked
        self.check.setEnabled(not locked)

    def show_log(self, log: Log) -> None:
        if self._locked:
            return
        self.table.setRowCount(len(log.entries))
        for row, entry in enumerate(log.entries):
            for column, text in enumerate(
                (entry.at[:19].replace("T", " "), entry.who, translated(entry.deed), _of(entry))
            ):
                item = QTableWidgetItem(text)
                item.setToolTip(as_tip(text))
                self.table.setItem(row, column, item)
        for column in range(3):
            self.table.resizeColumnToContents(column)
        if log.faults is None:
            nothing = self.tr("Nothing was noted so far: what takes a right is, from the first time on.")
            self.found.say(self.tr("The newest first, in UTC.") if log.entries else nothing)
        elif log.faults:
            self.found.say("", " ".join(log.faults))
        else:
            self.found.say(self.tr("Checked: all entries are as they were written."))
        head = self.tr("Keep this elsewhere: it tells later whether the log was cut or written anew. %1")
        self.head.setText(head.replace("%1", log.head) if log.head else "")

    def enter(self) -> None:
        if not self._locked:
            self.wanted.emit(False)

    def scale(self, em: int) -> None:
        super().scale(em)
        edge, gap = round(em * theme.GAP_L), round(em * theme.GAP_M)
        self._column.setContentsMargins(edge, gap, edge, gap)
        self._column.setSpacing(gap)
        self.table.setMinimumHeight(round(em * 16))
        self.table.verticalHeader().setDefaultSectionSize(round(em * 2.4))
        for column in range(3):
            self.table.resizeColumnToContents(column)


def _of(entry: Entry) -> str:
    return ", ".join(f"{name} {value}" for name, value in entry.what.items() if value is not None)
