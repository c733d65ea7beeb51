"""What the engine does for whoever labels: frames extracted, boxes proposed, recordings held against what was said of
them; one child process after the other.
"""

from collections.abc import Sequence
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from inspector.labeling.suggestions import Origin
from inspector.settings import Workspace
from ui.command import Command, MakeCommand
from ui.engine_words import translated
from ui.reviewing import follows, review_of


class Proposing(QObject):
    """Extracts, proposes or searches; what follows the others is a review, which tells a person only what they must do.

    stepped: what is being done, which part of it, how many, of how many or None. said: a sentence for the foot of the
    window. wrong: one that must be seen. asked: `recording/frame` of those that settle the most. ended: one part of it
    did, and there is something new on disk.
    """

    stepped = pyqtSignal(str, str, int, object)
    said = pyqtSignal(str)
    wrong = pyqtSignal(str)
    asked = pyqtSignal(tuple)
    ended = pyqtSignal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None, command: MakeCommand = Command) -> None:
        super().__init__(parent)
        self.command = command(workspace, self)
        self.command.told.connect(self._hear)
        self.command.ended.connect(self._end)
        self._stage, self._what, self._recipe = "", "", ""
        self._wanted = False
        self._heard: dict[str, Any] = {}
        self._faults: list[str] = []
        self._left: int | None = None
        self._cancelled = False

    @property
    def running(self) -> bool:
        return self.command.running

    def extract(self, recipe: str) -> None:
        """Take the frames out of the recipe's recordings."""
        self._begin(recipe, self.tr("Taking frames"), "extract", recipe)

    def suggest(self, recipe: str, components: Sequence[str], origin: Origin) -> None:
        """Propose boxes of these components."""
        options = [word for name in components for word in ("--component", name)]
        what = self.tr("A detector learns") if origin is Origin.DETECTOR else self.tr("Suggesting boxes")
        self._begin(recipe, what, "suggest", recipe, *options, "--from", str(origin))

    def review(self, recipe: str) -> None:
        """Hold the recordings against what was said of them, since something new is known."""
        self._begin(recipe, self.tr("Looking for contradictions"), *review_of(recipe))

    def search(self, recipe: str, thorough: bool) -> None:
        """The same because a person wants it, who is told of all that comes of it."""
        what = self.tr("Searching thoroughly") if thorough else self.tr("Looking for contradictions")
        self._begin(recipe, what, *review_of(recipe, thorough), wanted=True)

    def cancel(self) -> None:
        self._cancelled = True
        self.command.cancel()

    def _begin(self, recipe: str, what: str, *command: str, wanted: bool = False) -> None:
        if not self.running:
            self._stage, self._what, self._recipe, self._wanted = command[0], what, recipe, wanted
            self._heard, self._left, self._cancelled, self._faults = {}, None, False, []
            self.command.start(*command)
            self.stepped.emit(what, "", 0, None)

    @pyqtSlot(dict)
    def _hear(self, line: dict[str, Any]) -> None:
        if "stage" in line:
            self.stepped.emit(self._what, str(line["text"]), int(line["done"]), line["total"])
        elif line.get("searched") is False:
            # A negative that seems to show the component; where nothing was recorded or boxed yet, nobody is bothered
            # who has not asked.
            if line["alike"] or self._wanted:
                self._faults.append(translated(line["says"]))
        else:
            # Of several components each tells how many frames wait for a person.
            self._left = self._left if "left" not in line else (self._left or 0) + int(line["left"])
            self._heard |= line
            self._faults += [translated(line["says"])] if "says" in line else []

    @pyqtSlot(int, str)
    def _end(self, code: int, sentence: str) -> None:
        stage = self._stage
        if code and not self._cancelled:
            self.wrong.emit(sentence)
        elif not code:
            self._tell()
            if follows(stage, code, self._cancelled):
                self.review(self._recipe)
        self.ended.emit()

    def _tell(self) -> None:
        """What a person does next."""
        heard = self._heard
        if self._left:
            text = self.tr("Boxes are suggested for %1 frames. Look at each, and press Enter where they are right.")
            self.said.emit(text.replace("%1", str(self._left)))
        elif self._left == 0:
            self.said.emit(
                self.tr("No boxes can be suggested from what is known. What is said of this frame helps most.")
            )
        if heard.get("moments"):
            text = self.tr("Frames that seem to contradict what was said of their recordings: %1. Look at them.")
            self.said.emit(text.replace("%1", str(heard["moments"])))
        elif self._wanted and heard.get("recordings"):
            text = self.tr("Searched: nothing in %1 recordings contradicts what was said of them.")
            self.said.emit(text.replace("%1", str(heard["recordings"])))
        if self._faults:
            self.wrong.emit(" ".join(self._faults))
        if heard.get("questions"):
            self.asked.emit(tuple(heard["questions"]))
