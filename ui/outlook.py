"""Through which source a page looks at each of a recipe's cameras."""

from inspector.errors import InspectorError
from inspector.inspection.sources import source_of
from inspector.settings import Workspace
from ui import preferences
from ui.engine_words import translated


class Outlook:
    """Keeps what was chosen for each camera; where nothing was, its source is the settings'.

    camera: the one that is looked through, "" for the only one of a recipe. fault: why its source is not known, in a
    sentence; "" where it is.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.camera, self.fault = "", ""
        self._workspace, self._offered = workspace, ""
        self._chosen: dict[str, str] = {}

    def turn(self, camera: str, chosen: str) -> str:
        """Look through that camera from now on: what opens it, "" where nothing says.

        chosen: what was to open the one before, which is kept where a person chose it. The only camera of a recipe is
        what it was, whatever the settings say: they were asked when the window was opened.
        """
        if chosen != self._offered:
            self._chosen[self.camera] = chosen
        self.camera, self.fault, self._offered = camera, "", self._chosen.get(camera, "")
        if not self._offered:
            try:
                self._offered = preferences.source_of(source_of(camera, self._workspace.settings()))
            except InspectorError as error:
                self.fault = translated(error)
        return self._offered
