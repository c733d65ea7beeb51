"""The language and the look of the window, which everybody may choose."""

from collections.abc import Sequence

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QFrame, QGridLayout, QSizePolicy

from inspector.sheet import Sheet
from inspector.sketch import Fault
from ui import preferences, theme
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.settings_section import SettingsSection


class LookSection(SettingsSection):
    """restyled: another one was chosen, for which all is made anew."""

    restyled = pyqtSignal()
    deed = None

    def __init__(self) -> None:
        super().__init__("")
        self.title = self.tr("Language and look")
        card, self.language, self.look = QFrame(), Choice(), Choice()
        card.setObjectName("card")
        for name, word in preferences.LANGUAGES.items():
            self.language.addItem(word, name)
        for name, word in (("dark", self.tr("Dark")), ("light", self.tr("Light"))):
            self.look.addItem(word, name)
        self.language.setCurrentIndex(self.language.findData(preferences.language()))
        self.look.setCurrentIndex(self.look.findData(preferences.look()))
        self._grid = QGridLayout(card)
        parts = ((self.language, self.tr("Language"), "language"), (self.look, self.tr("Look"), "look"))
        for column, (choice, caption, key) in enumerate(parts):
            choice.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
            self._grid.addWidget(Field(caption, choice), 0, column)
            self._grid.setColumnStretch(column, 1)
            choice.activated.connect(lambda _, choice=choice, key=key: self._keep(key, str(choice.currentData())))
        self.add(card)

    def show_sheet(self, sheet: Sheet, faults: Sequence[Fault], locked: bool) -> None:
        """Nothing of it stands in the settings of the workspace: each person has their own."""

    def _keep(self, key: str, value: str) -> None:
        preferences.keep(key, value)
        self.restyled.emit()

    def scale(self, em: int) -> None:
        super().scale(em)
        edge = round(em * theme.GAP_L)
        self._grid.setContentsMargins(edge, edge, edge, edge)
        self._grid.setHorizontalSpacing(edge)
