"""The recipes page on true files: each value of a recipe, each fault at its field, regions, and every size."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QPoint, QRect, Qt
from PyQt5.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from inspector.frame import freeze
from inspector.recipe import Pattern
from inspector.settings import Workspace
from tests.ui.opened_recipes import BOX, Opened, record
from ui import preferences, theme
from ui.editing import Saving

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

Open = Callable[..., Opened]


def test_every_value_of_a_component_is_written(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    card = it.page.editor.cards[0]
    qtbot.mouseClick(card.count.more, Qt.LeftButton)
    qtbot.mouseClick(card.more, Qt.LeftButton)
    qtbot.mouseClick(card.turns, Qt.LeftButton, pos=QPoint(8, card.turns.height() // 2))
    it.type(card.threshold, "0.7")
    qtbot.mouseClick(card.add_pattern, Qt.LeftButton)
    it.type(card.rows[2].name, "bent")
    it.saved()
    component = it.recipe().components[0]
    assert (component.count, component.turns, component.threshold) == (5, True, 0.7)
    assert component.patterns[2] == Pattern(name="bent", passes=False)
    qtbot.mouseClick(card.rows[2].passing, Qt.LeftButton)
    qtbot.mouseClick(card.rows[1].remove, Qt.LeftButton)
    assert "needs a pattern that passes and one that does not" in card.patterns_remark.fault
    assert it.page.editing.now is not None
    assert it.page.editing.now.saving is Saving.FAULTY


def test_components_come_move_and_go(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    editor = it.page.editor
    qtbot.mouseClick(editor.add, Qt.LeftButton)
    assert editor.current == 2
    assert editor.cards[2].name.text() == "part"
    qtbot.mouseClick(editor.cards[2].up, Qt.LeftButton)
    assert editor.current == 1
    qtbot.mouseClick(editor.cards[1].mode.buttons[1], Qt.LeftButton)
    it.saved()
    assert [c.name for c in it.recipe().components] == ["screw", "part", "tape"]
    assert [p.name for p in it.recipe().components[1].patterns] == ["on-2", "off-2"]
    qtbot.mouseClick(editor.cards[1].remove, Qt.LeftButton)
    qtbot.mouseClick(editor.cards[0].head, Qt.LeftButton)
    qtbot.mouseClick(editor.cards[0].remove, Qt.LeftButton)
    assert not editor.cards[0].remove.isEnabled()
    it.saved()
    assert [c.name for c in it.recipe().components] == ["tape"]


def test_a_fault_stands_at_its_field_and_is_not_written(opened: Open) -> None:
    it = opened()
    before = (it.workspace.recipes / "box.yaml").read_bytes()
    card = it.page.editor.cards[0]
    it.type(card.name, "tape")
    assert it.page.editor.cards[1].name_field.remark.fault == "Two components are called 'tape' and 'tape'."
    assert it.page.editor.saving.text == "Not saved yet: 1 thing is wrong."
    it.page.editing.save()
    it.settled()
    assert (it.workspace.recipes / "box.yaml").read_bytes() == before
    assert "“box”" in it.page.busy
    it.type(card.name, "nut")
    assert it.page.editor.cards[1].name_field.remark.fault == ""
    it.saved()
    assert it.page.busy == ""
    assert it.recipe().components[0].name == "nut"


def test_a_fault_of_the_vote_opens_what_it_is_in(opened: Open) -> None:
    it = opened()
    it.page.editor.vote.frames.number.setValue(9)
    assert it.page.editor.vote.isVisible()
    assert "more than half" in it.page.editor.vote.fields["vote", "agree"].remark.fault
    it.page.editor.vote.agree.number.setValue(7)
    it.saved()
    assert (it.recipe().vote.frames, it.recipe().vote.agree) == (9, 7)


def test_what_is_not_in_order_is_there_again_when_one_comes_back(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    it.type(it.page.editor.cards[0].name, "tape")
    it.desk.choose("lid")
    assert it.page.editor.cards[0].name.text() == "lid"
    it.desk.choose("box")
    assert it.page.editor.cards[0].name.text() == "tape"
    it.page.editing.undo()
    assert it.page.editor.cards[0].name.text() == "screw"


def test_steps_are_taken_back_and_made_again_with_keys(qtbot: QtBot, opened: Open) -> None:
    it = opened()
    name = it.page.editor.cards[0].name
    it.type(name, "nut")
    name.editingFinished.emit()
    it.type(name, "bolt")
    it.saved()
    it.window.activateWindow()
    qtbot.keyClick(name, Qt.Key_Z, Qt.ControlModifier)
    assert name.text() == "nut"
    qtbot.keyClick(name, Qt.Key_Z, Qt.ControlModifier)
    assert name.text() == "screw"
    it.saved()
    assert it.recipe() == BOX
    qtbot.keyClick(name, Qt.Key_Z, Qt.ControlModifier | Qt.ShiftModifier)
    assert name.text() == "nut"
    it.saved()
    assert it.recipe().components[0].name == "nut"


def test_what_was_recorded_keeps_its_name_and_says_why(opened: Open, workspace: Workspace) -> None:
    record(workspace, "box", "screw", "on")
    it = opened()
    screw, tape = it.page.editor.cards
    assert not screw.name.isEnabled()
    assert "There is a recording of 'screw'" in screw.name_field.remark.text
    assert not screw.mode.isEnabled()
    assert not screw.remove.isEnabled()
    assert [row.name.isEnabled() for row in screw.rows] == [False, True]
    assert tape.name.isEnabled()
    it.page.ask_to_delete()
    assert "Recordings of it: 1." in it.page.question._text.text()


def test_regions_are_drawn_nudged_and_removed(qtbot: QtBot, opened: Open, workspace: Workspace) -> None:
    record(workspace, "box", "screw", "on")
    it = opened()
    canvas, editor = it.page.panel.canvas, it.page.editor
    qtbot.waitUntil(lambda: canvas.picture_size == (640, 360))
    assert it.page.panel.where.text == "screw may be anywhere"
    qtbot.mouseClick(editor.cards[0].draw, Qt.LeftButton)
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key_Left)
    it.saved()
    assert it.recipe().components[0].region == (157, 90, 477, 270)
    assert it.page.panel.where.text == "screw: 157, 90 - 477, 270  (320 x 180)"
    it.page.editing.undo()
    it.page.editing.undo()
    assert canvas.region() is None
    editor.choose(1)
    assert canvas.region() == (20, 20, 300, 200)
    qtbot.keyClick(canvas, Qt.Key_Delete)
    it.saved()
    assert it.recipe().components[1].region is None


def test_a_picture_of_another_size_is_not_drawn_on(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    it = opened()
    path = tmp_path / "small.png"
    cv2.imwrite(str(path), np.zeros((100, 200, 3), np.uint8))
    qtbot.waitUntil(it.page.panel.take.isEnabled)
    it.page.panel.source.choose(str(path))
    qtbot.mouseClick(it.page.panel.take, Qt.LeftButton)
    qtbot.waitUntil(lambda: it.page.panel.canvas.picture_size == (200, 100))
    assert "drawn on 640x360, this picture is 200x100" in it.page.panel.where.text
    it.page.panel.source.choose(str(tmp_path / "absent.png"))
    qtbot.mouseClick(it.page.panel.take, Qt.LeftButton)
    qtbot.waitUntil(it.page.panel.take.isEnabled)
    assert it.page.panel.notice.advice is not None
    assert "no source" in it.page.panel.notice.advice.text


@pytest.mark.parametrize(("width", "height", "em"), [(1085, 765, 15), (804, 572, 12), (3280, 2060, 41)])
@pytest.mark.parametrize("look", ["dark", "light"])
def test_nothing_is_cut_at_any_size(opened: Open, width: int, height: int, em: int, look: str) -> None:
    theme.use(look)
    try:
        it = opened()
        it.resize(width, height, em)
        it.page.editor.cards[0].set_more(True)
        it.page.editor.set_more(True)
        QApplication.processEvents()
        assert it.page.layout().totalMinimumSize().width() <= width, "the page does not fit"
        area = it.page.editor.area
        assert area.widget().width() <= area.viewport().width()
        parts = [it.page.shelf, it.page.middle, it.page.panel]
        places = [QRect(part.mapTo(it.page, QPoint(0, 0)), part.size()) for part in parts]
        assert all(place.right() < beside.left() for place, beside in pairwise(places))
        for button in it.page.findChildren(QAbstractButton):
            if button.isVisible() and button.text():
                words = button.fontMetrics().horizontalAdvance(button.text()) + button.iconSize().width() * bool(
                    button.icon().cacheKey() and not button.icon().isNull()
                )
                assert words < button.width(), button.text()
                assert button.accessibleName() or button.text()
    finally:
        theme.use("dark")


def test_the_first_recording_shows_its_picture_on_the_page_that_waited_for_one(
    qtbot: QtBot, opened: Open, workspace: Workspace
) -> None:
    it = opened(BOX)
    panel = it.page.panel
    qtbot.waitUntil(lambda: not panel.errands.busy and panel.notice.isVisible())
    assert not panel.recorded.isEnabled()

    record(workspace, "box", "screw", "on")
    it.settled()

    qtbot.waitUntil(lambda: panel.canvas.picture_size == (640, 360))
    assert panel.recorded.isEnabled()
    assert not panel.notice.isVisible()


@pytest.mark.parametrize("language", list(preferences.LANGUAGES))
def test_what_stands_in_the_place_of_a_picture_is_not_cut(
    qtbot: QtBot, opened: Open, spoken: Callable[[str], None], language: str
) -> None:
    spoken(language)
    it = opened(BOX)
    panel = it.page.panel
    qtbot.waitUntil(lambda: not panel.errands.busy and panel.notice.isVisible())
    for width in range(1000, 1500, 20):
        it.page.resize(width, 800)
        qtbot.wait(10)
        for label in panel.notice.findChildren(QLabel):
            assert not label.isVisible() or label.height() >= label.heightForWidth(label.width()), label.text()


def test_of_a_recipe_that_is_gone_no_picture_is_kept(opened: Open) -> None:
    it = opened()
    picture = freeze(np.zeros((360, 640, 3), np.uint8))
    it.page.panel._pictures.update({("box", ""): picture, ("lid", ""): picture})
    (it.workspace.recipes / "lid.yaml").unlink()
    it.settled()
    assert set(it.page.panel._pictures) == {("box", "")}
