"""The recipes on the disk, looked at and changed as a whole on a thread: what is there, what comes and what goes.

The engine's half of it has OpenCV behind it, and is imported on that thread: the window is there before.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from inspector.errors import InspectorError
from inspector.recipe import Recipe
from inspector.settings import Workspace
from ui.engine_words import translated
from ui.errands import Errands

if TYPE_CHECKING:
    from inspector.capture.trash import Thrown
    from inspector.shelf import Entry, Shelf

Trace = frozenset[tuple[str, int, int]]


class Shelving(QObject):
    """seen: a Shelf that is another than the last one. made, thrown, returned: the recipe of that name. lying: all that
    lie in the trash, the last one first. told: why not.

    by: who does it, for the audit log, with a right that was asked for before; None is whom the system knows.
    """

    seen = pyqtSignal(object)
    made = pyqtSignal(str)
    thrown = pyqtSignal(str)
    returned = pyqtSignal(str)
    lying = pyqtSignal(object)
    told = pyqtSignal(str)

    def __init__(self, workspace: Workspace, errands: Errands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._errands = errands
        self._trace: Trace | None = None

    @pyqtSlot()
    def look(self) -> None:
        """Read what is there, where anything has changed since."""
        workspace, seen = self.workspace, self._trace
        self._do(lambda: _look(workspace, seen), self._show)

    def make(self, recipe: Recipe, like: "Entry | None", by: str | None) -> None:
        """Write a new recipe; like: the one that it is a copy of."""
        workspace = self.workspace

        def work() -> None:
            from inspector.shelf import make

            make(workspace, recipe, like, by)

        self._do(work, lambda _: self.made.emit(recipe.name))

    def throw_away(self, entry: "Entry", by: str) -> None:
        """Move a recipe into the trash."""
        workspace = self.workspace

        def work() -> None:
            from inspector.shelf import throw_away

            throw_away(workspace, entry, by)

        self._do(work, lambda _: self.thrown.emit(entry.name))

    @pyqtSlot()
    def look_in_trash(self) -> None:
        workspace = self.workspace

        def work() -> "tuple[Thrown, ...]":
            from inspector.shelf import thrown_recipes

            return thrown_recipes(workspace)

        self._do(work, self.lying.emit)

    def put_back(self, thrown: "Thrown", by: str) -> None:
        """Take a recipe out of the trash."""
        workspace = self.workspace

        def work() -> None:
            from inspector.shelf import put_back

            put_back(workspace, thrown, by)

        self._do(work, lambda _: self.returned.emit(thrown.name))

    def destroy(self, things: "tuple[Thrown, ...]", by: str) -> None:
        """Delete for good what lies in the trash."""
        workspace = self.workspace

        def work() -> None:
            from inspector.capture.trash import destroy

            destroy(workspace, things, by)

        self._do(work, lambda _: self.look_in_trash())

    def _do(self, work: Callable[[], Any], done: Callable[[Any], Any]) -> None:
        self._errands.run(work, done, self._tell)

    def _tell(self, error: InspectorError) -> None:
        self.told.emit(translated(error))

    def _show(self, seen: "tuple[Trace, Shelf] | None") -> None:
        if seen is not None:
            self._trace, shelf = seen
            self.seen.emit(shelf)


def _look(workspace: Workspace, seen: Trace | None) -> "tuple[Trace, Shelf] | None":
    """What there is, where anything has changed."""
    from inspector.shelf import look, trace

    now = trace(workspace)
    return None if now == seen else (now, look(workspace))
