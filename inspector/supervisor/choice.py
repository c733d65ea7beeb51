"""Which recipe a plant chose. It outlives the supervisor: a workpiece must not meet the recipe of another."""

from collections.abc import Callable
from threading import Thread

from inspector.errors import InputError, InspectorError
from inspector.files import Document, read_document, write_document
from inspector.people.audit import audit_of
from inspector.people.role import Deed
from inspector.recipe import read_recipe
from inspector.settings import Workspace, pick

FILE = "chosen.yaml"
PLANT = "plant"
"""Who chose, in the audit log: no person."""


class _Chosen(Document):
    """`chosen.yaml` of a workspace. named: what the station was started with when the plant chose."""

    named: str
    chosen: str


class Choice:
    """The recipe of a station: the one that it was started with, until the plant chooses another of the workspace.

    A person who starts it with another one than before has the last word.
    Args: say: is told, on any thread, why the audit log does not hold what was chosen.
    Raises: InputError where there is no such recipe; FileProblems where what was kept cannot be read.
    """

    def __init__(self, workspace: Workspace, named: str, say: Callable[[str], object] = lambda _: None) -> None:
        self._workspace, self._say = workspace, say
        self._named = self._known(named)
        self._path = workspace.folder / FILE

    @property
    def recipe(self) -> str:
        """What is to be run."""
        if not self._path.exists():
            return self._named
        kept = read_document(self._path, _Chosen)
        return kept.chosen if kept.named == self._named else self._named

    def choose(self, recipe: str) -> None:
        """Keep what the plant chose, if a station can read it: what is kept here outlives each restart.

        Raises: InputError where there is none such, or its file is not as it should be; MachineError where that cannot
        be read, or the choice not be kept.
        """
        chosen = self._known(recipe)
        try:
            read_recipe(self._workspace.recipes / f"{chosen}.yaml")
        except InputError as error:
            raise InputError(f"The recipe '{chosen}' cannot be chosen. {' '.join(str(error).splitlines())}") from error
        write_document(self._path, _Chosen(named=self._named, chosen=chosen))
        # Another program may have the log for seconds, and a supervisor that waits beats no more.
        Thread(target=self._note, args=(chosen,), name="note", daemon=True).start()

    def _note(self, chosen: str) -> None:
        """The one deed that is done before it is written down, and also where it cannot be: a line goes on."""
        try:
            audit_of(self._workspace).add(Deed.CHOOSE, PLANT, recipe=chosen, started_with=self._named)
        except InspectorError as error:
            self._say(str(error))

    def _known(self, recipe: str) -> str:
        known = sorted(path.stem for path in self._workspace.recipes.glob("*.yaml"))
        if not known:
            raise InputError(f"There is no recipe in {self._workspace.recipes}. Copy one there, or teach one.")
        return pick(recipe, known, "recipe")
