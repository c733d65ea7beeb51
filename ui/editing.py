"""One recipe being changed: its steps, what is wrong with it, and its file."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from inspector.errors import InspectorError
from inspector.recipe import Recipe
from inspector.settings import Workspace
from inspector.sketch import Fault, Sketch, Steps
from inspector.yaml_lines import Place
from ui.engine_words import translated
from ui.errands import Errands

if TYPE_CHECKING:
    from inspector.shelf import Entry

SAVE_MS = 1500
"""After the last change: nobody wants every letter of a name on the disk, and in the audit log an entry for each. Who
goes elsewhere, or closes the window, leaves nothing unwritten.
"""

Edit = Callable[[Sketch], Sketch]


class Saving(Enum):
    """Whether what is shown is what is in the file."""

    KEPT = auto()
    WAITING = auto()
    FAULTY = auto()
    FAILED = auto()


class Opened:
    """A recipe that was opened in this session, with its steps.

    entry: its file as it was last read or written, as far as the window has heard. recipe: None where the sketch is not
    in order.
    """

    def __init__(self, entry: "Entry", recipe: Recipe) -> None:
        self.entry = entry
        self.recipe: Recipe | None = recipe
        self.steps = Steps(Sketch.of(recipe))
        self.faults: tuple[Fault, ...] = ()
        self.saving = Saving.KEPT
        self._on_disk = entry

    def keep(self, workspace: Workspace, recipe: Recipe, by: str | None) -> "Entry":
        """Write the file. For errands, which follow one another: what is on the disk is known to them first.

        Args: by: who does it, for the audit log; None is whom the system knows.
        """
        from inspector.shelf import keep  # with OpenCV behind it: on the thread that works, not before the window opens

        self._on_disk = keep(workspace, self._on_disk, recipe, by)
        return self._on_disk

    def check(self) -> None:
        self.recipe, self.faults = self.steps.now.checked()
        self.saving = Saving.WAITING if self.recipe else Saving.FAULTY

    def read(self, entry: "Entry", recipe: Recipe) -> None:
        """Go on from what somebody else wrote."""
        self.entry = self._on_disk = entry
        self.steps.pause()
        self.steps.take(Sketch.of(recipe))
        self.recipe, self.faults, self.saving = recipe, (), Saving.KEPT


class Editing(QObject):
    """Takes each change, checks it, and writes it when it is in order. What is not in order is never written.

    now: the recipe that is open; None where there is none, or its file cannot be read.
    changed: the sketch, its faults or the saving are others. kept: an Entry was written. overtaken: a file is no longer
    what was read, and was not written over. told: a sentence for the foot of the window.

    Args: who: gives whoever is there and is known by a PIN, "" where nobody is.
    """

    changed = pyqtSignal()
    kept = pyqtSignal(object)
    overtaken = pyqtSignal()
    told = pyqtSignal(str)

    def __init__(
        self, workspace: Workspace, errands: Errands, who: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.now: Opened | None = None
        self._opened: dict[str, Opened] = {}
        self._workspace, self._errands, self._who = workspace, errands, who
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save)

    def open(self, entry: "Entry | None") -> None:
        """Change that recipe from now on, where it was left in this session; what waits of the one before is written.

        Of a file that somebody else has changed since, what is in it now is the next step.
        """
        self.save()
        self.now = None
        if entry is not None and entry.recipe is not None:
            self.now = self._opened.setdefault(entry.name, Opened(entry, entry.recipe))
            self.hear(entry)
        self.changed.emit()

    def hear(self, entry: "Entry") -> bool:
        """What is on the disk of the recipe that is open; True where somebody else wrote it."""
        now = self.now
        if now is None or entry.recipe is None:
            return False
        other = entry.text != now.entry.text
        if other:
            self._timer.stop()
            now.read(entry, entry.recipe)
        elif entry != now.entry:
            now.entry = entry
        else:
            return False
        self.changed.emit()
        return other

    def forget(self, name: str) -> None:
        """The recipe is gone, and one that comes in its place is another."""
        self._opened.pop(name, None)

    @property
    def unsaved(self) -> list[str]:
        """The recipes that hold changes which are not in order, or could not be written."""
        return [name for name, one in self._opened.items() if one.saving in (Saving.FAULTY, Saving.FAILED)]

    # What a person does

    def take(self, edit: Edit, about: Place | None = None) -> None:
        """Make a change. about: the value that is being typed."""
        if self.now is not None and self.now.steps.take(edit(self.now.steps.now), about):
            self._check(self.now)

    @pyqtSlot()
    def undo(self) -> None:
        if self.now is not None and self.now.steps.undo():
            self._check(self.now)

    @pyqtSlot()
    def redo(self) -> None:
        if self.now is not None and self.now.steps.redo():
            self._check(self.now)

    @pyqtSlot()
    def pause(self) -> None:
        """What is typed from here on is another step."""
        if self.now is not None:
            self.now.steps.pause()

    # The file

    def _check(self, now: Opened) -> None:
        now.check()
        if now.recipe:
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit()

    @pyqtSlot()
    def save(self) -> None:
        """Write what waits, now."""
        self._timer.stop()
        now = self.now
        if now is None or now.recipe is None or now.saving is Saving.KEPT:
            return
        recipe, workspace, by = now.recipe, self._workspace, self._who() or None
        self._errands.run(
            lambda: now.keep(workspace, recipe, by),
            lambda entry: self._wrote(now, recipe, entry),
            lambda error: self._failed(now, error),
        )

    def _wrote(self, now: Opened, recipe: Recipe, entry: "Entry") -> None:
        now.entry = replace(now.entry, text=entry.text, recipe=entry.recipe)
        if recipe is now.recipe:
            now.saving = Saving.KEPT
        self.changed.emit()
        self.kept.emit(now.entry)

    def _failed(self, now: Opened, error: InspectorError) -> None:
        from inspector.shelf import Overtaken

        if isinstance(error, Overtaken):
            self.overtaken.emit()
        elif now.recipe is not None:
            now.saving = Saving.FAILED
        self.changed.emit()
        self.told.emit(translated(error))
