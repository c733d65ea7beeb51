"""A row that says how many pictures of the line were judged wrong, and has them labeled."""

from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot

from inspector.errors import InspectorError
from inspector.labeling.tasks import take, waiting
from inspector.settings import person
from ui.desk import Desk
from ui.engine_words import translated
from ui.errands import Errands
from ui.widgets.strip import Strip


class JudgedWrong(Strip):
    """Hidden where no picture of the desk's recipe waits. taken: the folder of the recording, of several the first one,
    that they are now. failed: a sentence.
    """

    taken = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, desk: Desk, errands: Errands) -> None:
        super().__init__()
        self._desk, self._errands = desk, errands
        self._grid.addWidget(self.line, 0, 0, 2, 1)  # without a bar it stands beside the middle of the button
        self.button.setFocusPolicy(Qt.TabFocus)  # a press leaves the keyboard where it is: on the picture
        self.pressed.connect(self._take)
        self.hide()

    @pyqtSlot()
    def look(self) -> None:
        """Whether some wait, on the thread of the errands."""
        workspace, recipe = self._desk.workspace, self._desk.recipe
        if recipe is None:
            self.hide()
            return

        def show(count: int) -> None:
            if self._desk.recipe is recipe:
                self._show_count(count)

        self._errands.run(lambda: len(waiting(workspace, recipe.name)), show, self._fail)

    @pyqtSlot()
    def _take(self) -> None:
        workspace, recipe = self._desk.workspace, self._desk.recipe
        if recipe is None:
            return

        def done(folders: tuple[Path, ...]) -> None:
            self.look()
            self.taken.emit(folders[0])

        self.show_text(self.tr("They are being taken into a recording."))
        self._errands.run(lambda: take(workspace, recipe, person()), done, self._fail_to_take)

    def _fail_to_take(self, error: InspectorError) -> None:
        self.look()  # they still wait
        self._fail(error)

    def _fail(self, error: InspectorError) -> None:
        self.hide()
        self.failed.emit(translated(error))

    def _show_count(self, count: int) -> None:
        text = self.tr("Pictures that somebody at the station said were judged wrong: %1")
        self.show_text(text.replace("%1", str(count)), self.tr("Label them"))
        self.setVisible(count > 0)
