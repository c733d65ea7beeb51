"""The upper row of the record page: which camera, and what is asked of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.capture.camera import settings_of
from inspector.capture.connected import Connected
from inspector.capture.offer import Offer
from inspector.capture.options import write_options
from inspector.capture.proof import what_to_know
from inspector.errors import InspectorError
from ui import preferences, theme
from ui.engine_words import translated
from ui.errands import Errands
from ui.outlook import Outlook
from ui.widgets.camera_choice import CameraChoice
from ui.widgets.camera_settings import CameraSettings
from ui.widgets.deed import Deed
from ui.widgets.shapes import Sign

ListCameras = Callable[[], Sequence[Connected]]


class CameraBar(QWidget):
    """chosen: `source` is to be opened, also where it is the same again. told: a sentence, "" where it no longer holds.

    Args: over: what the settings lie over; connected: lists the cameras that there are, as an errand; outlook: tells
    the source of each of a recipe's cameras, where the bar is turned from one to another.
    """

    chosen = pyqtSignal()
    told = pyqtSignal(str)

    def __init__(
        self,
        source: str,
        over: QWidget,
        connected: ListCameras,
        errands: Errands,
        outlook: Outlook | None = None,
    ) -> None:
        super().__init__()
        self._outlook = outlook
        self.choice, self.settings = CameraChoice(source), CameraSettings(over)
        self.choice.setAccessibleName(self.tr("Camera"))
        self.choice.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.button = Deed(Sign.SLIDERS, self.tr("Settings"), quiet=False)
        self.button.setToolTip(self.tr("Exposure, gain, white balance, focus, size and rate"))
        self._connected, self._errands = connected, errands
        self._known: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.choice, 1)
        self._row.addWidget(self.button)
        self.choice.chosen.connect(self._choose)
        self.choice.opened.connect(self.look)
        self.button.clicked.connect(self._toggle)
        self.settings.wanted.connect(self._set)

    @property
    def source(self) -> str:
        """What opens the camera, "" where nobody knows."""
        return self.choice.source

    @property
    def fault(self) -> str:
        """Why nobody knows what opens it, in a sentence."""
        return "" if self.source or self._outlook is None else self._outlook.fault

    def turn(self, camera: str) -> None:
        """Look through that one of a recipe's cameras, "" for its only one."""
        if self._outlook is not None and camera != self._outlook.camera:
            self.choice.choose(self._outlook.turn(camera, self.source))
            self._choose()

    @pyqtSlot()
    def look(self) -> None:
        """List the cameras that are connected now."""
        self._errands.run(self._connected, self._offer, lambda error: self.told.emit(translated(error)))

    def _offer(self, found: Sequence[Connected]) -> None:
        line, view = self.choice.lineEdit(), self.choice.view()
        typing = line is not None and line.hasFocus() and line.isModified()
        if not typing and not (view is not None and view.isVisible()):
            self.choice.offer(found)

    def show_taken(self, settings: Mapping[str, Any], offers: Sequence[Offer] | None = None) -> None:
        """What the camera says that it is set to, and what it can send; what a person should know of it is told
        once.
        """
        if self.settings.isVisible():
            self.settings.show_taken(settings)
            self.settings.show_offers(offers)
        if (known := what_to_know(settings)) != self._known:
            self._known = known
            self.told.emit(" ".join(map(translated, known)))

    @pyqtSlot()
    def _choose(self) -> None:
        self.settings.hide()
        self.chosen.emit()

    @pyqtSlot()
    def _toggle(self) -> None:
        if self.settings.isVisible():
            self.settings.hide()
            return
        try:
            self.settings.offer(settings_of(self.source))
        except InspectorError as error:
            self.told.emit(translated(error))
        else:
            self.settings.open()

    @pyqtSlot(dict)
    def _set(self, wanted: dict[str, float | None]) -> None:
        """The camera is opened anew with them; what it took then stands beside them."""
        source = write_options(self.source, wanted)
        preferences.keep_source(source)
        self.choice.choose(source)
        self.chosen.emit()

    def scale(self, em: int) -> None:
        self._row.setSpacing(round(em * theme.GAP_S))
        self.button.scale()
        self.settings.scale(em)
