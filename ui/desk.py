"""What all pages of the bench are about: the workspace, the recipe that is chosen, and who is there."""

from PyQt5.QtCore import QObject, pyqtSignal

from inspector.errors import InspectorError
from inspector.people.session import Session, session_of
from inspector.recipe import Recipe, find_recipe
from inspector.settings import Workspace
from ui.engine_words import translated


class Desk(QObject):
    """names: of all recipes. name: of the chosen one, "" where there is none. recipe: None where its file has faults,
    which `fault` then tells in a sentence.

    chosen: it is another recipe, or its file has changed. changed: a page has changed recordings, annotations, bundles
    or what waits to be labeled on disk.
    """

    chosen = pyqtSignal()
    changed = pyqtSignal()

    def __init__(self, workspace: Workspace, name: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.names: tuple[str, ...] = ()
        self.name, self.fault = name, ""
        self.recipe: Recipe | None = None
        self._session: Session | None = None
        self.refresh()

    def session(self) -> Session:
        """Whoever is at the bench: who gave a PIN on one page is there on the others. Raises: InspectorError."""
        if self._session is None:
            self._session = session_of(self.workspace)
        return self._session

    def choose(self, name: str) -> None:
        """Make it the recipe that all pages are about."""
        if name != self.name:
            self.name = name
            self._read()
            self.chosen.emit()

    def refresh(self) -> None:
        """Read the recipes again; where the chosen one is gone, the first is chosen."""
        self.names = tuple(sorted(path.stem for path in self.workspace.recipes.glob("*.yaml")))
        before = self.name, self.recipe, self.fault, self.names
        if self.name not in self.names:
            self.name = self.names[0] if self.names else ""
        self._read()
        if (self.name, self.recipe, self.fault, self.names) != before:
            self.chosen.emit()

    def _read(self) -> None:
        self.recipe, self.fault = None, ""
        if not self.name:
            return
        try:
            self.recipe = find_recipe(self.workspace.recipes, self.name)
        except InspectorError as error:
            self.fault = translated(error)
