"""Which camera: one of those that are connected, by name and serial number, or any source's text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QWidget

from ui import preferences
from ui.widgets.choice import Choice

if TYPE_CHECKING:
    from inspector.capture.connected import Connected


class CameraChoice(Choice):
    """chosen: a person chose another one, or the same one again. opened: they look at the list."""

    chosen = pyqtSignal()
    opened = pyqtSignal()

    def __init__(self, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.NoInsert)
        self._source = source if "," in source else preferences.source_of(source)
        preferences.keep_source(self._source)
        self.activated.connect(self._activate)
        line = self.lineEdit()
        assert line is not None
        line.returnPressed.connect(self._type)
        self.offer(())

    @property
    def source(self) -> str:
        """What opens it."""
        return self._source

    def choose(self, source: str) -> None:
        """Make it the chosen one, whether or not it stands in the list."""
        self._source = source
        index = self.findData(preferences.device_of(source))
        self.setCurrentIndex(index)
        self.setEditText(self.itemText(index) if index >= 0 else source)

    def offer(self, cameras: Sequence["Connected"]) -> None:
        """List these, and the simulator."""
        self.clear()
        for camera in cameras:
            named = self.tr("%1, serial %2").replace("%2", camera.serial) if camera.serial else "%1 (%2)"
            self.addItem(named.replace("%1", camera.name).replace("%2", camera.source), camera.source)
        self.addItem(self.tr("Simulator"), "simulator")
        self.choose(self._source)

    def showPopup(self) -> None:
        self.opened.emit()
        super().showPopup()

    @pyqtSlot(int)
    def _activate(self, index: int) -> None:
        """What was asked of that camera before is asked of it again."""
        self.choose(preferences.source_of(str(self.itemData(index))))
        self.chosen.emit()

    @pyqtSlot()
    def _type(self) -> None:
        text = self.currentText().strip()
        if text and self.findText(text) < 0:
            preferences.keep_source(text)
            self.choose(text)
            self.chosen.emit()
