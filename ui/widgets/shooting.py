"""Under the live picture: what the coach says, the record button, how much there is, light and sharpness."""

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from inspector.labeling.coach import ENOUGH
from inspector.labeling.studio import Glance, Judged, Shooting
from ui import theme
from ui.durations import clock
from ui.widgets.line import Line
from ui.widgets.meter import Meter
from ui.widgets.shapes import Sign, icon

GIBI = 2**30


class ShootingPanel(QWidget):
    """pressed: the record button."""

    pressed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.PlainText)
        self.words.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.record = QPushButton()
        self.record.clicked.connect(self.pressed)
        self.elapsed = QLabel("0:00")
        self.elapsed.setObjectName("figure")
        self.views, self.much, self.room = (Line(Qt.AlignLeft, theme.SMALL) for _ in range(3))
        self.light = Meter(self.tr("Light"), self.tr("good"))
        self.sharpness = Meter(self.tr("Sharpness"), self.tr("sharp"))
        self._button = (True, False)
        self._arrange()
        self.show_button(False, False)

    def _arrange(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        figures, meters = QVBoxLayout(), QVBoxLayout()
        self._columns = (figures, meters)
        for widget in (self.views, self.much, self.room):
            figures.addWidget(widget)
        for meter in (self.light, self.sharpness):
            meters.addWidget(meter)
        self._grid.addWidget(self.words, 0, 0, 1, 4)
        self._grid.addWidget(self.record, 1, 0)
        self._grid.addWidget(self.elapsed, 1, 1)
        self._grid.addLayout(figures, 1, 2)
        self._grid.addLayout(meters, 1, 3)
        self._grid.setColumnStretch(2, 1)

    def show_glance(self, glance: Glance) -> None:
        """What is live."""
        judged, shooting = glance.judged, glance.shooting
        self.light.set_level(judged.light)
        self.sharpness.set_level(judged.sharpness)
        if shooting is not None:
            self.views.set_text(self._views(judged))
            self.elapsed.setText(clock(shooting.seconds))
            self.much.set_text(self._much(shooting))
        self.room.set_text(self._room(glance.free_bytes))

    def show_words(self, advice: str, hint: str) -> None:
        """The coach's sentence of the moment; the hint where there is none."""
        name, text = ("strong", advice) if advice else ("hint", hint)
        if (self.words.objectName(), self.words.text()) != (name, text):
            self.words.setText(text)
            self.words.setObjectName(name)
            _polish(self.words)

    def show_nothing(self) -> None:
        """Nothing was recorded since the choice."""
        self.elapsed.setText(clock(0))
        self.views.set_text("")
        self.much.set_text("")

    def show_button(self, recording: bool, enabled: bool) -> None:
        """What the button does now."""
        if (recording, enabled) == self._button:
            return
        self._button = recording, enabled
        word = self.tr("Stop") if recording else self.tr("Record")
        self.record.setObjectName("" if recording else "primary")
        _polish(self.record)
        self.record.setText(f" {word}")
        self.record.setAccessibleName(word)
        self.record.setToolTip(self.tr("Esc") if recording else self.tr("R"))
        self.record.setEnabled(enabled)
        self._size_button()

    def _views(self, judged: Judged) -> str:
        if judged.enough:
            said = self.tr("%1 views: enough")
        elif judged.views >= ENOUGH:
            said = self.tr("%1 views, and new ones come")
        else:
            said = self.tr("%1 of %2 views").replace("%2", str(ENOUGH))
        return said.replace("%1", str(judged.views))

    def _much(self, shooting: Shooting) -> str:
        frames = self.tr("%1 frames").replace("%1", str(shooting.frames))
        dropped = self.tr("%1 dropped").replace("%1", str(shooting.dropped))
        return f"{frames}  ·  {dropped}"

    def _room(self, free_bytes: int | None) -> str:
        if free_bytes is None:
            return ""
        return self.tr("Only %1 GB left on the disk").replace("%1", f"{free_bytes / GIBI:.1f}")

    def _size_button(self) -> None:
        """Also after it got another name, with which the style sheet gave it another least height."""
        em, recording = theme.em_of(self), self._button[0]
        size = round(em * 1.4)
        self.record.setFixedSize(round(em * 12), round(em * 5.4))
        ink = theme.TEXT if recording else theme.BACKGROUND if self.record.isEnabled() else theme.FAINT
        sign = Sign.STOP if recording else Sign.RECORD
        self.record.setIcon(icon(sign, size, ink, self.devicePixelRatioF()))
        self.record.setIconSize(QSize(size, size))

    def scale(self, em: int) -> None:
        gap = round(em * theme.GAP_M)
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(gap)
        for column in self._columns:
            column.setSpacing(round(em * 0.2))
        self.words.setFixedHeight(round(em * 3.4))
        self.elapsed.setFixedWidth(round(em * 5.6))
        for meter in (self.light, self.sharpness):
            meter.setFixedWidth(round(em * 11))
        for widget in (self.views, self.much, self.room, self.light, self.sharpness):
            widget.updateGeometry()
        self._size_button()


def _polish(widget: QWidget) -> None:
    """Let the style sheet see that its name is another."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
