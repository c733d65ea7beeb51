"""One pattern of a component: its name, and whether it passes."""

from collections.abc import Mapping
from typing import Any

from PyQt5.QtCore import QEvent, QSize, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.widgets.deed import Deed
from ui.widgets.field import Remark, Words, mark
from ui.widgets.shapes import Sign, icon


class Passing(QPushButton):
    """Whether a pattern passes, as a sign and a word; pressed, it is the other."""

    def __init__(self) -> None:
        super().__init__()
        self.passes = True
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Fixed)
        self.show_value(True)

    def show_value(self, passes: bool) -> None:
        self.passes = passes
        word = self.tr("Passes") if passes else self.tr("Fails")
        self.setText(f" {word}")
        self.setAccessibleName(word)
        self.scale()

    def scale(self) -> None:
        em = theme.em_of(self)
        tone = theme.TONES[Verdict.OK if self.passes else Verdict.NOT_OK]
        sign = Sign.CHECK if self.passes else Sign.CROSS
        self.setIcon(icon(sign, em, tone.line, self.devicePixelRatioF()))
        self.setIconSize(QSize(em, em))
        self.setFixedWidth(round(em * 10.5))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.FontChange:
            self.scale()


class PatternRow(QWidget):
    """renamed, turned, removed: what a person asked for."""

    renamed = pyqtSignal(str)
    turned = pyqtSignal(bool)
    removed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.passing = Words(), Passing()
        self.name.setAccessibleName(self.tr("Name of the pattern"))
        self.remove = Deed(Sign.CROSS, self.tr("Remove this pattern"), shown=False)
        self.remark = Remark()
        self.remark.keeps_place = False
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row.setSpacing(2)
        row.addWidget(self.name, 1)
        row.addWidget(self.passing)
        row.addWidget(self.remove)
        column.addLayout(row)
        column.addWidget(self.remark)
        self.name.textEdited.connect(self.renamed)
        self.passing.clicked.connect(lambda: self.turned.emit(not self.passing.passes))
        self.remove.clicked.connect(self.removed)

    def show_pattern(self, values: Mapping[str, Any], fault: str, held: str) -> None:
        """Args: fault: what is wrong with the name; held: why nothing of it may change, "" where it may."""
        if self.name.text() != values["name"]:
            self.name.setText(values["name"])
        self.passing.show_value(bool(values["passes"]))
        for widget in (self.name, self.passing, self.remove):
            widget.setEnabled(not held)
        self.remark.say(held, fault)
        mark(self.name, bool(fault))

    def scale(self) -> None:
        self.passing.scale()
        self.remove.scale()
