"""Between the record page and its studio: the camera that is open, and what is recorded from it."""

from collections.abc import Callable
from enum import Enum, auto

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from inspector.capture.camera import Camera
from inspector.capture.claim import Claim
from inspector.labeling.studio import Glance, Outcome, Studio
from inspector.recipe import Recipe
from inspector.settings import Workspace
from ui.bridge import Bridge, Phase

OpenCamera = Callable[[str], Camera]
"""Opens a live camera by a source's text. Called on a thread of its own."""


class Stage(Enum):
    """What is recorded now."""

    READY = auto()
    RECORDING = auto()
    ENDING = auto()


class Filming(QObject):
    """Holds one studio at a time. changed: another stage, or the camera was opened or closed. delivered: the Outcome of
    a recording. failed: why there is no studio, in a sentence.
    """

    changed = pyqtSignal()
    delivered = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, workspace: Workspace, opener: OpenCamera, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage.READY
        self._workspace, self._opener = workspace, opener
        self._wanted: str | None = None
        self._bridge: Bridge[Studio, Glance] = Bridge(self)
        self._bridge.changed.connect(self._hear)
        self._bridge.delivered.connect(self._take)
        self._bridge.failed.connect(self.failed)

    def open(self, source: str) -> None:
        """Look through this camera, "" for none, once the one before is closed."""
        self._wanted = source or None
        self._bridge.close()
        self._hear()

    def close(self) -> None:
        """Give the camera back; a recording that is being made is kept, and delivered before."""
        self._wanted = None
        self._bridge.close()

    @property
    def closed(self) -> bool:
        return self._bridge.phase is Phase.IDLE

    def glance(self) -> Glance:
        """How things stand now; returns at once."""
        return self._bridge.view() or Glance()

    @property
    def can_record(self) -> bool:
        """Whether a camera is open, and nothing recorded from it."""
        return self.stage is Stage.READY and self._bridge.phase is Phase.OPEN

    def record(self, recipe: Recipe, claim: Claim, by: str) -> bool:
        """Begin a recording; its Outcome is delivered, whatever becomes of it. False where none was begun."""
        if not self.can_record or self._bridge.held is None:
            return False
        self._bridge.held.record(recipe, claim, by)
        self._enter(Stage.RECORDING)
        return True

    def end(self) -> None:
        """End the recording; what is recorded is kept."""
        if self.stage is Stage.RECORDING and self._bridge.held is not None:
            self._bridge.held.end()
            self._enter(Stage.ENDING)

    @pyqtSlot()
    def _hear(self) -> None:
        if self.closed:
            self.stage = Stage.READY
            source, self._wanted = self._wanted, None
            if source is not None:
                self._bridge.open(lambda deliver: Studio(lambda: self._opener(source), self._workspace, deliver))
                return
        self.changed.emit()

    @pyqtSlot(object)
    def _take(self, outcome: Outcome) -> None:
        self.stage = Stage.READY
        self.delivered.emit(outcome)
        self.changed.emit()

    def _enter(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()
