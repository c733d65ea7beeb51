"""The recipes page, opened on true files by a person who types and clicks."""

from datetime import UTC, datetime

import cv2
import numpy as np
from PyQt5.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector.capture.recording import FILE, Media, Recording
from inspector.files import write_document
from inspector.recipe import Component, Mode, Pattern, Recipe, find_recipe
from inspector.settings import Workspace
from ui import theme
from ui.desk import Desk
from ui.editing import Saving
from ui.pages.recipes import RecipesPage

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
    count=4,
)
BOX = Recipe(name="box", frame_size=(640, 360), components=(SCREW, Component(name="tape", region=(20, 20, 300, 200))))
BY_HAND = "# of line 3\nformat: 1\nname: lid\ncomponents:\n- name: lid  # blue\n"


class Opened:
    """A page that was entered, in a window of a size, and what it told."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, name: str) -> None:
        self.qtbot, self.workspace = qtbot, workspace
        self.window = QWidget()
        self.desk = Desk(workspace, name)
        self.page = RecipesPage(self.desk)
        QVBoxLayout(self.window).addWidget(self.page)
        self.told: list[str] = []
        self.page.told.connect(self.told.append)
        qtbot.addWidget(self.window, before_close_func=self._end)
        self.resize(1085, 765)
        self.window.show()
        self.page.enter()
        qtbot.waitUntil(lambda: self.page.entries is not None)

    def resize(self, width: int, height: int, em: int = 15) -> None:
        self.window.setStyleSheet(theme.style_sheet(em))
        self.window.layout().setContentsMargins(0, 0, 0, 0)
        self.page.scale(em)
        self.window.resize(width, height)
        QApplication.processEvents()

    def _end(self, window: QWidget) -> None:
        with self.qtbot.waitSignal(self.page.ended):
            self.page.close_down()

    def recipe(self, name: str = "box") -> Recipe:
        return find_recipe(self.workspace.recipes, name)

    def saved(self) -> None:
        """Wait until what is shown is written."""
        now = self.page.editing.now
        assert now is not None
        self.page.editing.save()
        self.qtbot.waitUntil(lambda: now.saving is Saving.KEPT and not self.page.errands.busy)

    def settled(self) -> None:
        """Look once more, and wait until that is done."""
        self.page.shelving.look()
        self.qtbot.waitUntil(lambda: not self.page.errands.busy)

    def type(self, field: QLineEdit, text: str) -> None:
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)


def record(
    workspace: Workspace, recipe: str, component: str, pattern: str | None = None, size: tuple[int, int] = (640, 360)
) -> None:
    folder = workspace.recordings / f"{component}-{pattern}"
    folder.mkdir(parents=True)
    cv2.imwrite(str(folder / "0.png"), np.full((size[1], size[0], 3), 80, np.uint8))
    recording = Recording(
        id=folder.name,
        recipe=recipe,
        components=(component,),
        positive=True,
        pattern=pattern,
        kind="pictures",
        source="test",
        recorded_by="me",
        recorded_at=datetime.now(UTC),
        frame_size=size,
        media=(Media(file="0.png", sha256="0", frames=1),),
    )
    write_document(folder / FILE, recording)
