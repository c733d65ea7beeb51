"""The lower edge of a station page: what is to be said, how fast it goes, and the quiet buttons."""

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QHBoxLayout

from ui import theme
from ui.widgets.deed import Deed
from ui.widgets.line import Line


class StationFoot(QHBoxLayout):
    """message, metrics: one line each; beside them the buttons."""

    def __init__(self, *deeds: Deed) -> None:
        super().__init__()
        self.message, self.metrics = Line(Qt.AlignLeft), Line(Qt.AlignRight, theme.SMALL, theme.MUTED)
        self._deeds = deeds
        self.addWidget(self.message, 2)
        self.addWidget(self.metrics, 1)
        for deed in deeds:
            self.addWidget(deed)

    def scale(self, em: int) -> None:
        self.setSpacing(round(em * theme.GAP_M))
        for deed in self._deeds:
            deed.scale()
        for line in (self.message, self.metrics):
            line.updateGeometry()
