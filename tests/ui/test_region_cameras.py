"""Regions where several cameras look at a workpiece: each on the picture of the camera that sees its component."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.files import write_document
from inspector.recipe import Component, Recipe, Viewpoint
from inspector.settings import Settings, Workspace
from tests.ui.opened_recipes import BOX, Opened, record

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TWO = Recipe(
    name="two",
    cameras=(Viewpoint(name="top", frame_size=(640, 360)), Viewpoint(name="side", frame_size=(400, 300))),
    components=(
        Component(name="lid", camera="top", region=(20, 20, 300, 200)),
        Component(name="seal", camera="side", region=(10, 10, 200, 150)),
        Component(name="label", camera="top"),
    ),
)


@pytest.fixture
def it(qtbot: QtBot, workspace: Workspace) -> Opened:
    """The page on a recipe of two cameras, of each of which there is a recording; the settings know `top` alone."""
    write_document(workspace.recipes / "two.yaml", TWO)
    write_document(workspace.recipes / "box.yaml", BOX)
    record(workspace, "two", "lid")
    record(workspace, "two", "seal", size=(400, 300))
    for name, size in (("top", (640, 360)), ("other", (64, 48))):
        cv2.imwrite(str(workspace.folder / f"{name}.png"), np.zeros((size[1], size[0], 3), np.uint8))
    write_document(workspace.folder / "settings.yaml", Settings(cameras={"top": str(workspace.folder / "top.png")}))
    made = Opened(qtbot, workspace, "two")
    shows(made, (640, 360))
    return made


def shows(it: Opened, size: tuple[int, int]) -> None:
    """Wait until the picture shown is of that size."""
    canvas, panel = it.page.panel.canvas, it.page.panel
    it.qtbot.waitUntil(lambda: canvas.picture_size == size and not panel.errands.busy)


def take(it: Opened, path: Path | None = None) -> None:
    if path is not None:
        it.page.panel.source.choose(str(path))
    it.qtbot.mouseClick(it.page.panel.take, Qt.LeftButton)
    it.qtbot.waitUntil(it.page.panel.take.isEnabled)


def test_only_the_regions_of_the_chosen_component_s_camera_are_on_its_picture(it: Opened) -> None:
    canvas = it.page.panel.canvas
    assert [box for _, box in canvas._regions] == [(20, 20, 300, 200), None, None]
    assert it.page.panel.caption.text() == "Picture of the camera “top”"
    it.page.editor.choose(1)
    shows(it, (400, 300))
    assert [box for _, box in canvas._regions] == [None, (10, 10, 200, 150), None]
    assert canvas.fits
    it.page.editor.choose(2)
    assert canvas.picture_size == (640, 360), "it is kept, and there at once"
    it.page.editor.choose(-1)
    assert canvas.picture_size == (640, 360)
    assert [box for _, box in canvas._regions] == [(20, 20, 300, 200), None, None]


def test_a_region_is_drawn_on_a_picture_of_its_camera_s_size_alone(it: Opened) -> None:
    canvas = it.page.panel.canvas
    it.page.editor.choose(1)
    shows(it, (400, 300))
    take(it, it.workspace.folder / "top.png")
    assert "drawn on 400x300, this picture is 640x360" in it.page.panel.where.text
    canvas.setFocus()
    it.qtbot.keyClick(canvas, Qt.Key_Left)
    assert it.page.editing.now is not None
    assert not it.page.editing.now.steps.can_undo
    it.page.panel.load_recorded()
    shows(it, (400, 300))
    it.qtbot.keyClick(canvas, Qt.Key_Right)
    it.saved()
    assert it.recipe("two").views == {"top": (640, 360), "side": (400, 300)}
    assert it.recipe("two").components[1].region == (11, 10, 201, 150)


def test_a_new_component_is_seen_by_the_camera_that_is_chosen_for_it(it: Opened) -> None:
    it.page.editor.add.click()
    card = it.page.editor.cards[3]
    assert (card.camera.isHidden(), card.camera.choice.currentIndex()) == (False, -1)
    assert card.camera.remark.text == "'part' is seen by one of the cameras: top, side."
    assert not it.page.editor.rest.text, "the fault stands at the field"
    card.camera.choice.setCurrentIndex(1)
    card.camera.choice.activated[int].emit(1)
    assert not card.camera.remark.text
    it.saved()
    assert it.recipe("two").components[3].camera == "side"
    lid, label = it.page.editor.cards[0], it.page.editor.cards[2]
    assert (lid.camera.choice.isEnabled(), lid.camera.remark.text) == (False, "It was recorded through this one.")
    assert (label.camera.choice.isEnabled(), label.camera.choice.currentText()) == (True, "top")
    it.desk.choose("box")
    assert all(card.camera.isHidden() for card in it.page.editor.cards)


def test_a_picture_is_taken_with_the_settings_source_of_the_camera(it: Opened) -> None:
    panel = it.page.panel
    assert panel.source.source == str(it.workspace.folder / "top.png")
    it.page.editor.choose(1)
    shows(it, (400, 300))
    assert panel.source.source == ""
    take(it)
    assert panel.notice.advice is not None
    assert "Nothing says which source the camera 'side' is" in panel.notice.advice.text
    take(it, it.workspace.folder / "other.png")
    shows(it, (64, 48))
    it.page.editor.choose(0)
    assert panel.source.source == str(it.workspace.folder / "top.png")
    assert panel.canvas.picture_size == (640, 360)
    it.page.editor.choose(1)
    assert panel.source.source == str(it.workspace.folder / "other.png")
    it.desk.choose("box")
    assert panel.source.source == "simulator"
    assert panel.caption.text() == "Picture"


def test_without_a_recording_of_its_camera_there_is_none_to_take_a_picture_out_of(
    qtbot: QtBot, workspace: Workspace
) -> None:
    write_document(workspace.recipes / "two.yaml", TWO)
    record(workspace, "two", "lid")
    it = Opened(qtbot, workspace, "two")
    shows(it, (640, 360))
    assert it.page.panel.recorded.isEnabled()
    it.page.editor.choose(1)
    it.qtbot.waitUntil(lambda: it.page.panel.notice.isVisible() and not it.page.panel.errands.busy)
    assert it.page.panel.canvas.picture_size is None
    assert not it.page.panel.recorded.isEnabled()
    record(workspace, "two", "seal", size=(400, 300))
    it.settled()
    shows(it, (400, 300))
    assert it.page.panel.recorded.isEnabled()
