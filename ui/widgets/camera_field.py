"""Which of a recipe's several cameras sees a component."""

from collections.abc import Sequence

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QSizePolicy

from ui.widgets.choice import Choice
from ui.widgets.field import Field


class CameraField(Field):
    """Out of sight where a recipe has one camera. chosen: another one by its name."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        self.choice = Choice()
        super().__init__("", self.choice)
        self.caption.setText(self.tr("Seen by the camera"))
        self.choice.setAccessibleName(self.caption.text())
        self.choice.setPlaceholderText(self.tr("Choose one"))
        self.choice.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.choice.activated[int].connect(self._choose)

    def show_camera(self, camera: str, cameras: Sequence[str], fault: str, held: bool) -> None:
        """Args: camera: what the recipe says; cameras: all of its; held: it was recorded through that one."""
        self.setVisible(bool(cameras))
        if [self.choice.itemText(number) for number in range(self.choice.count())] != list(cameras):
            self.choice.clear()
            self.choice.addItems(list(cameras))
        known = camera in cameras
        self.choice.setCurrentIndex(list(cameras).index(camera) if known else -1)
        self.choice.setEnabled(not (held and known))
        self.say(fault, self.tr("It was recorded through this one.") if held and known else "")

    @pyqtSlot(int)
    def _choose(self, number: int) -> None:
        self.chosen.emit(self.choice.itemText(number))
