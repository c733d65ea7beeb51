"""Which inspections a person wants to see: of which time, with which verdict, of which component, with which number."""

from collections.abc import Sequence
from datetime import timedelta

from PyQt5.QtCore import QDate, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from inspector.inspection.verdict import Verdict
from inspector.shifts import Period, Span
from ui import theme
from ui.archive import Asked
from ui.widgets.choice import Choice
from ui.widgets.day_choice import DayChoice
from ui.widgets.deed import Segments
from ui.widgets.look import word_of

TYPED_MS = 350
"""Who types a serial number is not asked for each letter."""
PERIODS = (Period.SHIFT, Period.TODAY, Period.WEEK, None)
VERDICTS = (None, Verdict.NOT_OK, Verdict.NOT_DECIDABLE, Verdict.OK)


class SearchBar(QWidget):
    """changed: a person wants to see others."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        words = (self.tr("This shift"), self.tr("Today"), self.tr("7 days"), self.tr("Dates"))
        self.periods, self.verdict, self.component, self.serial = Segments(words), Choice(), Choice(), QLineEdit()
        self.first, self.last = DayChoice(), DayChoice()
        self.periods.choose(1)
        self.verdict.addItems([self.tr("Any verdict"), *(word_of(verdict) for verdict in VERDICTS if verdict)])
        self.component.addItem(self.tr("Any component"))
        self.serial.setPlaceholderText(self.tr("Serial number"))
        self.serial.setClearButtonEnabled(True)
        names = (self.tr("Verdict"), self.tr("Component"), self.tr("Serial number"), self.tr("From"), self.tr("To"))
        parts: Sequence[QWidget] = (self.verdict, self.component, self.serial, self.first, self.last)
        for part, name in zip(parts, names, strict=True):
            part.setAccessibleName(name)
        for part in (self.verdict, self.component):
            part.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._layout, self.upper, self._lower = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.upper.addWidget(self.periods)
        self._dash = QLabel("-")
        for day in (self.first, self._dash, self.last):
            self.upper.addWidget(day)
        self.upper.addStretch(1)
        for part in (self.verdict, self.component, self.serial):
            self._lower.addWidget(part, 1)
        self._layout.addLayout(self.upper)
        self._layout.addLayout(self._lower)

    def _connect(self) -> None:
        self.periods.chosen.connect(lambda _: self.changed.emit())
        self.verdict.activated.connect(lambda _: self.changed.emit())
        self.component.activated.connect(lambda _: self.changed.emit())
        self.serial.textChanged.connect(lambda _: self._typed.start())
        self.serial.returnPressed.connect(self._typed.start)
        self._typed.timeout.connect(self.changed)
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._date)

    @property
    def asked(self) -> Asked:
        """What is wanted."""
        checked = [button.isChecked() for button in self.periods.buttons].index(True)
        component = self.component.currentText() if self.component.currentIndex() > 0 else None
        first, last = (edit.date().toPyDate() for edit in (self.first, self.last))
        verdict = VERDICTS[self.verdict.currentIndex()]
        return Asked(PERIODS[checked], first, last, verdict, component, self.serial.text().strip())

    def offer(self, components: Sequence[str]) -> None:
        """The components that may be looked for; the chosen one stays, known or not."""
        chosen = self.component.currentText() if self.component.currentIndex() > 0 else ""
        names = [*components, *([chosen] if chosen and chosen not in components else [])]
        self.component.clear()
        self.component.addItems([self.tr("Any component"), *names])
        self.component.setCurrentIndex(1 + names.index(chosen) if chosen else 0)

    def choose_component(self, name: str) -> None:
        """Look for that one; where it is the chosen one, for any again."""
        if self.component.findText(name) < 0:
            self.component.addItem(name)
        is_chosen = self.component.currentText() == name
        self.component.setCurrentIndex(0 if is_chosen else self.component.findText(name))
        self.changed.emit()

    def show_span(self, span: Span) -> None:
        """The days of the time that is meant; where a person chose them, they stay."""
        if self.asked.period is None:
            return
        # A span that ends at midnight has nothing of that day.
        for edit, moment in ((self.first, span.start), (self.last, span.end - timedelta(microseconds=1))):
            day = moment.astimezone()
            blocked = edit.blockSignals(True)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.blockSignals(blocked)

    @pyqtSlot()
    def _date(self) -> None:
        """Who chooses a day means all from the one to the other."""
        self.periods.choose(PERIODS.index(None))
        self.changed.emit()

    def scale(self, em: int) -> None:
        self._layout.setSpacing(round(em * theme.GAP_S))
        self.upper.setSpacing(round(em * theme.GAP_S))
        self._lower.setSpacing(round(em * theme.GAP_S))
        self.periods.setFixedWidth(round(em * 25))
        for edit in (self.first, self.last):
            edit.setFixedWidth(round(em * 9.9))
            edit.scale(em)
