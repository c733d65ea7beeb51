"""The upper edge of a station page: its state, which recipe, which source, and the one button."""

from PyQt5.QtCore import QSize, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.bridge import Phase
from ui.widgets.choice import Choice, SourceChoice
from ui.widgets.indicator import Indicator
from ui.widgets.shapes import Sign, icon


class StationBar(QWidget):
    """pressed: Start, or Stop."""

    pressed = pyqtSignal()

    def __init__(self, sources: tuple[str, ...], source: str) -> None:
        super().__init__()
        self.indicator, self.recipe, self.source = Indicator(), Choice(), SourceChoice(sources)
        if source:
            self.source.choose(source)
        self.start = QPushButton()
        self.start.setObjectName("start")
        self.start.clicked.connect(self.pressed)
        self._phase = Phase.IDLE
        self._arrange()

    def _arrange(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.indicator)
        self._captions = []
        for choice, name in ((self.recipe, self.tr("Recipe")), (self.source, self.tr("Source"))):
            choice.setAccessibleName(name)
            choice.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
            label = QLabel(name)
            label.setObjectName("caption")
            label.setBuddy(choice)
            self._captions.append(label)
            self._row.addWidget(label)
            self._row.addWidget(choice, 1)
        self._row.addWidget(self.start)
        QWidget.setTabOrder(self.recipe, self.source)
        QWidget.setTabOrder(self.source, self.start)

    def hide_recipe(self) -> None:
        """Nobody chooses it here."""
        self.recipe.hide()
        self._captions[0].hide()

    def show_phase(self, phase: Phase, can_start: bool) -> None:
        """What the button does now, and whether anything may be chosen."""
        self._phase = phase
        idle = phase is Phase.IDLE
        for choice in (self.recipe, self.source):
            choice.setEnabled(idle and self.recipe.count() > 0)
        self.start.setEnabled(can_start if idle else phase is not Phase.CLOSING)
        word = self.tr("Start") if idle else self.tr("Stop")
        self.start.setText(f" {word}")
        self.start.setAccessibleName(word)
        self._set_start_look()

    def scale(self, em: int) -> None:
        self._row.setSpacing(round(em * theme.GAP_M))
        self.start.setFixedWidth(round(em * 10))
        self.indicator.updateGeometry()
        self._set_start_look()

    def _set_start_look(self) -> None:
        """Start is the one light button of a page at rest; Stop keeps quiet while the verdict speaks."""
        em, enabled = theme.em_of(self), self.start.isEnabled()
        inviting = enabled and self._phase is Phase.IDLE
        self.start.setProperty("inviting", inviting)
        self.start.style().unpolish(self.start)
        self.start.style().polish(self.start)
        color = theme.BACKGROUND if inviting else theme.TEXT if enabled else theme.FAINT
        sign = Sign.PLAY if self._phase is Phase.IDLE else Sign.STOP
        self.start.setIcon(icon(sign, em, color, self.devicePixelRatioF()))
        self.start.setIconSize(QSize(em, em))
