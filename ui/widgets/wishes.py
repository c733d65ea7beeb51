"""The few settings of a training that have a field of their own; each left alone is as the preset has it."""

from collections.abc import Sequence

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QComboBox, QDoubleSpinBox, QFrame, QGridLayout, QLabel, QSpinBox, QWidget

from inspector.presets import BACKBONES, FAMILIES, SECOND_LOOKS
from ui import theme
from ui.widgets.choice import Choice

UNSAID = -1
MOST_SEED = 2**31 - 1


class Wishes(QFrame):
    """changed: something else is wished for."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.family, self.backbone = self._choice(FAMILIES), self._choice(BACKBONES)
        self.second_look = self._choice(SECOND_LOOKS)
        self.minutes, self.rounds, self.seed = self._minutes(), self._number(20), self._number(MOST_SEED)
        fields = (
            (self.tr("Kind of detector"), self.family),
            (self.tr("Backbone: what reads the picture"), self.backbone),
            (self.tr("Second look at each detection"), self.second_look),
            (self.tr("Most minutes"), self.minutes),
            (self.tr("Rounds with what fools it, at most"), self.rounds),
            (self.tr("Seed: the same gives the same again"), self.seed),
        )
        self._grid = QGridLayout(self)
        for number, (caption, entry) in enumerate(fields):
            label = QLabel(caption)
            label.setObjectName("caption")
            label.setBuddy(entry)
            entry.setAccessibleName(caption)
            row, column = divmod(number, 3)
            self._grid.addWidget(label, row * 2, column)
            self._grid.addWidget(entry, row * 2 + 1, column)
            self._grid.setColumnStretch(column, 1)

    def _choice(self, names: Sequence[str]) -> QComboBox:
        choice = Choice()
        choice.addItem(self.tr("as the preset says"))
        choice.addItems(names)
        choice.currentIndexChanged.connect(lambda _: self.changed.emit())
        return choice

    def _number(self, most: int) -> QSpinBox:
        number = QSpinBox()
        number.setRange(UNSAID, most)
        number.setSpecialValueText(self.tr("as the preset says"))
        number.setValue(UNSAID)
        number.valueChanged.connect(lambda _: self.changed.emit())
        return number

    def _minutes(self) -> QDoubleSpinBox:
        minutes = QDoubleSpinBox()
        minutes.setDecimals(0)
        minutes.setRange(0, 10_000)
        minutes.setSpecialValueText(self.tr("as long as it takes"))
        minutes.valueChanged.connect(lambda _: self.changed.emit())
        return minutes

    def options(self) -> list[str]:
        """What `inspector train` is told."""
        chosen = {"--family": self.family, "--backbone": self.backbone, "--second-look": self.second_look}
        numbers = {"--rounds": self.rounds, "--seed": self.seed}
        said = [(name, choice.currentText()) for name, choice in chosen.items() if choice.currentIndex() > 0]
        said += [(name, str(number.value())) for name, number in numbers.items() if number.value() != UNSAID]
        if self.minutes.value():
            said.append(("--minutes", f"{self.minutes.value():.0f}"))
        return [word for pair in said for word in pair]

    def scale(self, em: int) -> None:
        self._grid.setContentsMargins(*[round(em * 1.1)] * 4)
        self._grid.setHorizontalSpacing(round(em * theme.GAP_L))
        self._grid.setVerticalSpacing(round(em * theme.GAP_S))
