"""Which camera the station opens, seen live."""

from collections.abc import Sequence

from PyQt5.QtCore import Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from inspector.sheet import Sheet
from inspector.sketch import Fault
from ui import theme
from ui.errands import Errands
from ui.filming import Filming
from ui.stations import Advice
from ui.widgets.camera_bar import CameraBar, ListCameras
from ui.widgets.notice import Notice
from ui.widgets.settings_section import SettingsSection
from ui.widgets.viewfinder import Viewfinder

PULL_MS = 40
PLACE = ("source",)


class CameraSection(SettingsSection):
    """The camera is open while it is in view, and given back then. told: a sentence; ended: after `close`, once it is
    given back.
    """

    told = pyqtSignal(str)
    ended = pyqtSignal()

    def __init__(self, filming: Filming, source: str, connected: ListCameras, errands: Errands) -> None:
        super().__init__("")
        self.title = self.tr("Camera")
        self.filming, self._in_view, self._closing = filming, False, False
        self._trouble = ""
        self.card, self.picture, self.notice, self.hint = QFrame(), Viewfinder(), Notice(), QLabel()
        self.bar = CameraBar(source, self.picture, connected, errands)
        self.card.setObjectName("card")
        self.hint.setObjectName("caption")
        self.hint.setWordWrap(True)
        self.hint.setText(self.tr("The station opens this camera where none is named, with what is set of it here."))
        self._column, middle = QVBoxLayout(self.card), QGridLayout()
        middle.addWidget(self.picture, 0, 0)
        middle.addWidget(self.notice, 0, 0, Qt.AlignCenter)
        self._column.addWidget(self.bar)
        self._column.addWidget(self.hint)
        self._column.addLayout(middle, 1)
        self.add(self.card, 1)
        self.column.setStretch(self.column.count() - 1, 0)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._pull)
        self.bar.chosen.connect(self._choose)
        self.bar.told.connect(self.told)
        filming.failed.connect(self._note_trouble)
        filming.changed.connect(self._leave_at_last)

    def show_sheet(self, sheet: Sheet, faults: Sequence[Fault], locked: bool) -> None:
        self.bar.setEnabled(not locked)
        source = str(sheet.at(PLACE))
        if source != self.bar.source:
            self.bar.choice.choose(source)
            self._open()

    def faulty(self, faults: Sequence[Fault]) -> bool:
        return any(fault.place[:1] == PLACE for fault in faults)

    def enter(self) -> None:
        self._in_view = True
        self._timer.start(PULL_MS)
        self.bar.look()
        self._open()

    def leave(self) -> None:
        self._in_view = False
        self._timer.stop()
        self.bar.settings.hide()
        self.filming.close()

    def close_down(self) -> None:
        """Give the camera back; `ended` follows."""
        self._closing = True
        self.leave()
        self._leave_at_last()

    @pyqtSlot()
    def _leave_at_last(self) -> None:
        if self._closing and self.filming.closed:
            self._closing = False
            self.ended.emit()

    @pyqtSlot()
    def _choose(self) -> None:
        self.edited.emit(PLACE, self.bar.source)
        self._open()

    def _open(self) -> None:
        self._trouble = ""
        if self._in_view:
            self.filming.open(self.bar.source)

    @pyqtSlot(str)
    def _note_trouble(self, sentence: str) -> None:
        self._trouble = sentence

    @pyqtSlot()
    def _pull(self) -> None:
        glance = self.filming.glance()
        self.picture.set_frame(glance.frame, glance.live)
        self.bar.show_taken(glance.settings, glance.offers)
        trouble = self._trouble or ("" if glance.live else glance.fault)
        covered = self.bar.settings.isVisible()
        self.notice.set_advice(Advice(self.tr("No picture"), trouble) if trouble and not covered else None)

    def scale(self, em: int) -> None:
        super().scale(em)
        edge = round(em * theme.GAP_L)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(round(em * theme.GAP_S))
        self.picture.setMinimumHeight(round(em * 20))
        self.bar.scale(em)
        self.notice.scale(em)
        self.notice.setFixedWidth(round(em * 30))
